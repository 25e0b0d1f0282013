// Dialogs open over the page. The browser makes the page behind inert, closes on Escape and gives focus back.

const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex='0']";

function controls(dialog) {
  return [...dialog.querySelectorAll(FOCUSABLE)].filter(
    (each) => !each.disabled && each.tabIndex >= 0 && each.type !== "hidden" && each.checkVisibility(),
  );
}

/** Open a dialog; focus goes to Cancel in a question, else to the first field, else to the heading. */
export function open(dialog) {
  dialog.showModal();
  const first = dialog.querySelector("[autofocus]") ?? dialog.querySelector("input, select, textarea");
  (first ?? dialog.querySelector(".modal-title")).focus();
}

function keepInside(dialog, event) {
  const inside = controls(dialog);
  const edge = event.shiftKey ? inside[0] : inside.at(-1);
  // Left alone, Tab would go on to the browser's own bar.
  const leaves = document.activeElement === edge || (event.shiftKey && !inside.includes(document.activeElement));
  if (!leaves) return;
  event.preventDefault();
  (event.shiftKey ? inside.at(-1) : inside[0])?.focus();
}

for (const dialog of document.querySelectorAll("[data-dialog]")) {
  const stays = "stays" in dialog.dataset;
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Tab") keepInside(dialog, event);
    if (event.key === "Escape" && stays) event.preventDefault();
  });
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog && !stays && outside(dialog, event)) dialog.close();
  });
  // The page that is the way without script shows the dialog in its flow; with script it stands over it.
  if (dialog.open) {
    dialog.open = false;
    open(dialog);
  }
}

function outside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (!dialog) return;
  event.preventDefault();
  // Safari leaves focus where it was, and there it would return to.
  opener.focus();
  open(dialog);
});
