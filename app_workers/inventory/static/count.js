// Counting with script: scans are kept on this device until the server has them, and sent in their order.
//
// The form works without this. With it a scan is kept first and sent in the background, so that the next one
// never waits, also where there is no network; each carries its own reference, so sending it twice is harmless.

const form = document.querySelector("[data-count]");
const { topics, show } = await import(form.dataset.liveSource);

const KEPT_MOST = 1000;
const SENT_AT_ONCE = 200;
const AGAIN_AFTER_MS = 5_000;
const key = `inventory.count.${form.dataset.count}.${form.dataset.person}`;
const said = document.getElementById("count-said");
const kept = document.getElementById("count-kept");
const problems = document.getElementById("count-problems");
let isSending = false;
let isAway = false;
let isEnded = false;
let isLeaving = false;
let isCamera = false;
let sentAtOnce = SENT_AT_ONCE;
let timer;

/** The scans that the server has not confirmed, oldest first. */
function waiting() {
  return JSON.parse(localStorage.getItem(key) ?? "[]");
}

function keep(scans) {
  if (scans.length) localStorage.setItem(key, JSON.stringify(scans));
  else localStorage.removeItem(key);
  const why = isEnded ? "not counted, for this count is no longer open" : "sent when the network is back";
  kept.querySelector("span").textContent = `${scans.length} ${scans.length === 1 ? "scan is" : "scans are"} ${why}.`;
  kept.hidden = !(scans.length && (isAway || isEnded));
}

function scanOfForm() {
  const typed = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
  return {
    client_ref: crypto.randomUUID(),
    // The separator of a GS1 code, which is no character of a text; its picture stands for it.
    barcode: typed.barcode?.replaceAll("\u001d", "\u241d"),
    lot_number: typed.lot_number,
    expires_on: typed.expires_on,
    quantity: Number(typed.quantity ?? NaN),
    mode: typed.mode,
    scanned_at: new Date().toISOString(),
  };
}

/** What is wrong with a scan before it is kept; the server looks at the rest. */
function problemOf(scan) {
  if (!scan.barcode) return [form.elements.barcode, "Barcode is required."];
  if (!Number.isInteger(scan.quantity) || scan.quantity < 0 || scan.quantity > 10_000) {
    return [form.elements.quantity, "Quantity must be a whole number from 0 to 10,000."];
  }
  if (waiting().length >= KEPT_MOST) return [form.elements.barcode, "This device keeps no more scans. Find a network first."];
  return null;
}

function begin() {
  form.reset();
  for (const name of ["barcode", "lot_number", "expires_on"]) form.elements[name].value = "";
  form.elements.quantity.value = 1;
  form.elements.mode.value = "add";
  if (!isCamera) form.elements.barcode.focus(); // which on a phone opens the keyboard
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const scan = scanOfForm();
  const problem = problemOf(scan);
  if (problem) {
    complain(problem[1]);
    problem[0].focus();
    return;
  }
  keep([...waiting(), scan]);
  begin();
  send();
});

const view = document.getElementById("camera-view");
if (navigator.mediaDevices) {
  document.getElementById("camera-start").hidden = false;
  document.getElementById("camera-button").addEventListener("click", async () => {
    const { watch } = await import(view.dataset.camera);
    isCamera = true;
    await watch(view, (code) => {
      form.elements.barcode.value = code.replaceAll("\u001d", "\u241d"); // no field holds a control character
      form.requestSubmit();
    });
  });
}

async function send() {
  clearTimeout(timer);
  const scans = waiting().slice(0, sentAtOnce);
  if (isSending || isEnded || !scans.length) return;
  isSending = true;
  const answer = await fetch(form.dataset.api, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ scans }),
  }).catch(() => null);
  isSending = false;
  isAway = answer === null || answer.status >= 500 || answer.status === 429;
  if (answer?.ok) await heard(await answer.json(), scans);
  else if (!isAway) await refused(answer, scans);
  keep(waiting());
  if (isAway) timer = setTimeout(send, AGAIN_AFTER_MS);
  else send();
}

function forget(scans) {
  const gone = new Set(scans.map((scan) => scan.client_ref));
  keep(waiting().filter((scan) => !gone.has(scan.client_ref)));
}

async function heard({ results, count }, scans) {
  forget(scans);
  sentAtOnce = SENT_AT_ONCE;
  const sent = new Map(scans.map((scan) => [scan.client_ref, scan]));
  for (const { client_ref, entry, error } of results) {
    if (error) complain(error.message, sent.get(client_ref));
    else said.textContent = `${nameOf(entry)}: ${entry.counted_quantity} counted`;
  }
  const counted = results.filter(({ entry }) => entry).map(({ entry }) => entry);
  if (counted.some(({ id }) => !document.querySelector(`[data-live-key="entry.${CSS.escape(id)}"]`))) await listAnew();
  for (const { id, counted_quantity, status } of counted) {
    show({ key: `entry.${id}`, version: count.version, values: { counted: counted_quantity, entry_status: status } });
  }
  const { counted_entries, missing_entries, total_entries, status, version } = count;
  changed({
    key: `count.${count.id}`,
    version,
    values: { counted: counted_entries, missing: missing_entries, total: total_entries, count_status: status },
  });
}

/** The server takes none of these. One that it does not understand is told and dropped; the others wait. */
async function refused(answer, scans) {
  const { error } = await answer.json();
  if (answer.status !== 400) {
    isEnded = true;
    complain(answer.status === 401 ? "Sign in again in another tab, then load this page again." : error.message);
  } else if (scans.length > 1) {
    sentAtOnce = 1;
  } else {
    forget(scans);
    sentAtOnce = SENT_AT_ONCE;
    complain(error.message, scans[0]);
  }
}

function nameOf({ item_name, lot_number }) {
  return lot_number ? `${item_name}, lot ${lot_number}` : item_name;
}

/** Says what was not counted, and offers to enter it again where that helps. */
function complain(message, scan) {
  document.getElementById("live-assertive").textContent = message;
  const line = document.createElement("li");
  line.append(scan ? `${scan.barcode}, ${scan.quantity}: ${message}` : message);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-outline btn-sm";
  button.textContent = scan ? "Enter again" : "Close";
  button.addEventListener("click", () => {
    line.remove();
    if (scan) enterAgain(scan);
  });
  line.append(button);
  problems.prepend(line);
}

function enterAgain(scan) {
  for (const name of ["barcode", "lot_number", "expires_on", "quantity", "mode"]) {
    form.elements[name].value = scan[name] ?? "";
  }
  form.querySelector("details").open = true;
  form.elements.lot_number.focus();
}

/** An entry that this page does not list yet: the list is taken from a fresh page. */
async function listAnew() {
  const answer = await fetch(location.pathname, { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("count-entries").replaceChildren(...page.getElementById("count-entries").childNodes);
}

/** A change of an entry or of the session, whoever made it. */
function changed({ key: what, version, values }) {
  show({ key: what, version, values });
  if (what.startsWith("entry.")) {
    if (!document.querySelector(`[data-live-key="${CSS.escape(what)}"]`)) listAnew();
    return;
  }
  if (version <= Number(form.dataset.version) || isLeaving) return;
  form.dataset.version = version;
  if (values.count_status !== form.dataset.status) {
    if (waiting().length) {
      isEnded = true;
      keep(waiting());
    } else location.reload();
    return;
  }
  for (const field of document.querySelectorAll("[data-count-version]")) {
    field.value = Math.max(field.value, version);
  }
  const bar = document.querySelector("[role=progressbar]");
  const share = Math.round((100 * values.counted) / Math.max(values.total, 1));
  bar.setAttribute("aria-valuemax", Math.max(values.total, 1));
  bar.setAttribute("aria-valuenow", values.counted);
  bar.querySelector("rect").setAttribute("width", `${share}%`);
  bar.parentElement.querySelector(".progress-text span + span").textContent = `${share} %`;
}

for (const topic of topics) {
  topic.addEventListener("change", ({ detail }) => changed(detail));
  topic.addEventListener("people", ({ detail }) => {
    const people = document.getElementById("count-people");
    people.hidden = detail.length < 2;
    people.textContent = `Here now: ${detail.map((person) => person.name).join(", ")}`;
  });
}
// The page that a form leads to says what has become of it; this one would take that message away.
document.addEventListener("submit", ({ target }) => {
  isLeaving ||= target !== form && target.method !== "dialog";
});
addEventListener("online", send);
addEventListener("offline", () => {
  isAway = true;
  keep(waiting());
});
keep(waiting());
// Not away from the errors of a form that was sent without script.
if (!document.querySelector(".error-summary")) {
  (form.elements.barcode.value ? form.elements.quantity : form.elements.barcode).focus();
}
send();
