"""What is known of a patient: whether it can be so, and how it is written."""

import re
from collections.abc import Mapping
from datetime import date

from app_workers.handouts.models.packets import PatientFacts

_EARLIEST = date(1900, 1, 1)
_DIGITS = re.compile(r"[^0-9]")
_NO_PHONE = re.compile(r"[^0-9+().\-\s]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_US = 10


def patient_problems(facts: PatientFacts, today: date) -> Mapping[str, str]:
    """What is wrong with a patient as typed, by field; the text follows the field's label."""
    found = {}
    if problem := birth_date_problem(facts.birth_date, today):
        found["birth_date"] = problem
    if facts.email and email_of(facts.email) is None:
        found["email"] = "must be an e-mail address"
    if facts.phone and phone_of(facts.phone) is None:
        found["phone"] = "must be a number of 10 digits"
    return found


def birth_date_problem(birth_date: date, today: date) -> str | None:
    """Why somebody cannot have been born then."""
    if birth_date > today:
        return "must not be in the future"
    return "must not be before 1900" if birth_date < _EARLIEST else None


def phone_of(typed: str) -> str | None:
    """A phone number of the United States as it is stored, `+1` and 10 digits; None if it is not one."""
    digits = _DIGITS.sub("", typed)
    if _NO_PHONE.search(typed):
        return None
    if len(digits) == _US + 1 and digits.startswith("1"):
        digits = digits[1:]
    return f"+1{digits}" if len(digits) == _US and digits[0] not in "01" else None


def email_of(typed: str) -> str | None:
    """An e-mail address as it is stored; None if it is not one."""
    return typed if _EMAIL.fullmatch(typed) else None


def first_and_last(name: str) -> tuple[str, str]:
    """The first and the last word of a name."""
    words = name.split()
    return (words[0], words[-1] if len(words) > 1 else "") if words else ("", "")
