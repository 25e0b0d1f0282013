"""What was typed into the pages of a profile, as a change of it, and the way back."""

from collections.abc import Collection, Mapping

from app_workers.management.domain.people import CONTACT
from app_workers.management.models.people import Profile, ProfileChange
from ganger.errors import ValidationFailed
from ganger.forms import Form

CONTACT_FIELDS = ("name", "relationship", "phone")


def read_profile(typed: Mapping[str, str], fields: Collection[str]) -> Form[ProfileChange]:
    """The change that the form of a profile stands for.

    Args:
        fields: those that stand on the page; an empty one of them empties the profile's.
    """
    values = {name: value.strip() for name, value in typed.items()}
    return _form(values, {name: _value(name, values.get(name, "")) for name in fields})


def read_contact(typed: Mapping[str, str]) -> Form[ProfileChange]:
    """The change that the form of an emergency contact stands for: nobody to call when all is empty."""
    values = {name: value.strip() for name, value in typed.items()}
    given = {name: values[name] for name in CONTACT_FIELDS if values.get(name)}
    return _form(values, {CONTACT: given or None})


def typed_profile(profile: Profile) -> dict[str, str]:
    """What would have to be typed for this profile; the inverse of `read_profile`."""
    values = {name: str(value) for name, value in profile.plain().items() if value is not None}
    values["skills"] = ", ".join(profile.skills)
    values["works_remote"] = "on" if profile.works_remote else ""
    return values


def _value(name: str, text: str) -> object:
    if name == "skills":
        parts = (part.strip() for part in text.replace("\n", ",").split(","))
        return [part for part in parts if part]
    if name == "works_remote":
        return bool(text)
    return text or None


def _form(values: Mapping[str, str], data: Mapping[str, object]) -> Form[ProfileChange]:
    try:
        record = ProfileChange.checked({**data, "version": values.get("version") or None})
    except ValidationFailed as error:
        # One control holds all skills, and the controls of a contact have its fields' own names.
        fields = {_control(name): sentence for name, sentence in error.fields.items()}
        return Form(values, None, fields)
    return Form(values, record)


def _control(name: str) -> str:
    return name.removeprefix(f"{CONTACT}.").partition(".")[0]
