// Toasts stand in a corner, speak once, and leave by themselves unless they tell of a failure.

const AT_ONCE = 3;
const waiting = [];
const stack = document.createElement("section");
stack.className = "toasts";
stack.setAttribute("aria-label", "Messages");
document.body.append(stack);

function announce(toast) {
  const region = document.getElementById(toast.matches(".alert-danger") ? "live-assertive" : "live-polite");
  // A reader speaks what changes in a region that it knows already; on load it has not seen it yet.
  setTimeout(() => region?.replaceChildren(toast.querySelector(".alert-body").textContent), 150);
}

function close(toast) {
  if (toast.contains(document.activeElement)) document.getElementById("main")?.focus();
  toast.remove();
  if (waiting.length) put(waiting.shift());
}

function countDown(toast, duration) {
  let left = duration;
  let since = Date.now();
  let timer = setTimeout(close, left, toast);
  const pause = () => {
    clearTimeout(timer);
    left -= Date.now() - since;
  };
  const resume = () => {
    clearTimeout(timer);
    if (toast.matches(":hover, :focus-within")) return;
    since = Date.now();
    timer = setTimeout(close, Math.max(left, 1000), toast);
  };
  toast.addEventListener("mouseenter", pause);
  toast.addEventListener("focusin", pause);
  toast.addEventListener("mouseleave", resume);
  toast.addEventListener("focusout", () => setTimeout(resume));
}

function put(toast) {
  // The regions of the page speak for it; with its own role it would be heard twice.
  toast.removeAttribute("role");
  const button = toast.querySelector("[data-toast-close]");
  button.hidden = false;
  button.addEventListener("click", () => close(toast));
  stack.append(toast);
  announce(toast);
  const duration = Number(toast.dataset.toast);
  if (duration) countDown(toast, duration);
}

/** Show a toast, or let it wait while three others stand; a failure is the next. */
export function show(toast) {
  if (stack.children.length < AT_ONCE) return put(toast);
  toast.remove();
  if (toast.matches(".alert-danger")) waiting.unshift(toast);
  else waiting.push(toast);
}

document.addEventListener("keydown", (event) => {
  const above = document.querySelector("dialog:modal, details.menu[open]");
  if (event.key === "Escape" && !above && stack.lastElementChild) close(stack.lastElementChild);
});

for (const toast of document.querySelectorAll("[data-toast]")) show(toast);
