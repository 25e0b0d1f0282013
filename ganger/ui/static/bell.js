// The bell: how many notifications are unread, and that there are new ones. Without the portal it stays a link.

import { Topic } from "ui/live";

const MOST = 99;
const SOON_MS = 50; // several that come together are counted together
const SPOKEN_AFTER_MS = 1_000; // what the page itself says of the same change is heard first
const bell = document.querySelector("[data-bell]");
let shown = 0;
let coming;

function show(unread) {
  const count = unread > MOST ? `${MOST}+` : String(unread);
  bell.setAttribute("aria-label", unread ? `Notifications, ${count} unread` : "Notifications");
  bell.querySelector(".badge")?.remove();
  if (unread) {
    const badge = Object.assign(document.createElement("span"), { className: "badge badge-danger badge-sm", textContent: count });
    badge.setAttribute("aria-hidden", "true");
    bell.append(badge);
  }
}

/** Counts; false when the portal does not answer. */
async function count({ isFirst = false } = {}) {
  const answer = await fetch("/api/v1/notifications/unread", { priority: "low" }).catch(() => null);
  if (!answer?.ok) return false;
  const { unread } = await answer.json();
  if (!isFirst && unread > shown) {
    const news = unread - shown;
    const said = news > 1 ? `${news} new notifications` : "New notification";
    setTimeout(() => document.getElementById("live-polite").replaceChildren(said), SPOKEN_AFTER_MS);
  }
  shown = unread;
  show(unread);
  return true;
}

function countSoon() {
  clearTimeout(coming);
  coming = setTimeout(count, SOON_MS);
}

async function follow() {
  const since = Date.now();
  if (!(await count({ isFirst: true }))) return;
  const topic = new Topic(`/live/management.user.${bell.dataset.bell}`, since);
  let isRenewed = false;
  topic.addEventListener("change", countSoon);
  // What other apps have added since is seen when the connection is renewed.
  topic.addEventListener("people", () => {
    if (isRenewed) countSoon();
    isRenewed = true;
  });
  topic.open();
}

// Once the page itself has all that it needs.
if (document.readyState === "complete") follow();
else addEventListener("load", follow);
