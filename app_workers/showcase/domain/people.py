"""Rows for the pattern of a table with filters and pages: fictional people, who cannot be reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from app_workers.showcase.models import PatternQuery

PLACES = ("Ann Arbor", "Plymouth", "Wixom")
A_PAGE = 5
_NAMES = ("Pat Example", "Sam Sample", "Lee Placeholder")
_ROLES = ("Medical Assistant", "Nurse", "Technician")


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of rows, and how many there are in all."""

    rows: Sequence[dict[str, str]]
    total: int
    pages: int


def people() -> list[dict[str, str]]:
    """Twenty-four people of three names, of all roles and places."""
    return [
        {
            "name": f"{_NAMES[number % 3]} {number // 3 + 1}",
            "role": _ROLES[number * 2 % 3],
            "place": PLACES[(number + number // 3) % 3],
            "state": "Inactive" if number % 7 == 6 else "Active",
        }
        for number in range(24)
    ]


def listed(asked: PatternQuery) -> Listed:
    """The page of people that is asked for; a page beyond the last is the last."""
    rows = [row for row in people() if asked.place in (None, row["place"])]
    rows.sort(key=lambda row: (row[asked.sort], row["name"]), reverse=asked.direction == "desc")
    pages = max(1, -(-len(rows) // A_PAGE))
    page = min(asked.page, pages)
    return Listed(rows[(page - 1) * A_PAGE : page * A_PAGE], len(rows), pages)
