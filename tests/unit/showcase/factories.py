"""Reviews and pages for the tests of the showcase's rules."""

from datetime import date
from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader

from app_workers.showcase.models import Review
from ganger.pages import Pages
from tools.paths import ROOT

TODAY = date(2026, 11, 22)


def make_checks(**changes: str) -> dict[str, str]:
    """Five checks that passed."""
    names = ("keyboard", "screen_reader", "contrast", "zoom_400", "reduced_motion")
    return dict.fromkeys(names, "pass") | changes


def make_review(**changes: Any) -> Review:
    """A pass of the button's present version, today."""
    facts = {
        "id": "rev_1",
        "component": "button",
        "version": "1.3.0",
        "checks": make_checks(),
        "result": "pass",
        "notes": None,
        "reviewer_id": "usr_sam",
        "reviewer_name": "Sam Specimen",
        "created_at": "2026-11-22T15:00:00.000Z",
    }
    return Review.model_validate(facts | changes)


@cache
def make_pages() -> Pages:
    """The app's pages from their sources, compiled once."""
    folders = (ROOT / "ganger" / "ui" / "templates", ROOT / "app_workers" / "showcase" / "templates")
    return Pages(ChoiceLoader([FileSystemLoader(folder) for folder in folders]), (), {})
