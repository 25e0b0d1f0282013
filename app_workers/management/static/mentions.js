// Names to choose from while somebody writes "@": the list that stands below the field opens, holds what fits, and
// a click on a name writes it. Without script the list is there to read.

const WRITTEN = /(?<![\p{L}\p{N}])@([\p{L}\p{M}.' -]{0,60})$/u;

for (const list of document.querySelectorAll("[data-mentions-for]")) {
  const field = document.getElementById(list.dataset.mentionsFor);
  const items = [...list.querySelectorAll("li")];
  const spoken = document.getElementById("live-polite");

  const written = () => WRITTEN.exec(field.value.slice(0, field.selectionStart));

  const fitting = (text) =>
    items.filter((item) => ` ${item.textContent}`.toLowerCase().includes(` ${text.toLowerCase()}`));

  const show = () => {
    const text = written()?.[1];
    const shown = text === undefined ? items : fitting(text);
    for (const item of items) item.hidden = shown.length > 0 && !shown.includes(item);
    if (text === undefined || !shown.length || list.open) return;
    list.open = true;
    spoken.textContent = "Names to mention are listed below the field.";
  };

  const write = (name) => {
    const before = field.value.slice(0, field.selectionStart);
    const start = written()?.index ?? before.length;
    const gap = start && !/\s$/.test(field.value.slice(0, start)) ? " " : "";
    field.setRangeText(`${gap}@${name} `, start, before.length, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    list.open = false;
    field.focus();
  };

  for (const item of items) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-ghost btn-md";
    button.textContent = item.textContent;
    button.addEventListener("click", () => write(button.textContent));
    item.replaceChildren(button);
  }
  field.addEventListener("input", show);
}
