"""One tab with nothing in its cache; where that is wanted with the line, speed and screen of a phone."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tools.bench.browser.chromium import Chromium, Message
from tools.bench.measure import BenchProblem

_DOMAINS = ("Page", "Runtime", "Network", "Preload")
# Chrome's own names for a middling phone: Lighthouse's "slow 4G" and a CPU a quarter as fast as this one.
_NETWORK = {
    "offline": False,
    "latency": 150,  # ms a round trip
    "downloadThroughput": 1_600_000 // 8,
    "uploadThroughput": 750_000 // 8,
}
_CPU_SLOWER = 4
_SCREEN = {"width": 412, "height": 915, "deviceScaleFactor": 2, "mobile": True}
# Collects in every page what only shows while it happens.
_OBSERVED = """(() => {
  const seen = (globalThis.ganger = { lcp: 0, cls: 0, tasks: [] });
  const observe = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe("largest-contentful-paint", (each) => (seen.lcp = each.startTime));
  observe("layout-shift", (each) => (seen.cls += each.hadRecentInput ? 0 : each.value));
  observe("longtask", (each) => seen.tasks.push(each.startTime + each.duration));
  const clicked = () => (sessionStorage.clicked = performance.timeOrigin + performance.now());
  addEventListener("click", clicked, true);
})()"""


@dataclass
class Tab:
    """A tab; `session` is that of the page which it shows."""

    browser: Chromium
    is_throttled: bool
    session: str = ""
    _next: str = ""
    wire_bytes: int = 0
    is_loaded: bool = False
    preloaded: dict[str, str] = field(default_factory=dict)  # "prefetch" or "prerender" -> its state

    def send(self, method: str, **params: object) -> Any:
        """Carry out a method on the page."""
        return self.browser.send(method, self.session, **params)

    def evaluate(self, expression: str) -> Any:
        """The value of a script in the page.

        Raises:
            BenchProblem: the script fails.
        """
        found = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in found:
            raise BenchProblem(f"A script fails in the page: {found['exceptionDetails']}")
        return found["result"].get("value")

    def open(self, url: str) -> None:
        """Open an address and wait until it is loaded."""
        self.is_loaded, self.wire_bytes = False, 0
        self.send("Page.navigate", url=url)
        self.browser.wait_for(lambda: self.is_loaded, f"{url} is loaded")

    def take(self, message: Message) -> None:
        """Keep what the browser tells of this tab."""
        method, params = message["method"], message["params"]
        if method == "Target.attachedToTarget" and params["targetInfo"]["type"] == "page":
            self._prepare(params["sessionId"], is_ahead=params["targetInfo"].get("subtype") == "prerender")
        elif method in ("Preload.prefetchStatusUpdated", "Preload.prerenderStatusUpdated"):
            self.preloaded[method[8:].partition("Status")[0]] = params["status"]
        elif message.get("sessionId") == self.session:
            self.is_loaded |= method == "Page.loadEventFired"
            if method == "Network.loadingFinished":
                self.wire_bytes += params["encodedDataLength"]

    def _prepare(self, session: str, is_ahead: bool) -> None:
        # A page made ahead takes the tab over when it is opened, and nothing more is heard of the one before.
        # Until the browser has it, it answers nothing but this.
        if is_ahead:
            self._next = session
            self.browser.send("Runtime.runIfWaitingForDebugger", session)
            return
        self.session = session
        for domain in _DOMAINS:
            self.send(f"{domain}.enable")
        self.send("Page.addScriptToEvaluateOnNewDocument", source=_OBSERVED)
        self._be_a_phone(session)
        self.send("Runtime.runIfWaitingForDebugger")

    def _be_a_phone(self, session: str) -> None:
        if self.is_throttled:
            self.browser.send("Network.emulateNetworkConditions", session, **_NETWORK)
            self.browser.send("Emulation.setCPUThrottlingRate", session, rate=_CPU_SLOWER)
            self.browser.send("Emulation.setDeviceMetricsOverride", session, **_SCREEN)

    def wait_for_next(self) -> None:
        """Wait until the page made ahead is loaded, which goes at a phone's speed from here on.

        Raises:
            BenchProblem: it is not within 30 seconds.
        """
        # It is a process of its own, which the speed of the present page does not concern.
        self._be_a_phone(self._next)
        self.browser.wait_for(self._is_next_loaded, "the page made ahead is loaded")

    def _is_next_loaded(self) -> bool:
        found = self.browser.send("Runtime.evaluate", self._next, expression="document.readyState")
        return bool(found["result"].get("value") == "complete")

    def become_next(self) -> None:
        """Speak to the page that took the tab over."""
        self.session = self._next


@contextmanager
def new_tab(
    browser: Chromium, origin: str, cookies: Mapping[str, str], *, is_throttled: bool
) -> Iterator[Tab]:
    """A tab of a person's own, with their cookies and nothing else."""
    person = browser.send("Target.createBrowserContext")["browserContextId"]
    tab = Tab(browser, is_throttled)
    browser.on_event = tab.take
    try:
        kept = [
            {"name": name, "value": value, "url": origin, "secure": True, "httpOnly": True, "path": "/"}
            for name, value in cookies.items()
        ]
        browser.send("Storage.setCookies", cookies=kept, browserContextId=person)
        made = browser.send("Target.createTarget", url="about:blank", browserContextId=person, forTab=True)
        outer = browser.send("Target.attachToTarget", targetId=made["targetId"], flatten=True)["sessionId"]
        following = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True}
        browser.send("Target.setAutoAttach", outer, **following)
        browser.wait_for(lambda: bool(tab.session), "there is a page")
        yield tab
    finally:
        browser.on_event = lambda _: None
        browser.send("Target.disposeBrowserContext", browserContextId=person)
