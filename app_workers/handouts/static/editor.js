// The form of a block without loading the page anew: steps of its parts at once, and the preview while typing.
const QUIET_MS = 500;
const form = () => document.getElementById("section-form");
const preview = () => document.getElementById("section-preview");
let asked = 0;
let timer;

// The answer is the same page that the form leads to without script.
async function ask(operation) {
  const body = new URLSearchParams(new FormData(form()));
  body.append(operation, "");
  const mine = ++asked;
  const answer = await fetch(form().action, { method: "POST", body, headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = { form: page.getElementById("section-form"), preview: page.getElementById("section-preview") };
  return mine === asked && answer.ok && found.form ? found : null;
}

async function refresh() {
  const found = await ask("do.preview").catch(() => null);
  if (found) preview().replaceWith(found.preview);
}

// Where the hands were: the part that was moved or added, or what is left of those around it.
function focusAfter(operation, before) {
  const controls = [...form().querySelectorAll("input:not([type=hidden]), textarea, select")];
  const added = controls.find((each) => !before.has(each.name));
  const same = form().querySelector(`[name="${CSS.escape(operation)}"]`);
  (added ?? same ?? controls[0])?.focus();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("#section-form button[name^='do.']");
  if (!button) return;
  event.preventDefault();
  clearTimeout(timer);
  const before = new Set([...form().elements].map((each) => each.name));
  const found = await ask(button.name).catch(() => null);
  if (!found) return;
  preview().replaceWith(found.preview);
  if (button.name === "do.preview") return;
  form().replaceWith(found.form);
  focusAfter(button.name, before);
});

document.addEventListener("input", (event) => {
  if (!event.target.closest("#section-form")) return;
  clearTimeout(timer);
  timer = setTimeout(refresh, QUIET_MS);
});

// The controls of a blank follow its kind.
document.addEventListener("change", (event) => {
  if (!event.target.matches("#section-form select[name$='.type']")) return;
  clearTimeout(timer);
  const name = event.target.name;
  ask("do.preview").then((found) => {
    if (!found) return;
    preview().replaceWith(found.preview);
    form().replaceWith(found.form);
    form().querySelector(`[name="${CSS.escape(name)}"]`)?.focus();
  }, () => {});
});

// What was typed before this module arrived.
const isTyped = (each) => each.matches("input, textarea") && each.value !== each.defaultValue;
if ([...form().elements].some(isTyped)) refresh();
