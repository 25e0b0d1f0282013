"""The days that a report is about, clinic-local and both included."""

from datetime import date, timedelta

from pydantic import Field

from ganger.errors import ValidationFailed
from ganger.records import Record

MAX_DAYS = 366
_USUAL_DAYS = 30


class PeriodQuery(Record):
    """The days that are asked for; by default the last 30."""

    first: date | None = Field(default=None, alias="from")
    last: date | None = Field(default=None, alias="to")


def period(asked: PeriodQuery, today: date) -> tuple[date, date]:
    """The first and the last day of a report.

    Raises:
        ValidationFailed: they are the wrong way round, or too far apart.
    """
    last = asked.last or today
    first = asked.first or last - timedelta(days=_USUAL_DAYS - 1)
    if first > last:
        raise ValidationFailed({"to": "must not be before the first day"})
    if (last - first).days >= MAX_DAYS:
        raise ValidationFailed({"to": f"must be within {MAX_DAYS} days"})
    return first, last


def period_or_usual(asked: PeriodQuery, today: date) -> tuple[date, date, ValidationFailed | None]:
    """The same for a page, which shows the usual days when those asked for make no period, and says why."""
    try:
        return *period(asked, today), None
    except ValidationFailed as refusal:
        return *period(PeriodQuery(), today), refusal
