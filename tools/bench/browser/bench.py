"""Run the browser's benchmark: start the platform, open its pages, and say what came out."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from ganger.http import FORM
from ganger.session import COOKIE
from tools.bench.bench import BROWSER, PAGE
from tools.bench.browser.chromium import Chromium, chromium
from tools.bench.browser.measure import WAYS, Load, load, navigation_ms, weight
from tools.bench.browser.report import Navigations, as_text, figures, page_rows, section, way_rows
from tools.bench.house import machine, progress
from tools.build import build
from tools.chromium import WHOLE
from tools.local import LocalPlatform, Settings
from tools.local.demo import in_seed_order, seed
from tools.local.keys import development_vars
from tools.registry import load_registry
from tools.runtime import ensure_runtime

SIGN_IN = "/auth/sign-in"
_PERSON = "usr_mia"
_OTHER_APP = "/inventory"
_WORKERS = ("router", "management", "inventory", "auth", "showcase")
_PAGES = ("/", "/requests", "/queue", "/inventory/items", "/inventory/items/{item}", "/showcase", SIGN_IN)
_RUNS = 5


def bench_browser(is_json: bool, is_written: bool, say: Callable[[str], None]) -> int:
    """Measure the pages, say it as tables or as JSON, and return the exit status.

    Args:
        is_written: put the tables on the page docs/benchmarks.md too.
    Raises:
        BenchProblem: a page does not load.
    """
    runtime = ensure_runtime(progress)
    workers = build(_WORKERS, "development", progress, development_vars())
    with LocalPlatform(runtime, workers, Settings(), lambda _: None) as local, chromium(WHOLE) as browser:
        origin = local.start().replace("127.0.0.1", "localhost")
        local.migrate()
        for worker in in_seed_order(workers):
            seed(local, worker, datetime.now(UTC))
        cookies = signed_in(origin, _PERSON)
        loads = {path: _loads(browser, origin, path, cookies) for path in _paths(origin, cookies)}
        ways = {way: _ways(browser, origin, way, cookies) for way in WAYS}
        version = browser.send("Browser.getVersion")["product"].partition("/")[2]
    say(_json(loads, ways) if is_json else as_text(page_rows(loads), way_rows(ways)))
    if is_written:
        facts = {"machine": machine(), "version": version, "load": _load_of_machine()}
        kept = PAGE.read_text().partition(BROWSER)[0]
        PAGE.write_text(kept + section(loads, ways, _OTHER_APP, facts))
    return 0


def signed_in(origin: str, person: str) -> dict[str, str]:
    """The cookies of a demo person who has just signed in."""
    body = urlencode({"person_id": person, "to": "/"})
    headers = {"content-type": FORM, "sec-fetch-site": "same-origin", "accept": "text/html"}
    connection = HTTPConnection(origin.removeprefix("http://"), timeout=60)
    try:
        connection.request("POST", "/auth/development/sign-in", body, headers)
        set_cookie = connection.getresponse().headers.get_all("set-cookie") or []
    finally:
        connection.close()
    kept = SimpleCookie()
    for cookie in set_cookie:
        kept.load(cookie)
    return {COOKIE: kept[COOKIE].value}


def _paths(origin: str, cookies: Mapping[str, str]) -> list[str]:
    """The pages of apps in service, with an item of the demo data; asking for it wakes the workers too."""
    connection = HTTPConnection(origin.removeprefix("http://"), timeout=60)
    headers = {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    try:
        connection.request("GET", "/inventory/api/v1/items?limit=1", headers=headers)
        item = json.loads(connection.getresponse().read())["items"][0]["item"]["id"]
    finally:
        connection.close()
    showcase = load_registry().workers["showcase"]
    return [path.format(item=item) for path in _PAGES if path != showcase.mount or showcase.in_service]


def _loads(browser: Chromium, origin: str, path: str, cookies: Mapping[str, str]) -> list[Load]:
    progress(f"Measuring {path}.")
    known = {} if path == SIGN_IN else cookies
    weight(browser, origin, path, known)  # which wakes the workers
    return [load(browser, origin, path, known) for _ in range(_RUNS)]


def _ways(browser: Chromium, origin: str, way: str, cookies: Mapping[str, str]) -> Navigations:
    progress(f"Measuring the way to {_OTHER_APP}: {way}.")
    phone, desk = (
        [
            navigation_ms(browser, origin, _OTHER_APP, cookies, way, is_throttled=is_throttled)
            for _ in range(_RUNS)
        ]
        for is_throttled in (True, False)
    )
    return Navigations(phone, desk)


def _json(loads: Mapping[str, list[Load]], ways: Mapping[str, Navigations]) -> str:
    pages = {
        path: {name: asdict(figure) for name, figure in figures(measured).items()}
        for path, measured in loads.items()
    }
    times = {way: {name: asdict(figure) for name, figure in each.figures()} for way, each in ways.items()}
    return json.dumps({"pages": pages, "ways": times})


def _load_of_machine() -> str:
    # Much of what is measured is the machine's own; a busy one is no phone of anybody's.
    waiting, cores = os.getloadavg()[0], os.cpu_count() or 1
    return f"The machine had {waiting:.0f} tasks for its {cores} cores meanwhile."
