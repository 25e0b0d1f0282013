"""What every batch that changes a quantity is made of: stock, lots and the ledger move together.

Deliveries, changes by hand, and whatever else moves stock put these statements into their batch.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app_workers.inventory.domain.changes import Entry
from app_workers.inventory.models.catalogue import Item
from ganger.audit import Actor
from ganger.clock import iso_utc
from ganger.db import Statement, Value, expect
from ganger.ids import new_id
from ganger.scope import Scope

ITEM_AS_READ = "item as read"  # the expectation that nobody has edited what the rules go by
_SAME_ITEM = "SELECT status = ? AND is_lot_tracked = ? FROM inventory_items WHERE id = ?"

_ENSURE_STOCK = """
    INSERT INTO inventory_stock (id, item_id, location_id, version, created_at, updated_at)
    VALUES (?, ?, ?, 0, ?, ?) ON CONFLICT (item_id, location_id) DO NOTHING
"""
_ENSURE_LOT = """
    INSERT INTO inventory_lots
        (id, item_id, location_id, lot_number, expires_on, quantity, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT (item_id, location_id, lot_number) DO NOTHING
"""
_MOVE_STOCK = """
    UPDATE inventory_stock
    SET quantity_on_hand = quantity_on_hand + ?, version = version + 1, updated_at = ?
    WHERE item_id = ? AND location_id = ?
"""
_MOVE_LOT = """
    UPDATE inventory_lots SET quantity = quantity + ?, updated_at = ?
    WHERE item_id = ? AND location_id = ? AND lot_number = ?
"""
_ADD_MOVEMENT = """
    INSERT INTO stock_movements (
        id, item_id, location_id, lot_id, movement_type, quantity_change, previous_quantity, new_quantity,
        unit_cost_cents, reason_code, note, reference_type, reference_id, user_id, witness_user_id,
        client_ref, client_seq, occurred_at, created_at
    )
    SELECT ?, stock.item_id, stock.location_id, lot.id, ?,
        ?, stock.quantity_on_hand - ?, stock.quantity_on_hand,
        item.unit_cost_cents, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
    FROM inventory_stock AS stock
    JOIN inventory_items AS item ON item.id = stock.item_id
    LEFT JOIN inventory_lots AS lot ON lot.item_id = stock.item_id
        AND lot.location_id = stock.location_id AND lot.lot_number = ?
    WHERE stock.item_id = ? AND stock.location_id = ?
"""


@dataclass(frozen=True, slots=True)
class Booking:
    """A change of one item's stock at one location, ready for the ledger.

    `relied_on` are the expectations of the stock and its lots (store/shelves.py). `client_seq` is the
    position of the first entry within its request; each further entry has the next one.
    """

    item: Item
    relied_on: Sequence[Statement]
    movement_type: str
    entries: Sequence[Entry]
    reason_code: str | None = None
    note: str | None = None
    witness_user_id: str | None = None
    reference_type: str | None = None
    reference_id: str | None = None
    client_ref: str | None = None
    client_seq: int = 0


@dataclass(frozen=True, slots=True)
class Booked:
    """The statements of a booking, and the ids of its movements, one an entry."""

    statements: tuple[Statement, ...]
    movement_ids: tuple[str, ...]


def booked(place: Scope, actor: Actor, booking: Booking) -> Booked:
    """The statements that book a change at the one location of `place`; the audit row is the caller's."""
    (location_id,) = place.location_ids
    item = booking.item
    first = (
        expect(ITEM_AS_READ, _SAME_ITEM, item.status.value, int(item.is_lot_tracked), item.id),
        *booking.relied_on,
        _ensure_stock(actor, item.id, location_id),
    )
    ids = tuple(new_id(actor.at) for _ in booking.entries)
    moves = (
        statement
        for number, entry in enumerate(booking.entries)
        for statement in _moves(actor, booking, location_id, entry, ids[number], booking.client_seq + number)
    )
    return Booked((*first, *moves), ids)


def _ensure_stock(actor: Actor, item_id: str, location_id: str) -> Statement:
    at = iso_utc(actor.at)
    return Statement(_ENSURE_STOCK, (new_id(actor.at), item_id, location_id, at, at))


def _moves(
    actor: Actor, booking: Booking, location_id: str, entry: Entry, movement_id: str, seq: int
) -> tuple[Statement, ...]:
    at = iso_utc(actor.at)
    where = (booking.item.id, location_id)
    movement: tuple[Value, ...] = (
        movement_id,
        booking.movement_type,
        entry.change,
        entry.change,
        booking.reason_code,
        booking.note,
        booking.reference_type,
        booking.reference_id,
        actor.user_id,
        booking.witness_user_id,
        booking.client_ref,
        seq,
        at,
        at,
    )
    return (
        Statement(_MOVE_STOCK, (entry.change, at, *where)),
        *_lot_moves(actor, where, entry),
        Statement(_ADD_MOVEMENT, (*movement, entry.lot_number, *where)),
    )


def _lot_moves(actor: Actor, where: tuple[str, str], entry: Entry) -> tuple[Statement, ...]:
    if entry.lot_number is None:
        return ()
    at = iso_utc(actor.at)
    expires_on = entry.expires_on.isoformat() if entry.expires_on else None
    lot = (new_id(actor.at), *where, entry.lot_number, expires_on, at, at)
    return (
        Statement(_ENSURE_LOT, lot),
        Statement(_MOVE_LOT, (entry.change, at, *where, entry.lot_number)),
    )
