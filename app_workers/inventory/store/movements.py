"""The ledger, read."""

import json
from collections.abc import Sequence
from datetime import timedelta

from app_workers.inventory.models.ledger import ListedMovement, Movement, MovementQuery
from app_workers.inventory.store.rows import record
from ganger.clock import clinic_midnight, iso_utc
from ganger.db import Database, Row, Value
from ganger.scope import Scope

# The plus keeps SQLite from choosing an index on the location, after which it would have to sort.
_MOVEMENTS = """
    SELECT movement.id, movement.item_id, item.name AS item_name, item.sku, movement.location_id,
        lot.lot_number, movement.movement_type,
        movement.quantity_change, movement.previous_quantity, movement.new_quantity,
        movement.unit_cost_cents, movement.reason_code, movement.note, movement.client_seq,
        movement.user_id, person.name AS user_name, movement.witness_user_id, witness.name AS witness_name,
        movement.occurred_at, movement.created_at
    FROM stock_movements AS movement
    JOIN inventory_items AS item ON item.id = movement.item_id
    JOIN users AS person ON person.id = movement.user_id
    LEFT JOIN users AS witness ON witness.id = movement.witness_user_id
    LEFT JOIN inventory_lots AS lot ON lot.id = movement.lot_id
    WHERE +movement.location_id IN ({marks}) {conditions}
    ORDER BY movement.created_at DESC, movement.id DESC LIMIT ?
"""
_OF_ITEM = "AND movement.item_id = ?"
_OF_SKU = "AND movement.item_id = (SELECT id FROM inventory_items WHERE sku = ?)"
_OF_TYPE, _OF_PERSON = "AND +movement.movement_type = ?", "AND +movement.user_id = ?"
_SINCE, _BEFORE = "AND movement.created_at >= ?", "AND movement.created_at < ?"
_AFTER_CURSOR = """
    AND (movement.created_at, movement.id) < (SELECT created_at, id FROM stock_movements WHERE id = ?)
"""
# As one value, for a statement takes at most a hundred.
_OF_IDS = "AND movement.id IN (SELECT value FROM json_each(?))"
_BY_CLIENT_REF = "AND movement.client_ref = ? AND movement.user_id = ?"
_MOST_OF_REQUEST = 1000


async def movements_in(db: Database, scope: Scope, asked: MovementQuery) -> tuple[list[Movement], str | None]:
    """The next movements of the locations in scope, newest first, and the cursor to go on from."""
    rows = await _rows(db, scope, asked, asked.limit + 1)  # one more tells whether there are further ones
    movements = [record(Movement, row) for row in rows[: asked.limit]]
    return movements, movements[-1].id if len(rows) > asked.limit else None


async def listed_movements(db: Database, scope: Scope, asked: MovementQuery) -> list[ListedMovement]:
    """The next movements that are asked for, and one more if there is one, with the names of their items."""
    return [record(ListedMovement, row) for row in await _rows(db, scope, asked, asked.limit + 1)]


async def movements_of_ids(db: Database, scope: Scope, ids: Sequence[str]) -> list[Movement]:
    """The lines of the ledger with these ids, in their order."""
    sql = _MOVEMENTS.format(marks=scope.marks, conditions=_OF_IDS)
    rows = await db.rows(sql, *scope.location_ids, json.dumps(ids), len(ids))
    found = {row["id"]: record(Movement, row) for row in rows}
    return [found[id_] for id_ in ids]


async def movements_of_request(db: Database, scope: Scope, client_ref: str) -> list[Movement]:
    """What the person's own request of that reference wrote, in order."""
    sql = _MOVEMENTS.format(marks=scope.marks, conditions=_BY_CLIENT_REF)
    rows = await db.rows(sql, *scope.location_ids, client_ref, scope.person_id, _MOST_OF_REQUEST)
    return sorted((record(Movement, row) for row in rows), key=lambda movement: movement.client_seq)


async def _rows(db: Database, scope: Scope, asked: MovementQuery, limit: int) -> list[Row]:
    begin = clinic_midnight(asked.first) if asked.first is not None else None
    end = clinic_midnight(asked.last + timedelta(days=1)) if asked.last is not None else None
    filters: dict[str, Value] = {
        _OF_ITEM: asked.item_id,
        _OF_SKU: asked.sku.strip().upper() if asked.sku else None,
        _OF_TYPE: asked.type.value if asked.type else None,
        _OF_PERSON: asked.user_id,
        _AFTER_CURSOR: asked.cursor,
        _SINCE: iso_utc(begin) if begin else None,
        _BEFORE: iso_utc(end) if end else None,
    }
    given = {condition: value for condition, value in filters.items() if value is not None}
    sql = _MOVEMENTS.format(marks=scope.marks, conditions=" ".join(given))
    return await db.rows(sql, *scope.location_ids, *given.values(), limit)
