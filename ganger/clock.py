"""Instants are UTC; clinic days and hours are those of the practice's time zone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

CLINIC_ZONE = "America/Detroit"

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
