"""What is measured of a page and of the way to the next one."""

from collections.abc import Mapping
from dataclasses import dataclass

from tools.bench.browser.chromium import Chromium
from tools.bench.browser.tab import Tab, new_tab
from tools.bench.measure import BenchProblem

# Quiet: no task of 50 ms or more has ended for a second. "Interactive" is when the last of them ended, or
# else when the page had painted and its own script had run.
_FIGURES = """(async () => {
  const last = () => Math.max(0, ...ganger.tasks);
  const loaded = performance.now();
  while (performance.now() - Math.max(last(), loaded) < 1000) {
    await new Promise((soon) => setTimeout(soon, 100));
  }
  const [{ domContentLoadedEventEnd: ran }] = performance.getEntriesByType("navigation");
  const [{ startTime: fcp }] = performance.getEntriesByName("first-contentful-paint");
  return { fcp, lcp: ganger.lcp, cls: ganger.cls, interactive: Math.max(fcp, ran, last()) };
})()"""
_ARRIVAL = """(async () => {
  const painted = () => performance.getEntriesByName("first-contentful-paint")[0];
  while (!painted()) await new Promise((soon) => setTimeout(soon, 20));
  return performance.timeOrigin + painted().startTime - Number(sessionStorage.clicked);
})()"""
_PLACE = """(() => {
  const link = document.querySelector(`main a[href="%s"]`);
  link.scrollIntoView({ block: "center" });
  const { x, y, height } = link.getBoundingClientRect();
  return [x + 5, y + height / 2];
})()"""
# The page's own rules are taken away, so that nothing comes ahead, or replaced by ones that only fetch.
_RULES = """(() => {
  const own = document.querySelector("script[type=speculationrules]");
  const { prefetch } = JSON.parse(own.textContent);
  own.remove();
  if (!%s) return;
  const rules = document.createElement("script");
  const textContent = JSON.stringify({ prefetch });
  Object.assign(rules, { type: "speculationrules", nonce: own.nonce, textContent });
  document.head.append(rules);
})()"""
WAYS = ("nothing ahead", "prefetch", "prerender")


@dataclass(frozen=True, slots=True)
class Load:
    """One loading of a page with an empty cache: milliseconds from the start, and bytes on the wire.

    `warm_bytes` are those of the same page opened again.
    """

    fcp_ms: float
    lcp_ms: float
    cls: float
    interactive_ms: float
    cold_bytes: int
    warm_bytes: int


def load(browser: Chromium, origin: str, path: str, cookies: Mapping[str, str]) -> Load:
    """Open a page twice in a tab of its own, as a phone does."""
    with new_tab(browser, origin, cookies, is_throttled=True) as tab:
        tab.open(origin + path)
        found = tab.evaluate(_FIGURES)
        cold_bytes, warm_bytes = _weighed(tab, origin + path)
    return Load(found["fcp"], found["lcp"], found["cls"], found["interactive"], cold_bytes, warm_bytes)


def weight(browser: Chromium, origin: str, path: str, cookies: Mapping[str, str]) -> tuple[int, int]:
    """Bytes on the wire of a page with an empty cache, and of the same page opened again."""
    with new_tab(browser, origin, cookies, is_throttled=False) as tab:
        tab.open(origin + path)
        return _weighed(tab, origin + path)


def _weighed(tab: Tab, url: str) -> tuple[int, int]:
    cold_bytes = tab.wire_bytes
    tab.open("about:blank")
    tab.open(url)
    return cold_bytes, tab.wire_bytes


def navigation_ms(
    browser: Chromium, origin: str, link: str, cookies: Mapping[str, str], way: str, *, is_throttled: bool
) -> float:
    """Time from the click on a link of the start page to the first paint of the page it leads to.

    Args:
        way: one of WAYS.
        is_throttled: with the line, CPU and screen of a phone, not with this machine's.
    """
    with new_tab(browser, origin, cookies, is_throttled=is_throttled) as tab:
        follow(tab, origin, link, way)
        took: float = tab.evaluate(_ARRIVAL)
        return took


def follow(tab: Tab, origin: str, link: str, way: str) -> None:
    """Rest the pointer on a link of the start page until what is to come ahead is there, and click.

    Raises:
        BenchProblem: the browser does not fetch or make the page ahead.
    """
    tab.open(origin + "/")
    if way != "prerender":
        tab.evaluate(_RULES % str(way == "prefetch").lower())
    x, y = tab.evaluate(_PLACE % link)
    tab.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    if way != "nothing ahead":
        tab.browser.wait_for(lambda: tab.preloaded.get(way) in ("Ready", "Failure"), f"{link} is there ahead")
        if tab.preloaded[way] == "Failure":
            raise BenchProblem(f"Chromium does not {way} {link}.")
    if way == "prerender":
        tab.wait_for_next()
    tab.is_loaded = False
    for kind in ("mousePressed", "mouseReleased"):
        tab.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
    if way == "prerender":
        tab.become_next()
    else:
        tab.browser.wait_for(lambda: tab.is_loaded, f"{link} is loaded")
