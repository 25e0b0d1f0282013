"""Run the benchmark: start what is measured, measure it, and say what came out."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from tools.bench import growth, starts
from tools.bench.connections import connections
from tools.bench.house import House, house, machine, progress
from tools.bench.routes import routes
from tools.bench.side_by_side import frameworks, router
from tools.bench.table import Table, as_json, as_text, with_sections
from tools.paths import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
LARGE = "## A large inventory"  # the section that `ganger bench --large` writes
BROWSER = "## In the browser"  # the section that `ganger bench --browser` writes

_HEAD = """\
# Benchmarks

Written by `ganger bench --write`; `ganger bench` measures again and prints the same tables, and `--only`
some of them. In one run on one machine ({machine}), warm, one request at a time on a connection that is kept
open, the series of a table taking turns. Ratio and difference are of the median wall time, against the first
line of each table; the spread is that of the medians of single turns. CPU is what the workerd process used.
Figures of another machine differ; their ratios hardly do. [performance.md](performance.md) says where the
time goes.
"""
# Measured on one platform with everything, in this order: the rows that the last one writes slow the others.
_TOGETHER: Mapping[str, Callable[[House], list[Table]]] = {
    "frameworks": frameworks,
    "router": router,
    "routes": routes,
    "connections": connections,
    "rows": growth.rows,
}
# What is measured on platforms of its own.
_APART: Mapping[str, Callable[[], list[Table]]] = {"workers": growth.workers, "starts": starts.starts}
PARTS = (*_TOGETHER, *_APART)


def bench(only: Sequence[str], is_json: bool, is_written: bool, say: Callable[[str], None]) -> int:
    """Measure, say it as tables or as JSON, and return the exit status.

    Args:
        only: names of parts; all without any.
        is_written: put the tables on the page docs/benchmarks.md too, in place of the older ones.
    Raises:
        BenchProblem: a worker did not do its work.
    """
    tables: list[Table] = []
    for found in _measured(only or PARTS):
        tables += found
        if is_written:  # at once, for a later part may fail
            _write(found)
    say(json.dumps(as_json(tables)) if is_json else as_text(tables))
    return 0


def _measured(wanted: Sequence[str]) -> Iterator[list[Table]]:
    together = [name for name in _TOGETHER if name in wanted]
    if together:
        with house() as started:
            for name in together:
                progress(f"Measuring: {name}.")
                yield _TOGETHER[name](started)
    for name in _APART:
        if name in wanted:
            progress(f"Measuring: {name}.")
            yield _APART[name]()


def _write(tables: Sequence[Table]) -> None:
    last = [title.removeprefix("## ") for title in (LARGE, BROWSER)]
    _, mark, sections = PAGE.read_text().partition("\n## ")
    PAGE.write_text(with_sections(_HEAD.format(machine=machine()) + mark + sections, tables, last))
