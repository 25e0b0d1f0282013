"""Where scanned codes lead, and the ones that lead nowhere yet."""

import asyncio

from app_workers.inventory.errors import BarcodeUnknown
from app_workers.inventory.models.scanning import Parsed, Scanned, Unmatched, UnmatchedQuery, UnmatchedStatus
from app_workers.inventory.store.barcodes import find_barcode
from app_workers.inventory.store.items import find_item, item_of_sku
from app_workers.inventory.store.rows import record
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import Database, ExpectationFailed, Statement, expect
from ganger.errors import InvalidTransition, NotFound
from ganger.ids import new_id
from ganger.scope import Scope

_COLUMNS = ", ".join(Unmatched.model_fields)
_UNMATCHED = f"SELECT {_COLUMNS} FROM unmatched_barcodes WHERE id = ?"  # noqa: S608
_PAGE = f"""
    SELECT {_COLUMNS} FROM unmatched_barcodes WHERE status = ?
    ORDER BY scan_count DESC, last_seen_at DESC LIMIT ? OFFSET ?
"""  # noqa: S608
_OF_BARCODE = f"SELECT {_COLUMNS} FROM unmatched_barcodes WHERE barcode = ?"  # noqa: S608
_SUGGEST = "UPDATE unmatched_barcodes SET suggested_name = ?, updated_at = ? WHERE id = ?"
_TOTAL = "SELECT COUNT(*) AS total FROM unmatched_barcodes WHERE status = ?"
_COUNT_SCAN = """
    INSERT INTO unmatched_barcodes
        (id, barcode, raw_value, last_location_id, last_seen_at, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (barcode) DO UPDATE SET scan_count = scan_count + 1, raw_value = excluded.raw_value,
        last_location_id = excluded.last_location_id, last_seen_at = excluded.last_seen_at,
        updated_at = excluded.updated_at,
        status = CASE status WHEN 'resolved' THEN 'pending' ELSE status END
"""
_IS_PENDING = "SELECT status = 'pending' FROM unmatched_barcodes WHERE id = ?"
_IGNORE = """
    UPDATE unmatched_barcodes SET status = 'ignored', resolved_by = ?, resolved_at = ?, updated_at = ?
    WHERE id = ?
"""


async def scanned(db: Database, parsed: Parsed, text: str) -> Scanned:
    """The item that a code leads to, and how many units a scan stands for.

    The label of an item without a code of its own bears the SKU, so that leads to it too.

    Raises:
        BarcodeUnknown: it leads to none.
    """
    known = await find_barcode(db, parsed.barcode)
    if known is not None:
        item = await find_item(db, known.item_id)
        return Scanned(item=item, units_per_scan=known.units_per_scan)
    labelled = await item_of_sku(db, text.strip().upper())
    if labelled is None:
        raise BarcodeUnknown("No item has this code yet.", barcode=parsed.barcode)
    return Scanned(item=labelled, units_per_scan=1)


async def count_unmatched(db: Database, place: Scope, actor: Actor, parsed: Parsed, text: str) -> None:
    """Count a scan that led nowhere at the one location of `place`."""
    (location_id,) = place.location_ids
    at = iso_utc(actor.at)
    values = (new_id(actor.at), parsed.barcode, text, location_id, at, at, at)
    await db.batch([Statement(_COUNT_SCAN, values)])


async def unmatched(db: Database, asked: UnmatchedQuery) -> tuple[list[Unmatched], int]:
    """One page of the codes that led nowhere, the most scanned first; and how many there are."""
    rows, totals = await asyncio.gather(
        db.rows(_PAGE, asked.status.value, asked.limit, (asked.page - 1) * asked.limit),
        db.rows(_TOTAL, asked.status.value),
    )
    return [record(Unmatched, row) for row in rows], int(totals[0]["total"] or 0)


async def find_unmatched(db: Database, unmatched_id: str) -> Unmatched:
    """One code that led nowhere.

    Raises:
        NotFound: there is none with this id.
    """
    row = await db.row(_UNMATCHED, unmatched_id)
    if row is None:
        raise NotFound("There is no such code.")
    return record(Unmatched, row)


async def unmatched_of(db: Database, barcode: str) -> Unmatched | None:
    """The code that led nowhere, as it was scanned and normalised."""
    row = await db.row(_OF_BARCODE, barcode)
    return record(Unmatched, row) if row is not None else None


async def suggest_name(db: Database, actor: Actor, code: Unmatched, name: str) -> InvalidTransition | None:
    """Write down what a code is, as somebody says; the last one stands."""
    try:
        await db.batch(
            [
                expect("code is pending", _IS_PENDING, code.id),
                Statement(_SUGGEST, (name, iso_utc(actor.at), code.id)),
                audit_row(actor, "inventory:suggest-name", "inventory_barcode", code.barcode, None, {}),
            ]
        )
    except ExpectationFailed:
        return _decided(await find_unmatched(db, code.id))
    return None


async def ignore_unmatched(db: Database, actor: Actor, code: Unmatched) -> Unmatched | InvalidTransition:
    """Ask for a code no more."""
    at = iso_utc(actor.at)
    fields = {"status": [code.status.value, UnmatchedStatus.IGNORED.value]}
    try:
        await db.batch(
            [
                expect("code is pending", _IS_PENDING, code.id),
                Statement(_IGNORE, (actor.user_id, at, at, code.id)),
                audit_row(actor, "inventory:ignore-barcode", "inventory_barcode", code.barcode, None, fields),
            ]
        )
    except ExpectationFailed:
        return _decided(code)
    return await find_unmatched(db, code.id)


def _decided(code: Unmatched) -> InvalidTransition:
    return InvalidTransition("This code is decided already.", status=code.status.value)
