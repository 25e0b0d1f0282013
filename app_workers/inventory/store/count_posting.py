"""The one batch that books the differences of a session.

It moves hundreds of rows in a handful of statements: D1 carries out at most 1,000 for a request.
"""

import json
from collections.abc import Sequence

from app_workers.inventory.domain.counting import differences, post_problem, value_cents
from app_workers.inventory.models.counts import CountEntry, CountSession, CountStatus
from app_workers.inventory.store.count_steps import outdated, step_statements
from app_workers.inventory.store.counts import entries_of, find_count
from ganger.audit import Actor
from ganger.clock import iso_utc
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Statement, Value
from ganger.errors import AppError, Conflict
from ganger.ids import new_id
from ganger.scope import Scope

_ENSURE_STOCK = """
    INSERT INTO inventory_stock (id, item_id, location_id, created_at, updated_at)
    SELECT given.value, given.key, ?, ?, ? FROM json_each(?) AS given
    WHERE TRUE ON CONFLICT (item_id, location_id) DO NOTHING
"""
# Ahead of the stock itself, whose present quantity each line of an item starts from in turn. Gains stand
# before losses, so that no line goes below zero that the next one makes good.
_ADD_MOVEMENTS = """
    INSERT INTO stock_movements (
        id, item_id, location_id, lot_id, movement_type, quantity_change, previous_quantity, new_quantity,
        unit_cost_cents, reference_type, reference_id, user_id, occurred_at, created_at
    )
    SELECT id, item_id, location_id, lot_id, 'count', variance, on_hand + so_far - variance, on_hand + so_far,
        unit_cost_cents, 'count', session_id, ?, ?, ?
    FROM (
        SELECT given.value AS id, entry.item_id, entry.location_id, entry.lot_id, entry.variance,
            entry.session_id, stock.quantity_on_hand AS on_hand, item.unit_cost_cents,
            SUM(entry.variance) OVER (PARTITION BY entry.item_id ORDER BY given.value) AS so_far
        FROM json_each(?) AS given
        JOIN count_entries AS entry ON entry.id = given.key
        JOIN inventory_items AS item ON item.id = entry.item_id
        JOIN inventory_stock AS stock
            ON stock.item_id = entry.item_id AND stock.location_id = entry.location_id
        WHERE entry.session_id = ? AND entry.location_id = ?
    )
"""
_MOVE_STOCK = """
    UPDATE inventory_stock SET quantity_on_hand = quantity_on_hand + counted.change,
        last_counted_at = ?, version = version + 1, updated_at = ?
    FROM (
        SELECT item_id, SUM(variance) AS change FROM count_entries
        WHERE session_id = ? AND location_id = ? AND status IN ('auto_approved', 'approved')
        GROUP BY item_id
    ) AS counted
    WHERE inventory_stock.item_id = counted.item_id AND inventory_stock.location_id = ?
"""
_MOVE_LOTS = """
    UPDATE inventory_lots SET quantity = quantity + entry.variance, updated_at = ?
    FROM count_entries AS entry
    WHERE entry.lot_id = inventory_lots.id AND entry.session_id = ? AND entry.location_id = ?
        AND entry.status IN ('auto_approved', 'approved') AND entry.variance <> 0
"""
_POST_ENTRIES = """
    UPDATE count_entries SET status = 'posted', updated_at = ?
    WHERE session_id = ? AND location_id = ? AND status IN ('auto_approved', 'approved')
"""


async def post_count(
    db: Database, place: Scope, actor: Actor, count_id: str, version: int
) -> tuple[CountSession, list[CountEntry]] | AppError:
    """Book each approved difference of a session, on top of whatever has moved since it was counted.

    Returns:
        The posted session and the entries whose difference was booked; or the refusal, and nothing is booked.
    """
    for _ in range(2):  # the second time tells what was too little the first time
        session = await find_count(db, place, count_id)
        if session.version != version:
            return outdated(session)
        entries = await entries_of(db, place, count_id)
        problem = post_problem(session, entries)
        if problem is not None:
            return problem
        try:
            await db.batch(_batch(place, actor, session, entries))
        except (ConstraintFailed, ExpectationFailed):
            continue
        return await find_count(db, place, count_id), differences(entries)
    return Conflict("Others change the same things at this moment. Send this again.")


def _batch(
    place: Scope, actor: Actor, session: CountSession, entries: Sequence[CountEntry]
) -> list[Statement]:
    at, where = iso_utc(actor.at), (session.id, *place.location_ids)
    booked = sorted(differences(entries), key=lambda entry: (-(entry.variance or 0), entry.id))
    # Sorted, because the ledger is read in the order of its ids.
    ids = sorted(new_id(actor.at) for _ in booked)
    movements = json.dumps({entry.id: movement_id for entry, movement_id in zip(booked, ids, strict=True)})
    stock = json.dumps({item_id: new_id(actor.at) for item_id in {entry.item_id for entry in entries}})
    value = value_cents(booked)
    columns: dict[str, Value] = {"posted_by": actor.user_id, "posted_at": at, "variance_value_cents": value}
    moves = [
        Statement(_ENSURE_STOCK, (*place.location_ids, at, at, stock)),
        Statement(_ADD_MOVEMENTS, (actor.user_id, at, at, movements, *where)),
        Statement(_MOVE_STOCK, (at, at, *where, *place.location_ids)),
        Statement(_MOVE_LOTS, (at, *where)),
        Statement(_POST_ENTRIES, (at, *where)),
    ]
    told = {"movements": len(booked), "variance_value_cents": value}
    return step_statements(place, actor, session, CountStatus.POSTED, columns, moves, told)
