"""How handouts are used, in some days at some locations.

Counted are packets that were given out in these days and could be made. A `_percent` has one decimal, half
up; it is None where there is nothing to divide by.
"""

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import Field

from ganger.downloads import Downloadable
from ganger.periods import PeriodQuery
from ganger.records import Record


class UsageQuery(PeriodQuery, Downloadable):
    """Which days, at most 366; without a location all of one's own."""

    location_id: str | None = None


class Tally(Record):
    """What was counted of some packets."""

    packets: int
    patient_packets: int = Field(description="those that name a patient")
    sent: int = Field(description="of these, with a text message or e-mail that was sent or delivered")
    opened: int = Field(description="of those so sent, opened at least once")
    failed: int = Field(description="packets that could not be made, and messages that failed or bounced")


class PersonTally(Tally):
    """What one person gave out at one location."""

    location_id: str
    location_name: str
    person_id: str
    person_name: str


class VersionTally(Tally):
    """How one version of a template was given out."""

    family_id: str
    version: int
    name: str


class UsageLine(Tally):
    """The figures of one template, location or person; a packet counts for each of its templates."""

    id: str
    name: str
    digital_rate_percent: float | None
    engagement_percent: float | None


class FailedPart(StrEnum):
    """What failed."""

    PDF = "pdf"
    SMS = "sms"
    EMAIL = "email"


class FailureLine(Record):
    """How often something failed for one reason; without a code nobody knows it."""

    part: FailedPart
    code: str | None
    count: int


class UsageReport(Record):
    """How handouts were used; what was given out most stands first."""

    first: date = Field(serialization_alias="from")
    last: date = Field(serialization_alias="to")
    total: UsageLine
    templates: list[UsageLine]
    locations: list[UsageLine]
    staff: list[UsageLine]
    failures: list[FailureLine]

    def plain(self) -> dict[str, Any]:
        """The record as JSON values, its days by the names that they are asked for with."""
        return self.model_dump(mode="json", by_alias=True)
