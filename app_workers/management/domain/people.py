"""Who may change what of a profile, who may read an emergency contact, and how long somebody is here."""

from collections.abc import Mapping
from datetime import date

from app_workers.management.domain.access import Rights
from app_workers.management.models.people import Profile, ProfileChange
from ganger.errors import AppError, Forbidden, ValidationFailed
from ganger.identity import Person
from ganger.permissions import Role

CONTACT = "emergency_contact"
_OWN_FIELDS = frozenset({"phone", "bio", "skills", CONTACT, "works_remote"})
_MANAGERS_FIELDS = _OWN_FIELDS | {"department", "position", "home_location_id", "hire_date"}
_EVERY_FIELD = _MANAGERS_FIELDS | {"manager_id", "employee_id"}


def editable_fields(person: Person, profile: Profile) -> frozenset[str]:
    """The fields of a profile that the person may change; role, grants and activation are none of them."""
    if person.role == Role.SUPERADMIN:
        return _EVERY_FIELD
    if person.id == profile.manager_id:
        return _MANAGERS_FIELDS
    return _OWN_FIELDS if person.id == profile.user_id else frozenset()


def may_read_contact(person: Person, profile: Profile) -> bool:
    """Whether the person may see whom to call: those in question, their manager, HR and superadmins."""
    return person.id in (profile.user_id, profile.manager_id) or Rights.of(person).is_hr


def as_shown(profile: Profile, person: Person, *, are_phones_shown: bool) -> Profile:
    """The profile as the person sees it: a phone number is for everybody, else as whom to call."""
    if are_phones_shown or may_read_contact(person, profile):
        return profile
    return profile.model_copy(update={"phone": None})


def change_problem(person: Person, profile: Profile, asked: ProfileChange) -> AppError | None:
    """What forbids the person to change the profile so, or None."""
    refused = sorted(_given(asked) - editable_fields(person, profile))
    if refused:
        return Forbidden("This is not yours to change.", fields=refused)
    if "employee_id" in _given(asked) and profile.employee_id and asked.employee_id is None:
        return ValidationFailed({"employee_id": "is required, for there was one"})
    return None


def changed_fields(profile: Profile, asked: ProfileChange) -> Mapping[str, tuple[object, object]]:
    """What a change would make different, as JSON values before and after, without the emergency contact."""
    before, after = profile.plain(), asked.plain()
    names = sorted(_given(asked) - {CONTACT})
    return {name: (before[name], after[name]) for name in names if before[name] != after[name]}


def tenure(hired_on: date, today: date) -> str:
    """How long somebody has worked here, in whole years and months: "2 years, 1 month"."""
    months = (today.year - hired_on.year) * 12 + today.month - hired_on.month - (today.day < hired_on.day)
    if months < 1:
        return "New employee"
    years, rest = divmod(months, 12)
    parts = [_counted(years, "year"), _counted(rest, "month")]
    return ", ".join(part for part in parts if part)


def _given(asked: ProfileChange) -> frozenset[str]:
    return frozenset(asked.model_fields_set - {"version"})


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}" if number else ""
