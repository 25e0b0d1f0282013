// Live topics: keeps one connection to each topic of the page, and the page as the topic says it is.
//
// A page names a topic with <div data-live="/app/live/topic" data-live-at="ms">, where `at` is when the page was
// written. An element with data-live-key, data-live-version and data-live-field shows one value of what the key
// names; a newer version takes its place, and data-live-label names it to screen readers. A code is shown by the
// <template data-live-shows="field:code"> of the page. What docs/live.md says of it is the contract.

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const BEAT_MS = 25_000;
const TYPING_ENDS_MS = 5_000;
/** A connection is renewed when this share of its time is over, before the topic ends it. */
const RENEWED_AFTER = 0.8;
/** Answers to which asking again changes nothing: signed out, not allowed, no such topic, not understood. */
const FINAL = new Set([400, 401, 403, 404]);
/** Closed because of what this page said; it would say it again. */
const AT_FAULT = new Set([1007, 1008, 1009]);
const NUMBER = new Intl.NumberFormat("en-US");

/** Resolves when a page that was made ahead has been shown and painted, which connecting would hold up. */
function shown() {
  return new Promise((painted) => {
    const next = () => requestAnimationFrame(() => setTimeout(painted));
    document.addEventListener("prerenderingchange", next, { once: true });
  });
}

/** Full jitter: any time up to a bound that doubles with each failure, so that browsers do not come all at once. */
export function waitAfter(failures, random = Math.random) {
  return random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
}

/**
 * One topic. Events: `change` (detail { key, version, values }), `people` (detail [{ id, name, since_ms }]),
 * `typing` (detail [{ id, name, field }]) and `reload`, when more was missed than the topic keeps.
 */
export class Topic extends EventTarget {
  #url;
  #pageMs;
  #sequence = null;
  #socket = null;
  #failures = 0;
  #people = new Map();
  #typing = new Map();
  #timers = {};

  constructor(url, pageMs) {
    super();
    this.#url = url;
    this.#pageMs = pageMs;
  }

  /** Connects, and stays connected until that is refused. */
  async open() {
    // A page that the browser makes ahead is seen by nobody: its person is not here yet.
    if (document.prerendering) await shown();
    const url = new URL(this.#url, location.href);
    if (this.#sequence === null) url.searchParams.set("page_ms", this.#pageMs);
    else url.searchParams.set("sequence", this.#sequence);
    // A WebSocket tells neither why it was refused nor keeps a renewed session's cookie; a request does both.
    const asked = await fetch(url, { headers: { accept: "application/json" }, redirect: "manual" }).catch(() => null);
    if (FINAL.has(asked?.status)) return;
    if (asked?.ok) this.#connect(url);
    else this.#again();
  }

  /** Tells the others that the person is typing in a field; to be repeated while they do. */
  sayTyping(field) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ type: "typing", field }));
  }

  #connect(url) {
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    socket.addEventListener("message", ({ data }) => {
      clearTimeout(this.#timers.silence);
      if (data !== "pong") this.#hear(socket, JSON.parse(data));
    });
    socket.addEventListener("close", ({ code }) => {
      if (this.#socket !== null && socket !== this.#socket) return; // its successor is there already
      this.#socket = null;
      clearInterval(this.#timers.beat);
      clearTimeout(this.#timers.renewal);
      if (!AT_FAULT.has(code)) this.#again();
    });
  }

  #again() {
    clearTimeout(this.#timers.wait);
    this.#timers.wait = setTimeout(() => this.open(), waitAfter(this.#failures));
    this.#failures += 1;
  }

  #hear(socket, message) {
    const heard = {
      welcome: () => this.#welcome(socket, message),
      event: () => this.#change(message),
      joined: () => this.#joined(message.person),
      left: () => this.#left(message.id),
      typing: () => this.#type(message),
    };
    heard[message.type]?.();
  }

  #welcome(socket, { sequence, reload, missed, people, lasts_ms }) {
    const former = this.#socket;
    this.#socket = socket;
    former?.close(1000);
    this.#failures = 0;
    this.#people = new Map(people.map((person) => [person.id, person]));
    this.#tell("people", [...this.#people.values()]);
    if (reload) this.#tell("reload");
    missed.forEach((event) => this.#change(event));
    this.#sequence = sequence;
    clearInterval(this.#timers.beat);
    this.#timers.beat = setInterval(() => this.#beat(socket), BEAT_MS);
    clearTimeout(this.#timers.renewal);
    this.#timers.renewal = setTimeout(() => this.open(), lasts_ms * RENEWED_AFTER);
  }

  /** A connection that broke without a word is closed when a beat stays unanswered. */
  #beat(socket) {
    socket.send("ping");
    clearTimeout(this.#timers.silence);
    this.#timers.silence = setTimeout(() => socket.close(4000), BEAT_MS / 2);
  }

  #change({ sequence, key, version, values }) {
    this.#sequence = sequence;
    this.#tell("change", { key, version, values });
  }

  #joined(person) {
    this.#people.set(person.id, person);
    this.#tell("people", [...this.#people.values()]);
  }

  #left(id) {
    this.#people.delete(id);
    this.#tell("people", [...this.#people.values()]);
    this.#stopTyping(id);
  }

  #type({ id, name, field }) {
    clearTimeout(this.#typing.get(id)?.ends);
    const ends = setTimeout(() => this.#stopTyping(id), TYPING_ENDS_MS);
    this.#typing.set(id, { id, name, field, ends });
    this.#tellTyping();
  }

  #stopTyping(id) {
    clearTimeout(this.#typing.get(id)?.ends);
    if (this.#typing.delete(id)) this.#tellTyping();
  }

  #tellTyping() {
    this.#tell("typing", [...this.#typing.values()].map(({ id, name, field }) => ({ id, name, field })));
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** Puts the values of a change into the page where they are newer, and says so politely. */
export function show({ key, version, values }) {
  const spoken = [];
  for (const element of document.querySelectorAll(`[data-live-key="${CSS.escape(key)}"]`)) {
    const { liveVersion, liveField, liveLabel } = element.dataset;
    if (version <= Number(liveVersion) || !(liveField in values)) continue;
    const value = values[liveField];
    element.dataset.liveVersion = version;
    if (typeof value === "number") element.textContent = NUMBER.format(value);
    else showCode(element, `${liveField}:${value}`);
    if (liveLabel) spoken.push(`${liveLabel}: ${element.textContent}`);
  }
  if (spoken.length) document.getElementById("live-polite").textContent = spoken.join(". ");
}

function showCode(element, code) {
  const template = document.querySelector(`template[data-live-shows="${CSS.escape(code)}"]`);
  if (template) element.replaceChildren(template.content.cloneNode(true));
}

/** The topics of this page, for a module that wants to hear more of them. */
export const topics = [];

for (const { dataset } of document.querySelectorAll("[data-live]")) {
  const topic = new Topic(dataset.live, dataset.liveAt);
  topics.push(topic);
  topic.addEventListener("change", ({ detail }) => show(detail));
  topic.addEventListener("reload", () => location.reload());
  topic.open();
}
