"""The demo practice's counts: one of each status."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app_workers.inventory.demo.catalogue import PRODUCTS
from app_workers.inventory.demo.ledger import DemoStock, demo_stock
from app_workers.inventory.demo.rows import PERSON_AT, insert_if_missing, instant, item_id, times
from ganger.db import Statement, Value

_REVIEWER = "usr_max"


@dataclass(frozen=True, slots=True)
class _Count:
    """A session: the first `entries` items of a category at a place, `off` by so much from what is expected.

    An entry without an `off` was not counted.
    """

    id: str
    name: str
    place: str
    kind: str
    status: str
    category: str
    day: int
    off: tuple[int | None, ...]


_COUNTS = (
    _Count("cnt_open", "Gloves, Room 2", "loc_aa", "spot", "in_progress", "gloves_ppe", 0, (0, -1)),
    _Count("cnt_review", "Wound care", "loc_wx", "cycle", "submitted", "wound_care", -1, (0, -9, 1)),
    _Count("cnt_posted", "Paper store, monthly", "loc_py", "cycle", "posted", "paper_products", -20, (0, 0)),
    _Count("cnt_cancelled", "Stopped half way", "loc_aa", "spot", "cancelled", "syringes", -6, (None, 0)),
)


def count_statements(today: date) -> Iterator[Statement]:
    """The statements that write the counts."""
    stock = demo_stock()
    for count in _COUNTS:
        products = PRODUCTS[count.category]
        rows = [row for row in stock if row.product in products and row.place == count.place and not row.lots]
        counted = list(zip(rows, count.off, strict=False))
        yield _session(count, today, len(counted))
        for number, (row, off) in enumerate(counted, start=1):
            yield from _entry(count, number, row, off, today)


def _session(count: _Count, today: date, entries: int) -> Statement:
    at, later = instant(today, count.day, 0), instant(today, count.day, 40)
    is_submitted = count.status in ("submitted", "posted")
    columns: dict[str, Value] = {
        "id": count.id,
        "name": count.name,
        "location_id": count.place,
        "count_type": count.kind,
        "categories_json": json.dumps([count.category]) if count.kind == "cycle" else None,
        "status": count.status,
        "started_by": PERSON_AT[count.place],
        "submitted_by": PERSON_AT[count.place] if is_submitted else None,
        "submitted_at": later if is_submitted else None,
        "posted_by": _REVIEWER if count.status == "posted" else None,
        "posted_at": later if count.status == "posted" else None,
        "variance_value_cents": 0 if count.status == "posted" else None,
        "planned_entries": entries if count.kind == "cycle" else 0,
        "last_scan_at": later,
    }
    return insert_if_missing("count_sessions", columns | times(at))


def _entry(count: _Count, number: int, row: DemoStock, off: int | None, today: date) -> Iterator[Statement]:
    at = instant(today, count.day, number)
    person, entry_id = PERSON_AT[count.place], f"{count.id}-{number}"
    counted = max(row.on_hand + off, 0) if off is not None else None
    columns: dict[str, Value] = {
        "id": entry_id,
        "session_id": count.id,
        "location_id": count.place,
        "item_id": item_id(row.product),
        "expected_quantity": row.on_hand if counted is not None else None,
        "counted_quantity": counted,
        "status": _status(count, row, counted),
        "counted_by": person if counted is not None else None,
        "counted_at": at if counted is not None else None,
    }
    yield insert_if_missing("count_entries", columns | times(at))
    if counted is not None:
        scan: dict[str, Value] = {
            "client_ref": f"demo-{entry_id}",
            "session_id": count.id,
            "location_id": count.place,
            "entry_id": entry_id,
            "batch_id": f"demo-{entry_id}",
            "quantity": counted,
            "mode": "set",
            "manual": 1,
            "user_id": person,
            "scanned_at": at,
            "created_at": at,
        }
        yield insert_if_missing("count_scans", scan)


def _status(count: _Count, row: DemoStock, counted: int | None) -> str:
    if counted is None:
        return "pending"
    if count.status == "posted":
        return "posted"
    if count.status == "submitted":
        return "auto_approved" if abs(counted - row.on_hand) <= 2 else "needs_approval"
    return "counted"
