"""The one batch that books a delivery."""

import asyncio
from datetime import date

from app_workers.inventory.domain.receiving import is_same_delivery
from app_workers.inventory.errors import ClientRefReused
from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.ledger import Delivery, Received
from app_workers.inventory.permissions import RECEIVE
from app_workers.inventory.store.levels import levels_of
from app_workers.inventory.store.movements import find_movement, movement_of_request
from ganger.audit import Actor, audit_row
from ganger.clock import clinic_date, iso_utc
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Statement, expect
from ganger.errors import VersionConflict
from ganger.ids import new_id
from ganger.scope import Scope

# Everything that the rules looked at still holds: every change of stock or lots raises the version.
_SAME_ITEM = "SELECT status = 'active' AND is_lot_tracked = ? FROM inventory_items WHERE id = ?"
_SAME_STOCK = "COALESCE((SELECT version FROM inventory_stock WHERE item_id = ? AND location_id = ?), 0) = ?"

_ADD_TO_STOCK = """
    INSERT INTO inventory_stock (id, item_id, location_id, quantity_on_hand, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (item_id, location_id) DO UPDATE SET
        quantity_on_hand = quantity_on_hand + excluded.quantity_on_hand,
        version = version + 1,
        updated_at = excluded.updated_at
"""
_ADD_TO_LOT = """
    INSERT INTO inventory_lots
        (id, item_id, location_id, lot_number, expires_on, quantity, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (item_id, location_id, lot_number) DO UPDATE SET
        quantity = quantity + excluded.quantity,
        updated_at = excluded.updated_at
"""
_ADD_MOVEMENT = """
    INSERT INTO stock_movements (
        id, item_id, location_id, lot_id, movement_type, quantity_change, previous_quantity, new_quantity,
        unit_cost_cents, note, user_id, client_ref, occurred_at, created_at
    )
    SELECT ?, stock.item_id, stock.location_id, lot.id, 'receipt', ?,
        stock.quantity_on_hand - ?, stock.quantity_on_hand, item.unit_cost_cents, ?, ?, ?, ?, ?
    FROM inventory_stock AS stock
    JOIN inventory_items AS item ON item.id = stock.item_id
    LEFT JOIN inventory_lots AS lot ON lot.item_id = stock.item_id
        AND lot.location_id = stock.location_id AND lot.lot_number = ?
    WHERE stock.item_id = ? AND stock.location_id = ?
"""


async def earlier_receipt(
    db: Database, scope: Scope, item: Item, delivery: Delivery, today: date
) -> Received | ClientRefReused | None:
    """What the same client_ref has booked before: this delivery, another change, or (None) nothing."""
    movement = await movement_of_request(db, scope, str(delivery.client_ref))
    if movement is None:
        return None
    if not is_same_delivery(movement, item, delivery):
        return _reused()
    levels = await levels_of(db, scope.at(delivery.location_id), item.id, today)
    return Received(movement=movement, stock=levels[0], duplicate=True)


async def record_receipt(
    db: Database, scope: Scope, actor: Actor, item: Item, delivery: Delivery
) -> Received | VersionConflict | ClientRefReused:
    """Book a delivery that the rules allow.

    Args:
        scope: all that the person may see; the delivery's location has to be in it.
    Returns:
        What is booked, by this request or by its twin; or the refusal, when somebody else changed the
        item or its stock after they were read.
    """
    today, place = clinic_date(actor.at), scope.at(delivery.location_id)
    movement_id = new_id(actor.at)
    try:
        await db.batch(_batch(actor, item, delivery, movement_id))
    except ExpectationFailed:
        # The same request may have come twice at once; the slower one finds what the faster one wrote.
        twin = await earlier_receipt(db, scope, item, delivery, today)
        return twin or await _outdated(db, place, item, today)
    except ConstraintFailed as failure:
        if "client_ref" not in str(failure):
            raise
        return _reused()
    movement, levels = await asyncio.gather(
        find_movement(db, place, movement_id), levels_of(db, place, item.id, today)
    )
    return Received(movement=movement, stock=levels[0])


def _reused() -> ClientRefReused:
    return ClientRefReused(
        "This form was already used for another delivery. Save again to book this one too."
    )


async def _outdated(db: Database, place: Scope, item: Item, today: date) -> VersionConflict:
    levels = await levels_of(db, place, item.id, today)
    current = levels[0].plain() if levels else None
    return VersionConflict("Somebody changed this stock after you opened it.", current=current)


def _batch(actor: Actor, item: Item, delivery: Delivery, movement_id: str) -> list[Statement]:
    stock = (item.id, delivery.location_id)
    changed = {"item_id": item.id, "quantity": delivery.quantity, "lot_number": delivery.lot_number}
    return [
        expect("item as read", _SAME_ITEM, int(item.is_lot_tracked), item.id),
        expect("stock as read", _SAME_STOCK, *stock, delivery.version),
        _add_to_stock(actor, item, delivery),
        *([_add_to_lot(actor, item, delivery)] if item.is_lot_tracked else []),
        _add_movement(actor, item, delivery, movement_id),
        audit_row(actor, RECEIVE.name, "stock_movement", movement_id, delivery.location_id, changed),
    ]


def _add_to_stock(actor: Actor, item: Item, delivery: Delivery) -> Statement:
    at = iso_utc(actor.at)
    values = (new_id(actor.at), item.id, delivery.location_id, delivery.quantity, at, at)
    return Statement(_ADD_TO_STOCK, values)


def _add_to_lot(actor: Actor, item: Item, delivery: Delivery) -> Statement:
    at = iso_utc(actor.at)
    expires_on = delivery.expires_on.isoformat() if delivery.expires_on else None
    lot = (item.id, delivery.location_id, delivery.lot_number, expires_on, delivery.quantity)
    return Statement(_ADD_TO_LOT, (new_id(actor.at), *lot, at, at))


def _add_movement(actor: Actor, item: Item, delivery: Delivery, movement_id: str) -> Statement:
    at = iso_utc(actor.at)
    what = (movement_id, delivery.quantity, delivery.quantity, delivery.note)
    who = (actor.user_id, str(delivery.client_ref), at, at)
    return Statement(_ADD_MOVEMENT, (*what, *who, delivery.lot_number, item.id, delivery.location_id))
