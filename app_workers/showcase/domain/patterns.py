"""Whole patterns: what several components make together. Nothing that is sent to one is kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
MAX_REASON = 200


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern, by what people need it for."""

    slug: str
    title: str
    purpose: str


PATTERNS = {
    each.slug: each
    for each in (
        Pattern("form", "Form with error summary", "What is wrong is said at the top and at each field."),
        Pattern("confirm", "Confirm dialog", "Asks before something is done that cannot be taken back."),
        Pattern("table", "Table with filters and pages", "Filters and sort stay in the address."),
        Pattern("empty", "Empty list", "Says why there is nothing, and what to do."),
        Pattern("loading", "Loading list", "Keeps the place of what is on its way."),
        Pattern("flash", "Flash after redirect", "Says on the next page what was done on this one."),
        Pattern("live", "Live region", "Says what changes by itself, without taking focus."),
    )
}


def form_errors(typed: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the pattern's form, a sentence for each field."""
    errors = {}
    if not typed.get("name", "").strip():
        errors["name"] = "Name is missing"
    if not _EMAIL.fullmatch(typed.get("email", "").strip()):
        errors["email"] = "E-mail is not valid"
    if not 1 <= len(typed.get("reason", "").strip()) <= MAX_REASON:
        errors["reason"] = f"Reason must have 1 to {MAX_REASON} characters"
    return errors
