// The command menu: all that can be opened, found by typing. A combobox as the ARIA Authoring Practices have it.

const dialog = document.createElement("dialog");
dialog.className = "palette";
dialog.ariaLabel = "Go to";
dialog.setAttribute("closedby", "any");
dialog.innerHTML = `<form class="palette-head" method="dialog"><input class="control" role="combobox" aria-label="Go to"
 aria-autocomplete="list" aria-expanded="true" aria-controls="palette-list" autocomplete="off"
 placeholder="App, page, form or location"><button class="btn btn-ghost">Close</button></form>
<ul id="palette-list" role="listbox" aria-label="Results"></ul><p class="palette-none" role="status"></p>`;
document.body.append(dialog);
const [input, list, none] = dialog.querySelectorAll("input, ul, p");
let commands, shown, active;

/** Open it with nothing typed; the browser gives focus back when it closes. */
export async function open() {
  input.value = "";
  dialog.showModal();
  show();
  if (commands) return;
  const answer = await fetch("/api/v1/commands").catch(() => null);
  // Without an answer there are this page's sections, and the next opening asks again.
  if (answer?.ok) commands = (await answer.json()).items;
  show();
}

function sections() {
  const note = document.querySelector(".app-title").textContent;
  return [...document.querySelectorAll(".shell-tabs a")].map((link) => ({
    label: link.textContent, note, href: link.pathname,
  }));
}

/** Each word begins one of the command's words (3), is in it (2), or has its letters in the label's order (1). */
function fit({ label, note }, words) {
  const text = ` ${label} ${note}`.toLowerCase();
  const points = words.map((word) => {
    let at = 0;
    const inOrder = [...word].every((letter) => (at = text.indexOf(letter, at) + 1) && at <= label.length + 1);
    return text.includes(` ${word}`) ? 3 : text.includes(word) ? 2 : +inOrder;
  });
  return points.every(Boolean) && points.reduce((sum, each) => sum + each, 1);
}

function show() {
  const own = sections();
  const others = commands?.filter(({ href, fields }) => fields || own.every((each) => each.href !== href)) ?? [];
  const words = input.value.toLowerCase().match(/\S+/g) ?? [];
  const fits = [...own, ...others].map((each) => [fit(each, words), each]).filter(([points]) => points);
  shown = fits.sort(([one], [other]) => other - one).map(([, each]) => each);
  list.replaceChildren(...shown.map(option));
  none.textContent = shown.length || !commands ? "" : "Nothing fits. Try fewer letters.";
  choose(0);
}

function option(command, index) {
  const item = document.createElement("li");
  const note = document.createElement("span");
  Object.assign(item, { id: `palette-${index}`, role: "option", onclick: () => run(command) });
  Object.assign(note, { className: "menu-note", textContent: command.note });
  item.append(command.label, " ", note);
  return item;
}

function choose(index) {
  active = (index + shown.length) % shown.length || 0;
  [...list.children].forEach((item, at) => (item.ariaSelected = at === active));
  list.children[active]?.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", list.children[active]?.id ?? "");
}

function run({ href, fields }) {
  if (!fields) return location.assign(href);
  const form = Object.assign(document.createElement("form"), { method: "post", action: href });
  for (const [name, value] of Object.entries({ ...fields, to: location.pathname + location.search })) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  dialog.append(form);
  form.submit();
}

input.oninput = show;
input.onkeydown = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1, Enter: 0 }[event.key];
  if (step === undefined || event.isComposing) return;
  // Enter would send the form, which closes the menu.
  event.preventDefault();
  if (step) choose(active + step);
  else if (shown.length) run(shown[active]);
};
