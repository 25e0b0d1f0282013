"""People as the directory and their profiles show them. Dates are clinic-local."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from ganger.records import Record

_PHONE = re.compile(r"\+?[0-9 ()-]{10,20}")


def _phone(text: str) -> str:
    if not _PHONE.fullmatch(text):
        raise ValueError("must have 10 to 20 digits, spaces, hyphens or brackets")
    return text


Phone = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_phone)]
Skill = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]


def _line(most: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=most)


class Department(StrEnum):
    """Where in the practice somebody works."""

    ADMINISTRATION = "administration"
    CLINICAL = "clinical"
    RECEPTION = "reception"
    BILLING = "billing"
    OPERATIONS = "operations"
    IT = "it"
    MARKETING = "marketing"


class Presence(StrEnum):
    """Where somebody is today; why they are away is nobody's business here."""

    AVAILABLE = "available"
    REMOTE = "remote"
    AWAY = "away"


class Profile(Record):
    """Somebody who works here. Without a row in `staff_profiles` there is no version, and little is known."""

    user_id: str
    name: str
    email: str
    employee_id: str | None
    department: Department | None
    position: str | None
    phone: str | None
    bio: str | None
    skills: tuple[str, ...]
    home_location_id: str | None = Field(description="none: several locations")
    location_name: str | None
    manager_id: str | None = Field(description="only while they are active")
    manager_name: str | None
    hire_date: date | None
    works_remote: bool
    presence: Presence
    version: str | None = Field(description="instant of the last change")


class EmergencyContact(Record):
    """Whom to call when something happens to a member of staff. Confidential: stored sealed."""

    name: Annotated[str, _line(100)]
    relationship: Annotated[str, _line(50)]
    phone: Phone


class ProfileChange(Record):
    """What a profile says now, of the fields that are given; None empties one."""

    employee_id: Annotated[str, _line(20)] | None = None
    department: Department | None = None
    position: Annotated[str, _line(100)] | None = None
    phone: Phone | None = None
    bio: Annotated[str, _line(500)] | None = None
    skills: Annotated[tuple[Skill, ...], Field(max_length=20)] = ()
    home_location_id: str | None = None
    manager_id: str | None = None
    hire_date: date | None = None
    works_remote: bool = False
    emergency_contact: EmergencyContact | None = None
    version: str | None = None


class DirectoryQuery(Record):
    """Which people, by name."""

    search: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] | None = None
    department: Department | None = None
    location_id: str | None = None
    presence: Presence | None = None
    page: int = Field(default=1, ge=1)
    limit: int = Field(default=50, ge=1, le=100)
