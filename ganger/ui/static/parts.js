// Keeps the marked parts of a page as the server would write them now, and says who is here.
//
// <div data-follows="/live/topic" data-at="ms" data-page="/path"> names a topic whose changes call for the page at
// that path; with data-people its members are shown too. A <div id data-part> is replaced by the part of the same id
// there, unless somebody is filling in a form of it: then [data-outdated] says that it has changed.

import { Topic } from "ui/live";

const SOON_MS = 20; // changes that come together are fetched together
const TYPING_EVERY_MS = 3_000;

/** Whether the page does not show this change yet. */
function isNews({ key, version }) {
  const shown = document.querySelector(`[data-live-key="${CSS.escape(key)}"]`);
  return !shown || version > Number(shown.dataset.liveVersion);
}

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  const chosen = [...field.options].findIndex((option) => option.defaultSelected);
  return field.selectedIndex !== Math.max(chosen, 0);
}

function isBeingFilledIn(part) {
  const fields = [...part.querySelectorAll("input:not([type=hidden]), select, textarea")];
  return fields.some((field) => field === document.activeElement || isChanged(field));
}

/** What the page says of its changes, by what each element says in which version. */
function sayings(root) {
  const found = [...root.querySelectorAll("[data-said]")];
  return new Map(found.map((item) => [`${item.id}@${item.dataset.liveVersion ?? ""}`, item.dataset.said]));
}

/** Replaces a part, with the focus where it was. */
function replace(part, fresh) {
  const { id, href } = part.contains(document.activeElement) ? document.activeElement : {};
  part.replaceChildren(...fresh.childNodes);
  const again = [...part.querySelectorAll("a, [id]")].find((item) => (id ? item.id === id : href && item.href === href));
  again?.focus({ preventScroll: true });
}

async function refresh(path) {
  const answer = await fetch(path, { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return; // who may no longer be here learns so when the connection is renewed
  // Without its head, whose style would be refused here: it carries that page's nonce.
  const [main] = /<main[^]*<\/main>/.exec(await answer.text()) ?? [""];
  const page = new DOMParser().parseFromString(main, "text/html");
  const known = sayings(document);
  const said = [];
  let isOutdated = false;
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = page.getElementById(part.id);
    if (!fresh || fresh.innerHTML === part.innerHTML) continue;
    if (part.dataset.said) said.push(part.dataset.said);
    if (isBeingFilledIn(part)) isOutdated = true;
    else replace(part, fresh);
  }
  for (const [key, saying] of sayings(document)) if (!known.has(key)) said.push(saying);
  if (said.length) document.getElementById("live-polite").textContent = said.join(". ");
  const notice = document.querySelector("[data-outdated]");
  if (!isOutdated || !notice) return;
  notice.querySelector("[data-outdated-by]").textContent = said.length ? `${said.at(-1)}.` : "";
  notice.hidden = false;
}

let coming;

function follow({ follows, at, page, people }) {
  const topic = new Topic(follows, at);
  topic.addEventListener("change", ({ detail }) => {
    if (!isNews(detail)) return;
    clearTimeout(coming);
    coming = setTimeout(refresh, SOON_MS, page);
  });
  topic.addEventListener("reload", () => refresh(page));
  if (people !== undefined) showPeople(topic);
  topic.open();
}

/** Who else is here and who is typing, in the line for it; and lets them know when this person types. */
function showPeople(topic) {
  const line = document.querySelector("[data-viewers]");
  const field = document.getElementById("comment-content");
  let here = [];
  let typing = [];
  let saidAt = 0;
  const show = () => {
    const names = here.filter((person) => person.id !== line.dataset.me).map((person) => person.name);
    const typed = typing.filter((person) => person.id !== line.dataset.me).map((person) => person.name);
    line.textContent = [
      names.length ? `Also here: ${names.join(", ")}.` : "",
      typed.length ? `${typed.join(", ")} ${typed.length > 1 ? "are" : "is"} typing.` : "",
    ].join(" ");
  };
  topic.addEventListener("people", ({ detail }) => show((here = detail)));
  topic.addEventListener("typing", ({ detail }) => show((typing = detail)));
  field?.addEventListener("input", () => {
    if (Date.now() - saidAt < TYPING_EVERY_MS) return;
    saidAt = Date.now();
    topic.sayTyping("comment");
  });
}

for (const { dataset } of document.querySelectorAll("[data-follows]")) follow(dataset);
