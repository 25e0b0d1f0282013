"""The browser's figures as a table for people, as JSON, and as a section of docs/benchmarks.md."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tools.bench.bench import BROWSER
from tools.bench.browser.measure import Load

_SECTION = """\
{title}

Written by `ganger bench --browser --write`. Chromium {version}, headless, against the platform on the same
machine ({machine}). Profile of a middling phone: a round trip of 150 ms, 1.6 Mbit/s down, 0.75 up, the
CPU slowed 4 times, 412 by 915 px. Each page {runs} times with an empty cache and running workers; the
median, and in brackets lowest and highest. *Interactive* is when the page has painted, its script has run and
the last task of 50 ms or more has ended. Bytes are those of all answers with their headers, compressed
(Brotli) as the local runtime and Cloudflare's edge do; *again* is the same page opened a second time. What is
not on this machine is not in it: the TLS handshake of a first visit (one or two round trips more), HTTP/2
and 3, and the way from the edge to the database. {load}

{pages}

From the start page to {link}, by mouse: from the click to the first paint there, with nothing fetched ahead,
with the page fetched while the pointer rested on the link, and with the page made and loaded then; with the
line and the CPU of the phone, and with those of this machine, as at a desk.

{ways}
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """Several measurements of the same thing."""

    median: float
    lowest: float
    highest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Figure":
        """Sum up at least one measurement."""
        return cls(statistics.median(values), min(values), max(values))

    def told(self, unit: float = 1, digits: int = 0) -> str:
        """Median with the spread, in units of that size."""
        median, lowest, highest = (f"{value / unit:.{digits}f}" for value in self.values)
        return median if lowest == highest else f"{median} ({lowest}–{highest})"

    @property
    def values(self) -> tuple[float, float, float]:
        """Median, lowest and highest."""
        return self.median, self.lowest, self.highest


@dataclass(frozen=True, slots=True)
class Navigations:
    """Times from click to paint in milliseconds, with the line and CPU of a phone and with this machine's."""

    phone: Sequence[float]
    desk: Sequence[float]

    def figures(self) -> tuple[tuple[str, Figure], ...]:
        """Both summed up, by name."""
        return ("phone_ms", Figure.of(self.phone)), ("desk_ms", Figure.of(self.desk))


_COLUMNS = (
    ("FCP ms", "fcp_ms", 1, 0),
    ("LCP ms", "lcp_ms", 1, 0),
    ("CLS", "cls", 1, 3),
    ("interactive ms", "interactive_ms", 1, 0),
    ("KB", "cold_bytes", 1024, 1),
    ("KB again", "warm_bytes", 1024, 1),
)


def figures(loads: Sequence[Load]) -> dict[str, Figure]:
    """Sum up the loadings of one page."""
    return {name: Figure.of([getattr(each, name) for each in loads]) for _, name, *_ in _COLUMNS}


def page_rows(loads: Mapping[str, Sequence[Load]]) -> list[tuple[str, ...]]:
    """The table of pages, with its head."""
    rows = [("page", *(title for title, *_ in _COLUMNS))]
    for page, measured in loads.items():
        found = figures(measured)
        rows.append((page, *(found[name].told(unit, digits) for _, name, unit, digits in _COLUMNS)))
    return rows


def way_rows(ways: Mapping[str, Navigations]) -> list[tuple[str, ...]]:
    """The table of navigations, with its head."""
    rows = [("ahead", "phone ms", "desk computer ms")]
    return rows + [(way, *(figure.told() for _, figure in each.figures())) for way, each in ways.items()]


def as_text(*tables: list[tuple[str, ...]]) -> str:
    """Tables in columns."""
    parts = []
    for rows in tables:
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        lines = (
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
        )
        parts.append("\n".join(line.rstrip() for line in lines))
    return "\n\n".join(parts)


def as_markdown(rows: list[tuple[str, ...]]) -> str:
    """A table for docs/benchmarks.md."""
    ruled = [rows[0], ("---", *("---:",) * (len(rows[0]) - 1)), *rows[1:]]
    return "\n".join(f"| {' | '.join(row)} |" for row in ruled)


def section(
    loads: Mapping[str, Sequence[Load]],
    ways: Mapping[str, Navigations],
    link: str,
    facts: Mapping[str, str],
) -> str:
    """The section of docs/benchmarks.md."""
    return _SECTION.format(
        title=BROWSER,
        pages=as_markdown(page_rows(loads)),
        ways=as_markdown(way_rows(ways)),
        link=f"`{link}`",
        runs=len(next(iter(loads.values()))),
        **facts,
    )
