"""Rows for one test: every test makes the items it needs, so that none depends on another's."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import httpx

from ganger.clock import clinic_date, iso_utc
from ganger.db import Row, Statement, Value, insert
from ganger.ids import new_id
from tests.harness.staff import StaffPortal

_NUMBERS = count(1)


def day(from_today: int) -> str:
    """A date that many days from today at the clinics."""
    return (clinic_date(datetime.now(UTC)) + timedelta(days=from_today)).isoformat()


def add_item(platform: StaffPortal, **changes: Value) -> str:
    """Write an item and return its id; its name and SKU are its own."""
    now = datetime.now(UTC)
    columns: dict[str, Value] = {
        "id": new_id(now),
        "sku": f"TEST-{next(_NUMBERS)}-{uuid4().hex[:8].upper()}",
        "name": f"Test item {uuid4().hex}",
        "category": "other",
        "stock_unit": "box",
        "unit_cost_cents": 899,
        "created_by": "usr_sam",
        **_times(now),
    }
    _write(platform, insert("inventory_items", columns | changes))
    return str((columns | changes)["id"])


def add_lot_tracked_item(platform: StaffPortal, **changes: Value) -> str:
    """Write an item that is received by lot."""
    return add_item(platform, category="medications", is_lot_tracked=1, **changes)


def add_barcode(platform: StaffPortal, item_id: str, barcode: str) -> None:
    """Write a barcode of an item, already normalised."""
    now = datetime.now(UTC)
    columns: dict[str, Value] = {"barcode": barcode, "item_id": item_id, "created_by": "usr_sam"}
    _write(platform, insert("inventory_barcodes", columns | _times(now)))


def add_stock(
    platform: StaffPortal, item_id: str, quantity: int, location_id: str = "loc_aa", **changes: Value
) -> None:
    """Write a stock row of version 1, with the receipt that brought it there."""
    now = datetime.now(UTC)
    where: dict[str, Value] = {"item_id": item_id, "location_id": location_id}
    stock = {"id": new_id(now), "quantity_on_hand": quantity, **where, **_times(now)}
    _write(platform, insert("inventory_stock", stock | changes))
    if quantity:
        add_movement(platform, item_id, quantity, location_id)


def add_lot(platform: StaffPortal, item_id: str, lot_number: str, quantity: int, **changes: Value) -> None:
    """Write a lot; its units have to be on hand already."""
    now = datetime.now(UTC)
    columns: dict[str, Value] = {
        "id": new_id(now),
        "item_id": item_id,
        "location_id": "loc_aa",
        "lot_number": lot_number,
        "quantity": quantity,
        **_times(now),
    }
    _write(platform, insert("inventory_lots", columns | changes))


def add_movement(
    platform: StaffPortal, item_id: str, quantity: int, location_id: str = "loc_aa", **changes: Value
) -> None:
    """Write a receipt of `quantity` into the ledger alone."""
    now = datetime.now(UTC)
    columns: dict[str, Value] = {
        "id": new_id(now),
        "item_id": item_id,
        "location_id": location_id,
        "movement_type": "receipt",
        "quantity_change": quantity,
        "previous_quantity": 0,
        "new_quantity": quantity,
        "unit_cost_cents": 899,
        "user_id": "usr_sam",
        "occurred_at": iso_utc(now),
        "created_at": iso_utc(now),
    }
    _write(platform, insert("stock_movements", columns | changes))


def make_receipt(item_id: str, **changes: Any) -> dict[str, Any]:
    """The body of POST /receipts: 12 units for Ann Arbor, which never stocked the item."""
    body = {
        "item_id": item_id,
        "location_id": "loc_aa",
        "quantity": 12,
        "version": 0,
        "client_ref": str(uuid4()),
    }
    return body | changes


def stock_rows(platform: StaffPortal, item_id: str) -> list[Row]:
    """What is on hand of an item at each location."""
    return platform.rows(
        "SELECT location_id, quantity_on_hand, version FROM inventory_stock"
        " WHERE item_id = ? ORDER BY location_id",
        item_id,
    )


def movement_rows(platform: StaffPortal, item_id: str) -> list[Row]:
    """The ledger of an item, oldest first."""
    return platform.rows("SELECT * FROM stock_movements WHERE item_id = ? ORDER BY id", item_id)


def audit_rows(platform: StaffPortal, item_id: str) -> list[Row]:
    """The audit rows of an item's movements, oldest first."""
    return platform.rows(
        "SELECT audit_logs.* FROM audit_logs JOIN stock_movements AS movement ON movement.id = record_id"
        " WHERE record_type = 'stock_movement' AND item_id = ? ORDER BY audit_logs.id",
        item_id,
    )


def sums(platform: StaffPortal, item_id: str) -> Row:
    """What is on hand of an item everywhere, beside the sums of its movements and its lots."""
    (row,) = platform.rows(
        "SELECT (SELECT SUM(quantity_on_hand) FROM inventory_stock WHERE item_id = ?1) AS stock,"
        " (SELECT SUM(quantity_change) FROM stock_movements WHERE item_id = ?1) AS movements,"
        " (SELECT SUM(quantity) FROM inventory_lots WHERE item_id = ?1) AS lots",
        item_id,
    )
    return row


def assert_error(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """Fail unless that is the error; return its details."""
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code), answer.text
    details: dict[str, Any] = answer.json()["error"]["details"]
    return details


def _write(platform: StaffPortal, statement: Statement) -> None:
    platform.run(statement.sql, *statement.values)


def _times(now: datetime) -> dict[str, Value]:
    return {"created_at": iso_utc(now), "updated_at": iso_utc(now)}
