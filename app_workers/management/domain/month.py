"""A month as a calendar shows it: weeks from Sunday to Saturday, and who is away on each day."""

from calendar import SUNDAY, Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app_workers.management.models.calendar import Absence


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the month and who is away; without a date a place before its first or after its last."""

    on: date | None
    away: tuple[Absence, ...] = ()


def first_of_month(month: str | None, today: date) -> date:
    """The first day of the month that is asked for, "2026-03"; of this one if none is."""
    return date.fromisoformat(f"{month}-01") if month else today.replace(day=1)


def first_of_next(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def first_of_last(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def weeks_of(first: date, absences: Sequence[Absence]) -> list[list[DayCell]]:
    """The weeks of a month.

    Args:
        absences: those that touch the month, in the order in which a day lists them.
    """
    weeks = Calendar(SUNDAY).monthdatescalendar(first.year, first.month)
    return [[_cell(day, first, absences) for day in week] for week in weeks]


def _cell(day: date, first: date, absences: Sequence[Absence]) -> DayCell:
    if day.month != first.month:
        return DayCell(None)
    return DayCell(day, tuple(each for each in absences if each.start_date <= day <= each.end_date))
