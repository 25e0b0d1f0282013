"""Figures and series for tests."""

from tools.bench.measure import Figures, Series
from tools.bench.series import Group
from tools.bench.table import Table


def make_series(name="GET, ours", **changes):
    return Series(**{"name": name, "origin": "http://127.0.0.1:1", "path": "/"} | changes)


def make_group(*names, title="Hello"):
    return Group(title, tuple(make_series(name) for name in names))


def make_figures(p50_ms=2.0, p95_ms=3.0, cpu_ms=1.5):
    return Figures(p50_ms, p50_ms - 1, p50_ms + 1, p95_ms, p95_ms + 1, cpu_ms)


def make_table(**changes):
    facts = {"key": "hello", "title": "Hello", "note": "", "head": ("ratio", "p50 ms", "")}
    return Table(**(facts | {"rows": ((1.0, 2.0, "ours"), (2.5, 5.0, "theirs"))} | changes))
