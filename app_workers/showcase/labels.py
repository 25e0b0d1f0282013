"""The words that pages use for codes."""

from collections.abc import Iterable
from enum import StrEnum

from app_workers.showcase.models import Checks, Outcome, Result, Standing
from ganger.ui.manifest import Group

STANDINGS = {Standing.CURRENT: "Current", Standing.DUE: "Due", Standing.FAILED: "Failed"}
STANDING_TONES = {Standing.CURRENT: "success", Standing.DUE: "warning", Standing.FAILED: "danger"}
RESULTS = {Result.PASSED: "Pass", Result.FAILED: "Fail"}
RESULT_TONES = {Result.PASSED: "success", Result.FAILED: "danger"}
CHECKS = {
    "keyboard": "Keyboard",
    "screen_reader": "Screen reader",
    "contrast": "Contrast",
    "zoom_400": "Zoom 400 %",
    "reduced_motion": "Reduced motion",
}
OUTCOMES = [
    {"value": Outcome.PASSED.value, "label": "Pass"},
    {"value": Outcome.FAILED.value, "label": "Fail"},
    {"value": Outcome.NA.value, "label": "Does not apply"},
]
GROUPS = list(Group)


def failed_checks(checks: Checks) -> str | None:
    """The names of the checks that failed; None when there is none."""
    return (
        ", ".join(label for name, label in CHECKS.items() if getattr(checks, name) == Outcome.FAILED) or None
    )


def options(codes: Iterable[StrEnum], everything: str) -> list[dict[str, str]]:
    """The options of a filter: `everything` first, with an empty value."""
    listed = [{"value": code.value, "label": code.value.capitalize()} for code in codes]
    return [{"value": "", "label": everything}, *listed]
