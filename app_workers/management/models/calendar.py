"""Who is away when. Dates are clinic-local."""

from datetime import date

from pydantic import Field

from ganger.records import Record


class CalendarQuery(Record):
    """Which month, by default this one, and whose: of all locations of the person, or of one."""

    month: str | None = Field(default=None, pattern=r"^2[01]\d\d-(0[1-9]|1[0-2])$")
    location_id: str | None = None


class Absence(Record):
    """Time off of one person that was approved; why they are away is nobody's affair."""

    user_id: str
    name: str
    location_id: str
    location_name: str
    start_date: date
    end_date: date
    full_day: bool
