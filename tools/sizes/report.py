"""Sizes beside budgets, as text. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tools.build import Sizes
from tools.registry import Budget, Worker

KIB = 1024
_HEAD = ("worker", "own KiB", "of", "total KiB", "of", "")


@dataclass(frozen=True, slots=True)
class Measured:
    """One worker's sizes and what they may be."""

    worker: Worker
    sizes: Sizes
    budget: Budget

    @property
    def excess_bytes(self) -> int:
        """Bytes over the budget that is exceeded most; 0 or less within both."""
        own = self.sizes.own_bytes_gzip - self.budget.own_kb * KIB
        return max(own, self.sizes.total_bytes_gzip - self.budget.total_kb * KIB)


def over_budget(measured: Iterable[Measured]) -> list[Measured]:
    """Those that are larger than they may be."""
    return [each for each in measured if each.excess_bytes > 0]


def as_table(measured: Iterable[Measured]) -> str:
    """A line a worker; who is over its budget says by how much."""
    rows = [_HEAD, *(_row(each) for each in measured)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    return "\n".join(_line(row, widths) for row in rows)


def _row(each: Measured) -> tuple[str, ...]:
    excess = f"{each.excess_bytes / KIB:.1f} KiB over" if each.excess_bytes > 0 else ""
    return (
        each.worker.id,
        f"{each.sizes.own_bytes_gzip / KIB:.1f}",
        str(each.budget.own_kb),
        f"{each.sizes.total_bytes_gzip / KIB:.1f}",
        str(each.budget.total_kb),
        excess,
    )


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *numbers, last = (
        cell.ljust(width) if column == 0 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join([first, *numbers, last]).rstrip()
