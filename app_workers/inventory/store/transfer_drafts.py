"""The batches that draft a transfer and change its lines."""

from app_workers.inventory.errors import ClientRefReused
from app_workers.inventory.models.transfers import LineEntry, NewTransfer, Transfer
from app_workers.inventory.store.items import find_item
from app_workers.inventory.store.levels import find_lot
from app_workers.inventory.store.transfer_steps import line_columns, take_step
from app_workers.inventory.store.transfers import find_transfer, transfer_of_request
from ganger.audit import Actor, audit_row
from ganger.clock import clinic_date, iso_utc
from ganger.db import ConstraintFailed, Database, Statement, insert
from ganger.errors import AppError, ValidationFailed
from ganger.ids import new_id
from ganger.scope import Scope

_NEXT_NUMBER = """
    INSERT INTO transfer_counters (year, last_number) VALUES (?, 1)
    ON CONFLICT (year) DO UPDATE SET last_number = last_number + 1
"""
_DRAFT = """
    INSERT INTO stock_transfers (
        id, transfer_number, from_location_id, to_location_id, created_by, note, client_ref,
        created_at, updated_at
    )
    SELECT ?, 'TR-' || year || '-' || printf('%05d', last_number), ?, ?, ?, ?, ?, ?, ?
    FROM transfer_counters WHERE year = ?
"""
_REMOVE = """
    DELETE FROM stock_transfer_lines
    WHERE transfer_id = ? AND item_id = ? AND COALESCE(lot_id, '') = ? AND from_location_id = ?
"""


async def draft_transfer(
    db: Database, scope: Scope, actor: Actor, asked: NewTransfer
) -> tuple[Transfer, bool] | AppError:
    """Draft a transfer that the rules allow, under the next number of the local year.

    Returns:
        The transfer, and whether the same request had drafted it before.
    """
    transfer_id, source = new_id(actor.at), asked.from_location_id
    lines = []
    for line in asked.lines:
        lot_id = await _lot_of_line(db, scope, source, line.item_id, line.lot_number)
        if isinstance(lot_id, AppError):
            return lot_id
        lines.append(
            insert(
                "stock_transfer_lines",
                line_columns(actor, transfer_id, source, line.item_id, lot_id, line.quantity),
            )
        )
    told = {"to_location_id": asked.to_location_id, "lines": len(lines), "status": [None, "draft"]}
    year = f"{clinic_date(actor.at):%Y}"
    batch = [
        Statement(_NEXT_NUMBER, (year,)),
        _draft(actor, asked, transfer_id, year),
        *lines,
        audit_row(actor, "inventory:draft-transfer", "stock_transfer", transfer_id, source, told),
    ]
    try:
        await db.batch(batch)
    except ConstraintFailed as failure:
        if asked.client_ref is None or "client_ref" not in str(failure):
            raise
        earlier = await transfer_of_request(db, scope, str(asked.client_ref))
        return (earlier, True) if earlier else ClientRefReused("This form was already used. Send it again.")
    return await find_transfer(db, scope, transfer_id), False


async def set_line(
    db: Database, scope: Scope, actor: Actor, transfer: Transfer, item_id: str, asked: LineEntry
) -> Transfer | AppError:
    """Put a line into a draft in place of the one of the same item and lot; quantity 0 takes that away."""
    source = transfer.from_location_id
    lot_id = await _lot_of_line(db, scope, source, item_id, asked.lot_number)
    if isinstance(lot_id, AppError):
        return lot_id
    more = [Statement(_REMOVE, (transfer.id, item_id, lot_id or "", source))]
    if asked.quantity:
        more.append(
            insert(
                "stock_transfer_lines",
                line_columns(actor, transfer.id, source, item_id, lot_id, asked.quantity),
            )
        )
    told = {"item_id": item_id, "quantity": asked.quantity}
    return await take_step(db, scope, actor, transfer, {}, more, told)


def _draft(actor: Actor, asked: NewTransfer, transfer_id: str, year: str) -> Statement:
    at, client_ref = iso_utc(actor.at), str(asked.client_ref) if asked.client_ref else None
    places = (asked.from_location_id, asked.to_location_id)
    return Statement(_DRAFT, (transfer_id, *places, actor.user_id, asked.note, client_ref, at, at, year))


async def _lot_of_line(
    db: Database, scope: Scope, source: str, item_id: str, lot_number: str | None
) -> str | AppError | None:
    """The lot that a line names; which lots a location has, only its own people know."""
    item = await find_item(db, item_id)
    if lot_number is None:
        return None
    if not item.is_lot_tracked:
        return ValidationFailed({"lot_number": "is not kept for this item"})
    if source not in scope.location_ids:
        return ValidationFailed({"lot_number": "is chosen by those who ship"})
    lot = await find_lot(db, scope.at(source), item_id, lot_number)
    return lot.id if lot else ValidationFailed({"lot_number": "is no lot of this item at this location"})
