"""Lots, listed, held back and given free."""

import asyncio
from datetime import date, timedelta

from app_workers.inventory.domain.lots import next_status
from app_workers.inventory.models.stock import ListedLot, Lot, LotAction, LotQuery, LotStatus
from app_workers.inventory.store.rows import record
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import Database, ExpectationFailed, Statement, Value, containing, expect
from ganger.errors import InvalidTransition, NotFound
from ganger.scope import Scope

_COLUMNS = ", ".join(f"lot.{name}" for name in Lot.model_fields)
_LISTED = """
    FROM inventory_lots AS lot JOIN inventory_items AS item ON item.id = lot.item_id
    WHERE lot.quantity > 0 AND lot.location_id IN ({marks}) {conditions}
"""
_PAGE = (
    "SELECT {columns}, item.name AS item_name, item.sku"
    + _LISTED
    + "ORDER BY lot.expires_on IS NULL, lot.expires_on, lot.lot_number, lot.id LIMIT ? OFFSET ?"
)
_TOTAL = "SELECT COUNT(*) AS total" + _LISTED
_LOT = "SELECT {columns} FROM inventory_lots AS lot WHERE lot.id = ? AND lot.location_id IN ({marks})"

_SAME_STATUS = "SELECT status = ? FROM inventory_lots WHERE id = ? AND location_id IN ({marks})"
_SET_STATUS = """
    UPDATE inventory_lots SET status = ?, quarantine_reason = ?, updated_at = ?
    WHERE id = ? AND location_id IN ({marks})
"""
# What is usable changes with the lot, so whoever read the stock before is told so.
_RAISE_VERSION = """
    UPDATE inventory_stock SET version = version + 1, updated_at = ? WHERE item_id = ? AND location_id = ?
"""


async def lots_in(db: Database, scope: Scope, asked: LotQuery, today: date) -> tuple[list[ListedLot], int]:
    """One page of the lots that hold something, soonest expiry first; and how many there are in all."""
    conditions, values = "", list[Value](scope.location_ids)
    if asked.lot_number is not None:
        conditions += " AND lot.lot_number LIKE ? ESCAPE '\\'"
        values.append(containing(asked.lot_number))
    if asked.days is not None:
        conditions += " AND lot.expires_on <= ?"
        values.append((today + timedelta(days=asked.days)).isoformat())
    parts = {"columns": _COLUMNS, "marks": scope.marks, "conditions": conditions}
    rows, totals = await asyncio.gather(
        db.rows(_PAGE.format(**parts), *values, asked.limit, (asked.page - 1) * asked.limit),
        db.rows(_TOTAL.format(**parts), *values),
    )
    listed = [
        ListedLot(lot=record(Lot, row), item_name=str(row["item_name"]), sku=str(row["sku"])) for row in rows
    ]
    return listed, int(totals[0]["total"] or 0)


async def lot_of_id(db: Database, scope: Scope, lot_id: str) -> Lot:
    """One lot.

    Raises:
        NotFound: there is none with this id in scope.
    """
    row = await db.row(_LOT.format(columns=_COLUMNS, marks=scope.marks), lot_id, *scope.location_ids)
    if row is None:
        raise NotFound("There is no such lot.")
    return record(Lot, row)


async def decide_lot(
    db: Database, scope: Scope, actor: Actor, lot: Lot, action: LotAction, reason: str
) -> Lot | InvalidTransition:
    """Hold a lot back or give it free, or say why it cannot be."""
    status = next_status(lot, action)
    if isinstance(status, InvalidTransition):
        return status
    place = scope.at(lot.location_id)
    at = iso_utc(actor.at)
    kept_reason = reason if status is LotStatus.QUARANTINED else None
    changed = {"lot_number": lot.lot_number, "status": [lot.status.value, status.value]}
    try:
        await db.batch(
            [
                expect(
                    "lot as read",
                    _SAME_STATUS.format(marks=place.marks),
                    lot.status.value,
                    lot.id,
                    *place.location_ids,
                ),
                Statement(
                    _SET_STATUS.format(marks=place.marks),
                    (status.value, kept_reason, at, lot.id, *place.location_ids),
                ),
                Statement(_RAISE_VERSION, (at, lot.item_id, lot.location_id)),
                audit_row(
                    actor, f"inventory:{action.value}", "inventory_lot", lot.id, lot.location_id, changed
                ),
            ]
        )
    except ExpectationFailed:
        return InvalidTransition("Somebody decided this lot at the same time.")
    return await lot_of_id(db, place, lot.id)
