"""The same work done in several ways, in turns."""

from collections.abc import Iterable

from tools.bench.house import House
from tools.bench.measure import measure
from tools.bench.series import Group, framework_groups, lines, router_groups
from tools.bench.table import Table

_ROUNDS = 10
_REQUESTS = 50
_HEAD = ("ratio", "more by", "p50 ms", "spread", "p95 ms", "p99 ms", "CPU ms", "CPU more by", "")


def frameworks(house: House) -> list[Table]:
    """The runtime's floor, and our kernel beside Starlette and FastAPI."""
    return _tables(house, "frameworks", framework_groups(house.addresses))


def router(house: House) -> list[Table]:
    """What a request pays for the router, beside one with Hono in JavaScript."""
    return _tables(house, "router", router_groups(house.addresses))


def _tables(house: House, key: str, groups: Iterable[Group]) -> list[Table]:
    return [_table(house, f"{key}-{number}", group) for number, group in enumerate(groups, 1)]


def _table(house: House, key: str, group: Group) -> Table:
    measured = measure(group.series, house.pid, _ROUNDS, _REQUESTS)
    compared = lines(group, measured)
    first = compared[0].figures
    rows = tuple(
        (
            line.ratio,
            line.more_by_ms,
            line.figures.p50_ms,
            f"{line.figures.low_ms:.2f}–{line.figures.high_ms:.2f}",
            line.figures.p95_ms,
            line.figures.p99_ms,
            line.figures.cpu_ms,
            line.figures.cpu_ms - first.cpu_ms,
            line.name,
        )
        for line in compared
    )
    return Table(key, group.title, group.note, _HEAD, rows)
