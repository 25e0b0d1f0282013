// Tabs move with the arrow keys and show their panel at once; without this they are links.

function tabsOf(list) {
  return [...list.querySelectorAll("[role=tab]:not([aria-disabled])")];
}

/** Select a tab; the panel of the others hides. A tab that leads to a page of its own only takes focus. */
function select(list, tab) {
  tab.focus();
  if ("follow" in tab.dataset) return;
  for (const other of tabsOf(list)) {
    const chosen = other === tab;
    other.setAttribute("aria-selected", String(chosen));
    other.tabIndex = chosen ? 0 : -1;
    const panel = document.getElementById(other.getAttribute("aria-controls"));
    if (panel) panel.hidden = !chosen;
  }
}

function destination(tabs, tab, key) {
  const at = tabs.indexOf(tab);
  const moves = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 };
  return key in moves ? tabs[moves[key] % tabs.length] : undefined;
}

for (const list of document.querySelectorAll("[data-tabs] > [role=tablist]")) {
  for (const tab of tabsOf(list)) tab.tabIndex = tab.getAttribute("aria-selected") === "true" ? 0 : -1;
  list.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    // Without a panel on this page the link is followed, and so is one that is opened elsewhere.
    if (!tab?.hasAttribute("aria-controls") || "follow" in tab.dataset || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    select(list, tab);
  });
  list.addEventListener("keydown", (event) => {
    const tab = event.target.closest("[role=tab]");
    const next = tab && destination(tabsOf(list), tab, event.key);
    if (next) {
      event.preventDefault();
      if (next.hasAttribute("aria-controls")) select(list, next);
      else next.focus();
    } else if (event.key === " " && tab) {
      event.preventDefault();
      tab.click();
    }
  });
}
