"""Run the benchmark: start what is measured, measure it, and say what came out."""

import json
import os
import platform as machine_facts
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from tools.bench.measure import Figures, measure, workerd_pid
from tools.bench.report import as_json, as_page, as_text
from tools.bench.series import groups
from tools.bench.workers import bench_workers
from tools.build import build
from tools.local import LocalPlatform, Settings
from tools.local.demo import in_seed_order, seed
from tools.local.keys import development_vars
from tools.paths import ROOT
from tools.runtime import ensure_runtime

PAGE = ROOT / "docs" / "benchmarks.md"
LARGE = "## A large inventory"  # the section that `ganger bench --large` writes
BROWSER = "## In the browser"  # the section that `ganger bench --browser` writes

_OURS = ("router", "management", "inventory", "auth")
_ROUNDS = 10
_REQUESTS = 50


def bench(is_json: bool, is_written: bool, say: Callable[[str], None]) -> int:
    """Measure everything, say it as tables or as JSON, and return the exit status.

    Args:
        is_written: put the tables on the page docs/benchmarks.md too.
    Raises:
        BenchProblem: a worker did not do its work.
    """
    runtime = ensure_runtime(progress)
    ours = build(_OURS, "development", progress, development_vars())
    workers = [*ours, *bench_workers(progress)]
    progress(f"Starting {len(workers)} workers.")
    with LocalPlatform(runtime, workers, Settings(), lambda _: None) as local:
        local.start()
        local.migrate()
        for worker in in_seed_order(ours):
            seed(local, worker, datetime.now(UTC))
        measured_groups = groups(local.addresses())
        pid = workerd_pid(local.pid)
        measured: dict[str, Figures] = {}
        for group in measured_groups:
            progress(f"Measuring: {group.title}.")
            measured |= measure(group.series, pid, _ROUNDS, _REQUESTS)
    say(json.dumps(as_json(measured_groups, measured)) if is_json else as_text(measured_groups, measured))
    if is_written:
        _, title, others = PAGE.read_text().partition(LARGE)
        page = as_page(measured_groups, measured, machine())
        PAGE.write_text(f"{page}\n{title}{others}".rstrip() + "\n")
    return 0


def progress(line: str) -> None:
    """Standard output is for the figures."""
    sys.stderr.write(f"{line}\n")


def machine() -> str:
    """What it was measured on."""
    return f"{os.cpu_count()} cores, {machine_facts.machine()}, {machine_facts.system()}"
