"""Fill a fresh database with a large inventory, and measure the pages that people wait for."""

import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from tools.bench.bench import BROWSER, LARGE, PAGE
from tools.bench.house import machine, progress
from tools.bench.large.rows import ITEMS, MOVEMENTS, large_rows
from tools.bench.measure import Figures, Series, measure, workerd_pid
from tools.bench.series import as_router
from tools.build import build
from tools.local import LocalPlatform, Settings
from tools.local.demo import in_seed_order, seed
from tools.local.keys import development_vars
from tools.runtime import ensure_runtime

_OURS = ("router", "management", "inventory", "auth")
_ROUNDS = 6
_REQUESTS = 20
_SECTION = """\
{title}

Written by `ganger bench --large --write`: {items:,} items at three locations, {movements:,} movements,
which the database made in {filled_s:.0f} s. Straight from the app, warm, one request at a time; bounds
are of p95 wall time and of CPU. On {machine}, {busy:.0f} tasks busy meanwhile.

| page | p50 ms | p95 ms | bound | CPU ms | bound |
| --- | ---: | ---: | ---: | ---: | ---: |
{rows}

"""


@dataclass(frozen=True, slots=True)
class Page:
    """What is measured, and how long it may take."""

    name: str
    path: str
    p95_ms: int
    cpu_ms: int | None = None


PAGES = (
    Page("list of items", "/inventory/items", 60, 25),
    Page("an item", "/inventory/items/big_2500", 60, 25),
    Page("search for items", "/inventory/items?search=kind+25", 80),
    Page("items that are low", "/inventory/items?status=low", 80),
    Page("what is to be bought, as JSON", "/inventory/api/v1/reorder?location_id=loc_aa", 1000),
    Page("what is to be bought, as a page", "/inventory/reorder?location_id=loc_aa", 1000),
    Page("ledger of an item, as JSON", "/inventory/api/v1/movements?item_id=big_2500", 60, 25),
)


def bench_large(is_json: bool, is_written: bool, say: Callable[[str], None]) -> int:
    """Measure, say it as a table or as JSON, and return 1 when a bound does not hold.

    Args:
        is_written: put the table on the page docs/benchmarks.md too.
    Raises:
        BenchProblem: a page did not come.
    """
    runtime = ensure_runtime(progress)
    workers = build(_OURS, "development", progress, development_vars())
    with LocalPlatform(runtime, workers, Settings(), lambda _: None) as local:
        local.start()
        local.migrate()
        for worker in in_seed_order(workers):
            seed(local, worker, datetime.now(UTC))
        progress(f"Writing {ITEMS:,} items and {MOVEMENTS:,} movements.")
        started = time.monotonic()
        for statement in large_rows():
            local.batch([statement])
        filled_s = time.monotonic() - started
        origin = local.addresses()["inventory"]
        series = [Series(page.name, origin, page.path, as_router) for page in PAGES]
        measured = measure(series, workerd_pid(local.pid), _ROUNDS, _REQUESTS)
    text = _section(measured, filled_s)
    say(json.dumps({name: asdict(each) for name, each in measured.items()}) if is_json else text)
    if is_written:
        before, _, rest = PAGE.read_text().partition(LARGE)
        PAGE.write_text(before + text + BROWSER + rest.partition(BROWSER)[2])
    return 0 if all(is_within(page, measured[page.name]) for page in PAGES) else 1


def is_within(page: Page, found: Figures) -> bool:
    """Whether a page keeps its bounds."""
    return found.p95_ms <= page.p95_ms and (page.cpu_ms is None or found.cpu_ms <= page.cpu_ms)


def _section(measured: Mapping[str, Figures], filled_s: float) -> str:
    rows = "\n".join(_row(page, measured[page.name]) for page in PAGES)
    return _SECTION.format(
        title=LARGE,
        rows=rows,
        items=ITEMS,
        movements=MOVEMENTS,
        filled_s=filled_s,
        machine=machine(),
        busy=os.getloadavg()[0],
    )


def _row(page: Page, found: Figures) -> str:
    bound = page.cpu_ms if page.cpu_ms is not None else ""
    return (
        f"| {page.name} | {found.p50_ms:.1f} | {found.p95_ms:.1f} | {page.p95_ms}"
        f" | {found.cpu_ms:.1f} | {bound} |"
    )
