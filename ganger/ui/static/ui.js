// What the components do beyond plain HTML; every page is usable without it.

/** Close open header menus, except the one given. */
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details.menu"));
  event.target.closest("[data-dismiss]")?.closest(".alert").remove();
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  closeMenus();
  menu.querySelector("summary").focus();
});

for (const close of document.querySelectorAll("[data-dismiss]")) close.hidden = false;

for (const image of document.querySelectorAll(".avatar img")) {
  // A picture that does not come would cover the initials with the browser's mark for it.
  const drop = () => image.remove();
  if (image.complete && !image.naturalWidth) drop();
  image.addEventListener("error", drop);
}

for (const counter of document.querySelectorAll("[data-counter-for]")) {
  const field = document.getElementById(counter.dataset.counterFor);
  const status = counter.nextElementSibling;
  let spokenAt = 0;
  const count = () => {
    const share = field.value.length / field.maxLength;
    counter.textContent = `${field.value.length} of ${field.maxLength} characters`;
    // Spoken when 90 % and 100 % are reached, not at each key.
    const step = share >= 1 ? 1 : share >= 0.9 ? 0.9 : 0;
    if (step > spokenAt) status.textContent = counter.textContent;
    spokenAt = step;
  };
  field.addEventListener("input", count);
  count();
}

const go = document.querySelector("[data-palette]");
if (go) {
  const open = async () => (await import("ui/palette")).open();
  go.hidden = false;
  go.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const asks = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k";
    if (!asks || document.querySelector("dialog:modal")) return;
    // Otherwise some browsers go to their own search.
    event.preventDefault();
    open();
  });
}

// What a page does not hold costs it nothing.
const behaviours = {
  "[data-bell]": "ui/bell",
  "[data-dialog]": "ui/dialogs",
  "[data-mixed], [role=switch]": "ui/forms",
  "[data-tabs]": "ui/tabs",
  "[data-toast]": "ui/toasts",
};
for (const [selector, module] of Object.entries(behaviours)) {
  if (document.querySelector(selector)) import(module);
}
