"""When the portal's jobs are due, by the clinics' clock in summer and in winter."""

from datetime import datetime, time, timedelta

from ganger.clock import clinic_date, clinic_time

NIGHT, MORNING = time(0, 10), time(7)
REMIND_OVERDUE_EVERY = timedelta(hours=24)
STALLED_FOR = timedelta(days=14)
UNANSWERED_FOR = timedelta(days=14)
_SATURDAY = 5


def is_hour(at: datetime) -> bool:
    """Whether an hour begins."""
    return at.minute == 0


def is_night(at: datetime) -> bool:
    """Whether it is ten past midnight."""
    return clinic_time(at) == NIGHT


def is_workday_morning(at: datetime) -> bool:
    """Whether it is seven o'clock on a day from Monday to Friday."""
    return clinic_time(at) == MORNING and clinic_date(at).weekday() < _SATURDAY
