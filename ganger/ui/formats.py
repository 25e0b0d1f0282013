"""How values read on a page: clinic-local times, grouped numbers, dollars. Pure rules."""

from datetime import datetime
from zoneinfo import ZoneInfo

from ganger.clock import CLINIC_ZONE

# Written out, because strftime answers in the language of the process.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clinic_time(instant: str | datetime, zone: str = CLINIC_ZONE) -> str:
    """An instant as the clinic's wall clock shows it: "Nov 22, 2026, 3:05 PM".

    Args:
        instant: aware, or ISO-8601 text with its offset, as stored ("2026-11-22T20:05:00Z").
        zone: name of the zone whose clock it is.
    Raises:
        ValueError: the text is no ISO-8601 instant, or has no offset.
    """
    moment = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    if moment.tzinfo is None:
        raise ValueError("An instant needs its offset from UTC.")
    local = moment.astimezone(ZoneInfo(zone))
    hour = local.hour % 12 or 12
    half = "AM" if local.hour < 12 else "PM"
    return f"{_MONTHS[local.month - 1]} {local.day}, {local.year}, {hour}:{local.minute:02d} {half}"


def number(value: float) -> str:
    """A number with thousands separators: 12345 as "12,345", 1234.5 as "1,234.5"."""
    return f"{value:,}"


def money(cents: int) -> str:
    """Integer cents as dollars: 123450 as "$1,234.50", -5 as "-$0.05"."""
    dollars, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}${dollars:,}.{rest:02d}"
