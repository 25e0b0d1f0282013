"""How the portal greets people."""

from datetime import datetime
from zoneinfo import ZoneInfo

from ganger.clock import CLINIC_ZONE


def greeting(now: datetime) -> str:
    """Return the greeting for the time of day at the clinics.

    Args:
        now: any aware instant; midnight to noon is morning, and 17:00 begins the evening.
    """
    hour = now.astimezone(ZoneInfo(CLINIC_ZONE)).hour
    if hour < 12:
        return "Good morning"
    return "Good afternoon" if hour < 17 else "Good evening"
