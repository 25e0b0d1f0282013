"""Transfers and their lines, read. Whoever has one of the two locations sees a transfer."""

import asyncio

from app_workers.inventory.models.transfers import Transfer, TransferLine, TransferQuery
from app_workers.inventory.store.rows import record
from ganger.db import Database, Value
from ganger.errors import NotFound
from ganger.identity import Location
from ganger.scope import Scope

_VISIBLE = """
    FROM stock_transfers AS transfer
    WHERE (transfer.from_location_id IN ({marks}) OR transfer.to_location_id IN ({marks})) {conditions}
"""
_TRANSFERS = """
    SELECT transfer.*, source.name AS from_name, destination.name AS to_name,
        creator.name AS created_by_name, shipper.name AS shipped_by_name, receiver.name AS received_by_name,
        (
            SELECT COUNT(*) FROM stock_transfer_lines AS line
            WHERE line.transfer_id = transfer.id AND transfer.from_location_id = source.id
        ) AS line_count
    FROM stock_transfers AS transfer
    JOIN locations AS source ON source.id = transfer.from_location_id
    JOIN locations AS destination ON destination.id = transfer.to_location_id
    JOIN users AS creator ON creator.id = transfer.created_by
    LEFT JOIN users AS shipper ON shipper.id = transfer.shipped_by
    LEFT JOIN users AS receiver ON receiver.id = transfer.received_by
    WHERE (transfer.from_location_id IN ({marks}) OR transfer.to_location_id IN ({marks})) {conditions}
"""
_OF_ID = "AND transfer.id = ?"
_OF_REFERENCE = "AND transfer.client_ref = ? AND transfer.created_by = ?"
_OF_STATUS = "AND transfer.status = ?"
_INBOUND = """
    AND transfer.status = 'in_transit' AND transfer.to_location_id = ? ORDER BY transfer.shipped_at LIMIT 20
"""
_NEWEST = "ORDER BY transfer.created_at DESC, transfer.id DESC LIMIT ? OFFSET ?"
_TOTAL = "SELECT COUNT(*) AS total" + _VISIBLE
_LINES = """
    SELECT line.id, line.item_id, item.name AS item_name, item.sku, item.stock_unit, line.lot_id,
        lot.lot_number, lot.expires_on, line.quantity, line.received_quantity
    FROM stock_transfer_lines AS line
    JOIN stock_transfers AS transfer ON transfer.id = line.transfer_id
    JOIN inventory_items AS item ON item.id = line.item_id
    LEFT JOIN inventory_lots AS lot ON lot.id = line.lot_id
    WHERE line.transfer_id = ?
        AND (transfer.from_location_id IN ({marks}) OR transfer.to_location_id IN ({marks}))
    ORDER BY item.name, lot.lot_number, line.id
"""
_PLACES = "SELECT id, name FROM locations WHERE is_active = 1 ORDER BY name"


async def transfers_in(db: Database, scope: Scope, asked: TransferQuery) -> tuple[list[Transfer], int]:
    """One page of the transfers from or to the locations in scope, newest first, and how many in all."""
    conditions, values = "", list[Value]((*scope.location_ids, *scope.location_ids))
    if asked.status is not None:
        conditions += _OF_STATUS
        values.append(asked.status.value)
    parts = {"marks": scope.marks, "conditions": conditions}
    rows, totals = await asyncio.gather(
        db.rows(_TRANSFERS.format(**parts) + _NEWEST, *values, asked.limit, (asked.page - 1) * asked.limit),
        db.rows(_TOTAL.format(**parts), *values),
    )
    return [record(Transfer, row) for row in rows], int(totals[0]["total"] or 0)


async def inbound_to(db: Database, place: Scope) -> list[Transfer]:
    """What is on its way to the one location of `place`, the longest under way first; at most 20."""
    sql = _TRANSFERS.format(marks=place.marks, conditions=_INBOUND)
    here = place.location_ids
    return [record(Transfer, row) for row in await db.rows(sql, *here, *here, *here)]


async def find_transfer(db: Database, scope: Scope, transfer_id: str) -> Transfer:
    """One transfer.

    Raises:
        NotFound: there is none with this id from or to a location in scope.
    """
    found = await _find(db, scope, _OF_ID, transfer_id)
    if found is None:
        raise NotFound("There is no such transfer.")
    return found


async def transfer_of_request(db: Database, scope: Scope, client_ref: str) -> Transfer | None:
    """The transfer that the person's own request of that reference drafted."""
    return await _find(db, scope, _OF_REFERENCE, client_ref, scope.person_id)


async def lines_of(db: Database, scope: Scope, transfer_id: str) -> list[TransferLine]:
    """The lines of a transfer, by item."""
    sql = _LINES.format(marks=scope.marks)
    rows = await db.rows(sql, transfer_id, *scope.location_ids, *scope.location_ids)
    return [record(TransferLine, row) for row in rows]


async def places(db: Database) -> list[Location]:
    """The locations of the practice, by name."""
    return [Location(str(row["id"]), str(row["name"])) for row in await db.rows(_PLACES)]


async def _find(db: Database, scope: Scope, condition: str, *values: Value) -> Transfer | None:
    sql = _TRANSFERS.format(marks=scope.marks, conditions=condition)
    row = await db.row(sql, *scope.location_ids, *scope.location_ids, *values)
    return record(Transfer, row) if row is not None else None
