// What the patient gets follows what is filled in; choosing a handout saves the draft, which shows its fields.
const form = document.querySelector("[data-fill]");
const preview = document.querySelector("[data-preview]");
const WAIT_MS = 350;
let timer, asked;

async function refresh() {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(form.dataset.fill, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { accept: "text/html" },
      signal: asked.signal,
    });
    if (answer.ok) preview.innerHTML = await answer.text();
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

function save() {
  form.requestSubmit(document.getElementById("save"));
}

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(refresh, WAIT_MS);
});
form?.addEventListener("change", (event) => {
  if (event.target.name === "template") save();
});
// Ticked before this module came.
const boxes = form?.querySelectorAll("[name=template]") ?? [];
if ([...boxes].some((box) => box.checked !== box.defaultChecked)) save();
