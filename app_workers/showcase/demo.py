"""Demo data for development and tests. No worker imports this.

Twenty-three components are current, four are due, each for another reason but one, and two failed. The
statements may be carried out again and again: what is there stays.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta

from ganger.db import Statement, Value, insert
from ganger.ui.manifest import COMPONENTS, LAYOUTS

_REVIEWER = "usr_sam"
_NEVER = "kiosk-layout"
_OUTDATED = {"data-table": "0.9.0"}
_EXPIRED = ("breadcrumbs", "skeleton")
_FAILED = {
    "switch": ("contrast", "The track of the small switch is hard to see when it is off."),
    "toast": ("screen_reader", "not announced on first load"),
}
_EARLIER = 12  # older reviews, so that there is a history
_CHECKS = ("keyboard", "screen_reader", "contrast", "zoom_400", "reduced_motion")


def statements(today: date) -> list[Statement]:
    """The statements that write the demo data: forty reviews."""
    return [_insert_if_missing(columns) for columns in _reviews(today)]


def _reviews(today: date) -> Iterator[dict[str, Value]]:
    reviewed = [each for each in (*COMPONENTS, *LAYOUTS) if each.slug != _NEVER]
    for number, manifest in enumerate(reviewed[:_EARLIER]):
        yield _review(
            f"rev_old_{manifest.slug}", manifest.slug, "0.9.0", today - timedelta(days=300 - number)
        )
    for number, manifest in enumerate(reviewed):
        days = 181 + number if manifest.slug in _EXPIRED else 10 + number
        version = _OUTDATED.get(manifest.slug, manifest.version)
        yield _review(f"rev_{manifest.slug}", manifest.slug, version, today - timedelta(days=days))


def _review(review_id: str, component: str, version: str, on: date) -> dict[str, Value]:
    failed, notes = _FAILED.get(component, ("", None)) if version != "0.9.0" else ("", None)
    checks = {name: "fail" if name == failed else "pass" for name in _CHECKS}
    return {
        "id": review_id,
        "component": component,
        "version": version,
        "checks": json.dumps(checks),
        "result": "fail" if failed else "pass",
        "notes": notes,
        "reviewer_id": _REVIEWER,
        "created_at": f"{on}T15:00:00.000Z",
    }


def _insert_if_missing(columns: dict[str, Value]) -> Statement:
    statement = insert("component_reviews", columns)
    return Statement(f"{statement.sql} ON CONFLICT DO NOTHING", statement.values)
