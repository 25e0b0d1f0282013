// What the pages of the showcase do beyond plain HTML: copying, the playground as one types, and live demonstrations.

const polite = document.getElementById("live-polite");

/** Shows the buttons that could do nothing without script. */
function reveal(root) {
  for (const button of root.querySelectorAll("[data-copy], [data-shows-toast]")) button.hidden = false;
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy || button.parentElement.querySelector("code").textContent);
  polite.textContent = "Copied";
});
reveal(document);

/** A component from a template of the page, ready to be put somewhere. */
function made(template) {
  return template.content.cloneNode(true).firstElementChild;
}

for (const button of document.querySelectorAll("[data-shows-toast]")) {
  button.addEventListener("click", async () => {
    const { show } = await import("ui/toasts");
    for (const toast of document.getElementById(button.dataset.showsToast).content.cloneNode(true).children) show(toast);
  });
}

const form = document.querySelector("[data-play]");
const WAIT_MS = 500;
let asked = 0;
let timer;

/** The page as the form says now: its result takes the place of this one's, and its address is this one's. */
async function play() {
  const query = new URLSearchParams(new FormData(form));
  const url = `${form.getAttribute("action")}?${query}`;
  const number = ++asked;
  const answer = await fetch(url, { headers: { accept: "text/html" } }).catch(() => null);
  // A later answer is on its way, or there is none: what stands there stays.
  if (number !== asked || !answer || answer.status === 429) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const result = page.getElementById("play-result");
  if (!result) return;
  history.replaceState(null, "", url);
  replace(document.getElementById("play-result"), result);
  polite.textContent = answer.ok ? "Result updated" : result.querySelector(".alert-body").textContent;
}

/** The frame stays, with the style that it was let in with; only what it shows is new. */
function replace(former, next) {
  const frame = former.querySelector("iframe");
  const shown = new DOMParser().parseFromString(next.querySelector("iframe").srcdoc, "text/html");
  frame.contentDocument.body.replaceWith(frame.contentDocument.importNode(shown.body, true));
  for (const part of former.querySelectorAll("[data-part]")) {
    part.replaceChildren(...next.querySelector(`[data-part=${part.dataset.part}]`).childNodes);
  }
  reveal(former);
}

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(play, WAIT_MS);
});

const shows = {
  async toast(template) {
    const { show } = await import("ui/toasts");
    show(made(template));
  },
  progress(template, value) {
    document.querySelector("[data-demo-place=progress]").replaceChildren(made(template));
    document.querySelector("[data-demo-value=progress]").value = value;
  },
  message(template) {
    polite.textContent = template.content.textContent;
  },
};

async function follow({ demoTopic, demoAt, demoModule }) {
  const { Topic } = await import(demoModule);
  const topic = new Topic(demoTopic, demoAt);
  topic.addEventListener("change", ({ detail: { key, version, values } }) => {
    const kind = key.slice("demo.".length);
    const template = document.querySelector(`template[data-demo="${CSS.escape(`${kind}:${values.value}`)}"]`);
    // What was told before this page was written is on it, or is over.
    if (template && version > Number(demoAt)) shows[kind]?.(template, values.value);
  });
  topic.open();
}

const demo = document.querySelector("[data-demo-topic]");
if (demo) follow(demo.dataset);

for (const each of document.querySelectorAll("[data-demo-form]")) {
  each.addEventListener("submit", (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(each));
    fetch(each.action, { method: "POST", body, headers: { accept: "application/json" } });
  });
}
