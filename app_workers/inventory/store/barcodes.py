"""The codes that lead to items."""

import json
from collections.abc import Sequence

from app_workers.inventory.domain.scanning import parse_scan
from app_workers.inventory.errors import BarcodeTaken
from app_workers.inventory.models.catalogue import Barcode, Item
from app_workers.inventory.models.drafts import BarcodeDraft
from app_workers.inventory.store.rows import record
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Statement, Value, expect, insert
from ganger.errors import NotFound

_COLUMNS = "barcode, item_id, units_per_scan"
_OF_ITEM = f"SELECT {_COLUMNS} FROM inventory_barcodes WHERE item_id = ? ORDER BY barcode"  # noqa: S608
_BARCODE = f"SELECT {_COLUMNS} FROM inventory_barcodes WHERE barcode = ?"  # noqa: S608
_FIRST = """
    SELECT item_id, MIN(barcode) AS barcode FROM inventory_barcodes
    WHERE item_id IN (SELECT value FROM json_each(?)) GROUP BY item_id
"""
_IS_THERE = "SELECT COUNT(*) FROM inventory_barcodes WHERE barcode = ? AND item_id = ?"
# Whoever scanned the code before it led anywhere is answered with it.
_RESOLVE = """
    UPDATE unmatched_barcodes
    SET status = 'resolved', item_id = ?, resolved_by = ?, resolved_at = ?, updated_at = ?
    WHERE barcode = ?
"""
_REMOVE = "DELETE FROM inventory_barcodes WHERE barcode = ?"


async def barcodes_of(db: Database, item_id: str) -> list[Barcode]:
    """The codes of an item."""
    return [record(Barcode, row) for row in await db.rows(_OF_ITEM, item_id)]


async def first_barcodes(db: Database, item_ids: Sequence[str]) -> dict[str, str]:
    """One code of each of these items that has some, by item."""
    rows = await db.rows(_FIRST, json.dumps(item_ids))
    return {str(row["item_id"]): str(row["barcode"]) for row in rows}


async def find_barcode(db: Database, code: str) -> Barcode | None:
    """What a normalised code leads to."""
    row = await db.row(_BARCODE, code)
    return record(Barcode, row) if row is not None else None


async def add_barcode(db: Database, actor: Actor, item: Item, draft: BarcodeDraft) -> Barcode | BarcodeTaken:
    """Let a code lead to an item; adding it again to the same item changes nothing."""
    code = parse_scan(draft.barcode).barcode
    try:
        await db.batch(_added(actor, item.id, code, draft.units_per_scan))
    except ConstraintFailed as failure:
        known = await find_barcode(db, code)
        if known is None:
            raise
        if (known.item_id, known.units_per_scan) != (item.id, draft.units_per_scan):
            return _taken(known, failure)
    return Barcode(barcode=code, item_id=item.id, units_per_scan=draft.units_per_scan)


def _added(actor: Actor, item_id: str, code: str, units_per_scan: int) -> list[Statement]:
    """The statements that let a normalised code lead to an item."""
    at = iso_utc(actor.at)
    columns: dict[str, Value] = {
        "barcode": code,
        "item_id": item_id,
        "units_per_scan": units_per_scan,
        "created_by": actor.user_id,
        "created_at": at,
        "updated_at": at,
    }
    fields = {"item_id": item_id, "units_per_scan": units_per_scan}
    return [
        insert("inventory_barcodes", columns),
        Statement(_RESOLVE, (item_id, actor.user_id, at, at, code)),
        audit_row(actor, "inventory:add-barcode", "inventory_barcode", code, None, fields),
    ]


def _taken(known: Barcode, cause: Exception) -> BarcodeTaken:
    """The refusal of a code that leads somewhere already."""
    refusal = BarcodeTaken("Barcode leads to an item already.", field="barcode", item_id=known.item_id)
    refusal.__cause__ = cause
    return refusal


async def remove_barcode(db: Database, actor: Actor, code: str) -> Barcode:
    """Take a code away from its item.

    Raises:
        NotFound: it leads to none.
    """
    known = await find_barcode(db, parse_scan(code).barcode)
    if known is None:
        raise NotFound("There is no such barcode.")
    fields = {"item_id": known.item_id}
    try:
        await db.batch(
            [
                expect("barcode as read", _IS_THERE, known.barcode, known.item_id),
                Statement(_REMOVE, (known.barcode,)),
                audit_row(
                    actor, "inventory:remove-barcode", "inventory_barcode", known.barcode, None, fields
                ),
            ]
        )
    except ExpectationFailed as failure:
        raise NotFound("There is no such barcode.") from failure
    return known
