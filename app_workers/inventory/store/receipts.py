"""The one batch that books a delivery."""

import asyncio
from datetime import date

from app_workers.inventory.domain.changes import Entry
from app_workers.inventory.domain.receiving import is_same_delivery
from app_workers.inventory.errors import ClientRefReused
from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.ledger import Delivery, Received
from app_workers.inventory.permissions import RECEIVE
from app_workers.inventory.store.changes import outdated, reused
from app_workers.inventory.store.ledger import Booking, booked
from app_workers.inventory.store.levels import levels_of
from app_workers.inventory.store.movements import movements_of_ids, movements_of_request
from app_workers.inventory.store.shelves import as_seen
from ganger.audit import Actor, audit_row
from ganger.clock import clinic_date
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Statement
from ganger.errors import VersionConflict
from ganger.scope import Scope


async def earlier_receipt(
    db: Database, scope: Scope, item: Item, delivery: Delivery, today: date
) -> Received | ClientRefReused | None:
    """What the same client_ref has booked before: this delivery, another change, or (None) nothing."""
    movements = await movements_of_request(db, scope, str(delivery.client_ref))
    if not movements:
        return None
    if not is_same_delivery(movements, item, delivery):
        return reused()
    levels = await levels_of(db, scope.at(delivery.location_id), item.id, today)
    return Received(movement=movements[0], stock=levels[0], duplicate=True)


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
    done = booked(
        place,
        actor,
        Booking(
            item=item,
            relied_on=(as_seen(place, item.id, delivery.version),),
            movement_type="receipt",
            entries=(Entry(delivery.quantity, delivery.lot_number, delivery.expires_on),),
            note=delivery.note,
            client_ref=str(delivery.client_ref),
        ),
    )
    try:
        await db.batch([*done.statements, _audit_row(actor, item, delivery, done.movement_ids[0])])
    except ExpectationFailed:
        # The same request may have come twice at once; the slower one finds what the faster one wrote.
        twin = await earlier_receipt(db, scope, item, delivery, today)
        return twin or await outdated(db, place, item, actor)
    except ConstraintFailed as failure:
        if "client_ref" not in str(failure):
            raise
        return reused()
    movements, levels = await asyncio.gather(
        movements_of_ids(db, place, done.movement_ids), levels_of(db, place, item.id, today)
    )
    return Received(movement=movements[0], stock=levels[0])


def _audit_row(actor: Actor, item: Item, delivery: Delivery, movement_id: str) -> Statement:
    changed = {"item_id": item.id, "quantity": delivery.quantity, "lot_number": delivery.lot_number}
    return audit_row(actor, RECEIVE.name, "stock_movement", movement_id, delivery.location_id, changed)
