"""The figures as a table for people, as JSON, and as the page docs/benchmarks.md."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from tools.bench.measure import Figures
from tools.bench.series import Group

_HEAD = ("ratio", "more by", "p50 ms", "p95 ms", "CPU ms", "")

_PAGE = """\
# Benchmarks

Written by `ganger bench --write`; `ganger bench` measures again and prints the same tables. In one run on one
machine ({machine}), warm, one request at a time on a connection that is kept open, the series of a
table taking turns. Ratio and difference are of the median wall time, against the first line of each
table. CPU is what the workerd process used. Figures of another machine differ; their ratios hardly do.

{tables}
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One series beside the first of its group."""

    name: str
    ratio: float
    more_by_ms: float
    figures: Figures


def lines(group: Group, measured: Mapping[str, Figures]) -> tuple[Line, ...]:
    """Compare the series of a group with its first."""
    first = measured[group.series[0].name].p50_ms
    found = ((series.name, measured[series.name]) for series in group.series)
    return tuple(Line(name, each.p50_ms / first, each.p50_ms - first, each) for name, each in found)


def as_text(groups: Iterable[Group], measured: Mapping[str, Figures]) -> str:
    """Tables in columns."""
    parts = []
    for group in groups:
        rows = [_HEAD, *(_cells(line) for line in lines(group, measured))]
        body = "\n".join("  ".join([*(cell.rjust(8) for cell in row[:-1]), row[-1]]).rstrip() for row in rows)
        parts.append(f"{group.title}\n{body}")
    return "\n\n".join(parts)


def as_page(groups: Iterable[Group], measured: Mapping[str, Figures], machine: str) -> str:
    """The text of docs/benchmarks.md."""
    parts = []
    for group in groups:
        rows = [_HEAD, ("---:",) * 5 + ("---",), *(_cells(line) for line in lines(group, measured))]
        parts.append(f"## {group.title}\n" + "\n".join(_row(row) for row in rows))
    return _PAGE.format(machine=machine, tables="\n\n".join(parts))


def as_json(groups: Iterable[Group], measured: Mapping[str, Figures]) -> dict[str, object]:
    """JSON values: the lines of each group by its title."""
    return {group.title: [asdict(line) for line in lines(group, measured)] for group in groups}


def _cells(line: Line) -> tuple[str, ...]:
    figures = line.figures
    return (
        f"{line.ratio:.2f}",
        f"{line.more_by_ms:+.2f}" if line.more_by_ms else "",
        f"{figures.p50_ms:.2f}",
        f"{figures.p95_ms:.2f}",
        f"{figures.cpu_ms:.2f}",
        line.name,
    )


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
