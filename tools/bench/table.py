"""What came out, as tables: for people, for docs/benchmarks.md and as JSON. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `key` names it in JSON; the last column is text and the others are numbers."""

    key: str
    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def as_text(tables: Iterable[Table]) -> str:
    """The tables in columns, for a terminal."""
    return "\n\n".join(f"{table.title}\n{_columns(_told(table))}" for table in tables)


def as_section(table: Table) -> str:
    """A table as a section of a page."""
    head, *rows = _told(table)
    ruler = ("---:",) * (len(head) - 1) + ("---",)
    lines = "\n".join(f"| {' | '.join(row)} |" for row in (head, ruler, *rows))
    note = f"{table.note}\n\n" if table.note else ""
    return f"## {table.title}\n\n{note}{lines}\n"


def as_json(tables: Iterable[Table]) -> dict[str, list[dict[str, Cell]]]:
    """JSON values: the rows of each table by its key."""
    return {table.key: [dict(zip(table.head, row, strict=True)) for row in table.rows] for table in tables}


def with_sections(page: str, tables: Iterable[Table], last: Sequence[str]) -> str:
    """A page with the sections of these tables in place of those of the same titles, or added.

    Every other section stays as it is, so that a part can be measured alone.

    Args:
        last: titles of sections that stand at the end of the page.
    """
    head, *parts = page.split("\n## ")
    sections = {part.partition("\n")[0]: f"## {part.rstrip()}\n" for part in parts}
    sections |= {table.title: as_section(table) for table in tables}
    ordered = sorted(sections, key=lambda title: last.index(title) if title in last else -1)
    return "\n".join([f"{head.rstrip()}\n", *(sections[title] for title in ordered)])


def _told(table: Table) -> list[tuple[str, ...]]:
    return [table.head, *(tuple(_cell(cell) for cell in row) for row in table.rows)]


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def _columns(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            [*(cell.rjust(width) for cell, width in zip(row[:-1], widths, strict=False)), row[-1]]
        ).rstrip()
        for row in rows
    )
