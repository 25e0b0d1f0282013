"""What is known of a patient: whether it can be so, and how it is written."""

import re
from collections.abc import Mapping
from datetime import date

from app_workers.handouts.models.packets import PatientFacts
from ganger.phones import phone_of

_EARLIEST = date(1900, 1, 1)
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


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


def email_of(typed: str) -> str | None:
    """An e-mail address as it is stored; None if it is not one."""
    return typed if _EMAIL.fullmatch(typed) else None


def first_and_last(name: str) -> tuple[str, str]:
    """The first and the last word of a name."""
    words = name.split()
    return (words[0], words[-1] if len(words) > 1 else "") if words else ("", "")
