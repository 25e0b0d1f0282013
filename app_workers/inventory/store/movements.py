"""The ledger, read."""

from app_workers.inventory.models.ledger import Movement, MovementQuery
from app_workers.inventory.store.rows import record
from ganger.db import Database, Value
from ganger.errors import NotFound
from ganger.scope import Scope

# The plus keeps SQLite from choosing an index on the location, after which it would have to sort.
_MOVEMENTS = """
    SELECT movement.id, movement.item_id, movement.location_id, lot.lot_number, movement.movement_type,
        movement.quantity_change, movement.previous_quantity, movement.new_quantity,
        movement.unit_cost_cents, movement.note, movement.user_id, person.name AS user_name,
        movement.occurred_at, movement.created_at
    FROM stock_movements AS movement
    JOIN users AS person ON person.id = movement.user_id
    LEFT JOIN inventory_lots AS lot ON lot.id = movement.lot_id
    WHERE +movement.location_id IN ({marks}) {conditions}
    ORDER BY movement.created_at DESC, movement.id DESC LIMIT ?
"""
_OF_ITEM = "AND movement.item_id = ?"
_AFTER_CURSOR = """
    AND (movement.created_at, movement.id) < (SELECT created_at, id FROM stock_movements WHERE id = ?)
"""
_OF_ID = "AND movement.id = ?"
_BY_CLIENT_REF = "AND movement.client_ref = ? AND movement.client_seq = 0 AND movement.user_id = ?"


async def movements_in(db: Database, scope: Scope, asked: MovementQuery) -> tuple[list[Movement], str | None]:
    """The next movements of the locations in scope, newest first, and the cursor to go on from."""
    conditions, values = "", list[Value](scope.location_ids)
    if asked.item_id is not None:
        conditions += _OF_ITEM
        values.append(asked.item_id)
    if asked.cursor is not None:
        conditions += _AFTER_CURSOR
        values.append(asked.cursor)
    sql = _MOVEMENTS.format(marks=scope.marks, conditions=conditions)
    rows = await db.rows(sql, *values, asked.limit + 1)  # one more tells whether there are further ones
    movements = [record(Movement, row) for row in rows[: asked.limit]]
    return movements, movements[-1].id if len(rows) > asked.limit else None


async def find_movement(db: Database, scope: Scope, movement_id: str) -> Movement:
    """One line of the ledger.

    Raises:
        NotFound: there is none with this id in scope.
    """
    sql = _MOVEMENTS.format(marks=scope.marks, conditions=_OF_ID)
    row = await db.row(sql, *scope.location_ids, movement_id, 1)
    if row is None:
        raise NotFound("There is no such movement.")
    return record(Movement, row)


async def movement_of_request(db: Database, scope: Scope, client_ref: str) -> Movement | None:
    """The first movement that the person's own request of that reference wrote."""
    sql = _MOVEMENTS.format(marks=scope.marks, conditions=_BY_CLIENT_REF)
    row = await db.row(sql, *scope.location_ids, client_ref, scope.person_id, 1)
    return record(Movement, row) if row is not None else None
