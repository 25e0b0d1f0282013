"""Instants are UTC; clinic days and hours are those of the practice's time zone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CLINIC_ZONE = "America/Detroit"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Clock = Callable[[], datetime]  # the current instant, aware, in UTC


def system_clock() -> datetime:
    """The current instant."""
    return datetime.now(UTC)


def iso_utc(instant: datetime) -> str:
    """An instant as stored and sent: ISO 8601 in UTC with milliseconds, `2026-11-22T14:03:07.120Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def clinic_date(instant: datetime) -> date:
    """The calendar date at the clinics at that instant."""
    return instant.astimezone(ZoneInfo(CLINIC_ZONE)).date()


def clinic_midnight(day: date) -> datetime:
    """The instant at which that day begins at the clinics."""
    return datetime.combine(day, time(), ZoneInfo(CLINIC_ZONE))


def clinic_time(instant: datetime) -> time:
    """The time of day at the clinics at that instant, to the minute.

    Crons count in UTC, so one for the clinics' clock has a line for summer and one for winter, and acts
    where this fits.
    """
    return instant.astimezone(ZoneInfo(CLINIC_ZONE)).time().replace(second=0, microsecond=0)


def epoch_ms(instant: datetime) -> int:
    """Milliseconds since the epoch, as pages and live topics count."""
    return (instant - _EPOCH) // timedelta(milliseconds=1)  # without the rounding of a float
