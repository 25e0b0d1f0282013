"""The days that a search of packets is about."""

from datetime import date, timedelta

from app_workers.handouts.models.packets import PacketSearch
from ganger.errors import ValidationFailed

USUAL_DAYS = 7


def days_of(asked: PacketSearch, today: date) -> tuple[date, date]:
    """The first and the last clinic day; a week until today unless others are asked for.

    Raises:
        ValidationFailed: they are the wrong way round.
    """
    if asked.days is not None:
        return today - timedelta(days=int(asked.days) - 1), today
    last = asked.last or today
    first = asked.first or last - timedelta(days=USUAL_DAYS - 1)
    if first > last:
        raise ValidationFailed({"to": "must not be before the first day"})
    return first, last
