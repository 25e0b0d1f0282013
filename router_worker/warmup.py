"""When to wake the busiest workers: ten minutes before the day's rushes, by the clinic's clock.

Crons count in UTC, so each rush has one for summer time and one for winter time, and of the two only
the one that fits the clock on the wall acts.
"""

from datetime import datetime, time

from ganger.clock import clinic_time

WARM_UPS = (time(7, 20), time(12, 50), time(17, 50))


def is_warm_up(instant: datetime) -> bool:
    """Whether a cron that fired at this instant is one of the warm-ups."""
    return clinic_time(instant) in WARM_UPS
