"""The one batch that books what was used, wasted, adjusted or returned."""

import asyncio
from datetime import date
from itertools import count
from time import monotonic

from app_workers.inventory.domain.changes import (
    Entry,
    Shelf,
    is_same_change,
    plan_change,
    signed_quantity,
    witness_problem,
)
from app_workers.inventory.errors import ClientRefReused
from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.ledger import Changed, ChangeRequest
from app_workers.inventory.store.ledger import ITEM_AS_READ, Booked, Booking, booked
from app_workers.inventory.store.levels import levels_of
from app_workers.inventory.store.movements import movements_of_ids, movements_of_request
from app_workers.inventory.store.people import is_other_colleague
from app_workers.inventory.store.shelves import read_shelf, still_possible
from ganger.audit import Actor, audit_row
from ganger.clock import clinic_date
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Statement
from ganger.errors import AppError, VersionConflict
from ganger.scope import Scope

# When others left too little it is looked at again: a few times however slow the database is, and as often as
# it takes within this time, for a crowd empties one lot after the other. The router waits twice as long.
_ATTEMPTS, _TRIES_FOR_S = 5, 15.0


async def record_change(
    db: Database, scope: Scope, actor: Actor, item: Item, asked: ChangeRequest
) -> Changed | AppError:
    """Book a change once, if the rules allow it.

    What a person takes away or adds is meant from whatever is there, so a change by somebody else in
    between is no conflict; where it leaves too little of a lot, the lots are chosen anew.

    Args:
        scope: all that the person may see; the change's location has to be in it.
    Returns:
        What is booked, by this request or by its twin; or the refusal, and nothing is changed.
    """
    place = scope.at(asked.location_id)
    is_witnessed = await is_other_colleague(db, scope.person_id, asked.witness_user_id)
    tries_until = monotonic() + _TRIES_FOR_S
    for attempt in count(1):
        shelf = await read_shelf(db, place, item.id)
        entries = _planned(item, shelf, asked, clinic_date(actor.at), is_witnessed=is_witnessed)
        if isinstance(entries, AppError):
            return await _earlier_change(db, scope, actor, item, asked, shelf) or entries
        try:
            return await _carry_out(db, place, actor, item, asked, shelf, entries)
        except ExpectationFailed as failure:
            # An edited item stays edited, however often the shelf is looked at.
            if str(failure) == ITEM_AS_READ or (attempt >= _ATTEMPTS and monotonic() > tries_until):
                break
        except ConstraintFailed as failure:
            # The same request came before, or twice at once, and this one finds what the faster one wrote.
            if "client_ref" not in str(failure):
                raise
            return await _earlier_change(db, scope, actor, item, asked, shelf) or reused()
    return await outdated(db, place, item, actor)


def reused() -> ClientRefReused:
    """The refusal of a reference that stands for another change."""
    return ClientRefReused("This form was already used for another change. Save again to book this one too.")


async def outdated(db: Database, place: Scope, item: Item, actor: Actor) -> VersionConflict:
    """The refusal of a change whose item or stock somebody else changed after they were read."""
    levels = await levels_of(db, place, item.id, clinic_date(actor.at))
    current = levels[0].plain() if levels else None
    return VersionConflict("Somebody changed this stock after you opened it.", current=current)


def _planned(
    item: Item, shelf: Shelf, asked: ChangeRequest, today: date, *, is_witnessed: bool
) -> tuple[Entry, ...] | AppError:
    entries = plan_change(item, shelf, asked, today)
    if isinstance(entries, AppError):
        return entries
    return witness_problem(item, asked, is_witnessed) or entries


async def _earlier_change(
    db: Database, scope: Scope, actor: Actor, item: Item, asked: ChangeRequest, shelf: Shelf
) -> Changed | ClientRefReused | None:
    """What the same client_ref has booked before: this change, another one, or (None) nothing."""
    if asked.client_ref is None:
        return None
    movements = await movements_of_request(db, scope, str(asked.client_ref))
    if not movements:
        return None
    if not is_same_change(movements, item, asked, shelf.lot(asked)):
        return reused()
    levels = await levels_of(db, scope.at(asked.location_id), item.id, clinic_date(actor.at))
    return Changed(movements=movements, stock=levels[0], duplicate=True)


async def _carry_out(
    db: Database,
    place: Scope,
    actor: Actor,
    item: Item,
    asked: ChangeRequest,
    shelf: Shelf,
    entries: tuple[Entry, ...],
) -> Changed:
    booking = _booking(place, item, asked, shelf, entries)
    done = booked(place, actor, booking)
    await db.batch([*done.statements, _audit_row(actor, booking, done, asked)])
    movements, levels = await asyncio.gather(
        movements_of_ids(db, place, done.movement_ids),
        levels_of(db, place, item.id, clinic_date(actor.at)),
    )
    return Changed(movements=movements, stock=levels[0])


def _booking(
    place: Scope, item: Item, asked: ChangeRequest, shelf: Shelf, entries: tuple[Entry, ...]
) -> Booking:
    return Booking(
        item=item,
        relied_on=still_possible(place, item.id, shelf, entries),
        movement_type=asked.movement_type.value,
        entries=entries,
        reason_code=asked.reason_code,
        note=asked.note,
        witness_user_id=asked.witness_user_id,
        client_ref=str(asked.client_ref) if asked.client_ref else None,
    )


def _audit_row(actor: Actor, booking: Booking, done: Booked, asked: ChangeRequest) -> Statement:
    fields = {
        "item_id": booking.item.id,
        "quantity": signed_quantity(asked),
        "lots": {entry.lot_number: entry.change for entry in booking.entries if entry.lot_number},
        "reason_code": booking.reason_code,
        "witness_user_id": booking.witness_user_id,
    }
    return audit_row(
        actor,
        f"inventory:{asked.movement_type.value}",
        "stock_movement",
        done.movement_ids[0],
        asked.location_id,
        fields,
    )
