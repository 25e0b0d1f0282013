"""The batches that move the stock of a transfer: out of its source, into its destination, or back."""

from collections.abc import Iterable, Mapping, Sequence

from app_workers.inventory.domain.changes import Entry, Shelf
from app_workers.inventory.domain.transfers import (
    arrivals,
    cancel_problem,
    plan_shipment,
    receipt_problem,
    step_problem,
)
from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.transfers import Receipt, Transfer, TransferLine, TransferStatus
from app_workers.inventory.store.items import find_item
from app_workers.inventory.store.ledger import Booking, booked
from app_workers.inventory.store.shelves import read_shelf, still_possible
from app_workers.inventory.store.transfer_steps import line_columns, outdated, step_statements
from app_workers.inventory.store.transfers import find_transfer, lines_of
from ganger.audit import Actor
from ganger.clock import clinic_date, iso_utc
from ganger.db import Database, ExpectationFailed, Statement, Value, insert
from ganger.errors import AppError, Conflict
from ganger.notifications import Notice, managers_at, notify
from ganger.scope import Scope

_REMOVE_LINES = "DELETE FROM stock_transfer_lines WHERE transfer_id = ? AND from_location_id = ?"
_SET_RECEIVED = """
    UPDATE stock_transfer_lines SET received_quantity = ?, updated_at = ?
    WHERE id = ? AND from_location_id = ?
"""
_ATTEMPTS = 5

Moved = tuple[Transfer, list[str]]  # and the items whose stock has changed


async def ship(db: Database, scope: Scope, actor: Actor, transfer_id: str, version: int) -> Moved | AppError:
    """Take what a draft says out of the source's stock, and say by lot what is on its way."""
    for _ in range(_ATTEMPTS):
        transfer, lines = await _read(db, scope, transfer_id)
        if transfer.version != version:
            return outdated(transfer)
        source = transfer.from_location_id
        problem = step_problem(transfer, TransferStatus.DRAFT, source, scope.location_ids)
        if problem is not None:
            return problem
        place = scope.at(source)
        items, shelves = await _shelves(db, place, lines)
        taken = plan_shipment(lines, items, shelves, clinic_date(actor.at))
        if isinstance(taken, AppError):
            return taken
        more = [
            *_bookings(place, actor, transfer, items, shelves, "transfer_out", taken),
            Statement(_REMOVE_LINES, (transfer.id, source)),
            *_lines(actor, transfer, shelves, taken),
        ]
        columns = _reached(TransferStatus.IN_TRANSIT, actor, "shipped")
        moved = await _carried_out(db, scope, actor, transfer, columns, more, taken)
        if moved is not None:
            return moved
    return _busy()


async def receive(
    db: Database, scope: Scope, actor: Actor, transfer_id: str, asked: Receipt
) -> Moved | AppError:
    """Put what arrived into the destination's stock, and tell the managers when it is less than was sent."""
    for _ in range(_ATTEMPTS):
        transfer, lines = await _read(db, scope, transfer_id)
        if transfer.version != asked.version:
            return outdated(transfer)
        place_id = transfer.to_location_id
        problem = step_problem(transfer, TransferStatus.IN_TRANSIT, place_id, scope.location_ids)
        problem = problem or receipt_problem(lines, asked.lines)
        if problem is not None:
            return problem
        quantities = {line.line_id: line.received_quantity for line in asked.lines}
        is_less = any(quantities[line.id] < line.quantity for line in lines)
        more = [
            *_received(actor, transfer, quantities),
            *([_notice(actor, transfer)] if is_less else []),
        ]
        columns = _reached(TransferStatus.RECEIVED, actor, "received") | {"has_discrepancy": int(is_less)}
        moved = await _put(db, scope, place_id, actor, transfer, lines, quantities, columns, more)
        if moved is not None:
            return moved
    return _busy()


async def cancel(
    db: Database, scope: Scope, actor: Actor, transfer_id: str, version: int
) -> Moved | AppError:
    """End a transfer that has not arrived; what is on its way is put back where it came from."""
    for _ in range(_ATTEMPTS):
        transfer, lines = await _read(db, scope, transfer_id)
        if transfer.version != version:
            return outdated(transfer)
        problem = cancel_problem(transfer, scope.location_ids)
        if problem is not None:
            return problem
        columns: dict[str, Value] = {"status": TransferStatus.CANCELLED.value}
        moved: Moved | AppError | None
        if transfer.status is TransferStatus.DRAFT:
            moved = await _carried_out(db, scope, actor, transfer, columns, [], {})
        else:
            back = {line.id: line.quantity for line in lines}
            source = transfer.from_location_id
            moved = await _put(db, scope, source, actor, transfer, lines, back, columns, [])
        if moved is not None:
            return moved
    return _busy()


async def _put(
    db: Database,
    scope: Scope,
    place_id: str,
    actor: Actor,
    transfer: Transfer,
    lines: Sequence[TransferLine],
    quantities: Mapping[str, int],
    columns: Mapping[str, Value],
    more: Sequence[Statement],
) -> Moved | AppError | None:
    """Add units of each line to the stock of a location; None when somebody else was faster."""
    place = scope.at(place_id)
    items, shelves = await _shelves(db, place, lines)
    gained = arrivals(lines, quantities, shelves)
    if isinstance(gained, AppError):
        return gained
    bookings = _bookings(place, actor, transfer, items, shelves, "transfer_in", gained)
    return await _carried_out(db, scope, actor, transfer, columns, [*bookings, *more], gained)


async def _carried_out(
    db: Database,
    scope: Scope,
    actor: Actor,
    transfer: Transfer,
    columns: Mapping[str, Value],
    more: Sequence[Statement],
    moved: Mapping[str, Sequence[Entry]],
) -> Moved | None:
    """Carry out a step and return what it moved; None when it relied on what no longer holds."""
    told = {"items": len(moved), "units": sum(entry.change for each in moved.values() for entry in each)}
    try:
        await db.batch(step_statements(scope, actor, transfer, columns, more, told))
    except ExpectationFailed:
        return None
    return await find_transfer(db, scope, transfer.id), sorted(moved)


async def _read(db: Database, scope: Scope, transfer_id: str) -> tuple[Transfer, list[TransferLine]]:
    # In this order: lines that change between the two reads make the version outdated, never the lines.
    transfer = await find_transfer(db, scope, transfer_id)
    return transfer, await lines_of(db, scope, transfer_id)


async def _shelves(
    db: Database, place: Scope, lines: Iterable[TransferLine]
) -> tuple[dict[str, Item], dict[str, Shelf]]:
    items: dict[str, Item] = {}
    shelves: dict[str, Shelf] = {}
    for item_id in {line.item_id for line in lines}:
        items[item_id] = await find_item(db, item_id)
        shelves[item_id] = await read_shelf(db, place, item_id)
    return items, shelves


def _bookings(
    place: Scope,
    actor: Actor,
    transfer: Transfer,
    items: Mapping[str, Item],
    shelves: Mapping[str, Shelf],
    movement_type: str,
    entries: Mapping[str, Sequence[Entry]],
) -> list[Statement]:
    bookings = (
        Booking(
            item=items[item_id],
            relied_on=still_possible(place, item_id, shelves[item_id], of_item),
            movement_type=movement_type,
            entries=of_item,
            reference_type="transfer",
            reference_id=transfer.id,
        )
        for item_id, of_item in entries.items()
    )
    return [statement for booking in bookings for statement in booked(place, actor, booking).statements]


def _lines(
    actor: Actor, transfer: Transfer, shelves: Mapping[str, Shelf], taken: Mapping[str, Sequence[Entry]]
) -> list[Statement]:
    """The lines of what is on its way, one a lot."""
    return [
        insert(
            "stock_transfer_lines",
            line_columns(
                actor,
                transfer.id,
                transfer.from_location_id,
                item_id,
                _lot_id(shelves[item_id], entry.lot_number),
                -entry.change,
            ),
        )
        for item_id, entries in taken.items()
        for entry in entries
    ]


def _lot_id(shelf: Shelf, lot_number: str | None) -> str | None:
    return next((lot.id for lot in shelf.lots if lot.lot_number == lot_number), None)


def _received(actor: Actor, transfer: Transfer, quantities: Mapping[str, int]) -> list[Statement]:
    at = iso_utc(actor.at)
    return [
        Statement(_SET_RECEIVED, (quantity, at, line_id, transfer.from_location_id))
        for line_id, quantity in quantities.items()
    ]


def _reached(status: TransferStatus, actor: Actor, verb: str) -> dict[str, Value]:
    return {"status": status.value, f"{verb}_by": actor.user_id, f"{verb}_at": iso_utc(actor.at)}


def _notice(actor: Actor, transfer: Transfer) -> Statement:
    title = f"Less than was sent arrived with transfer {transfer.transfer_number}"
    notice = Notice("inventory", title, f"/inventory/transfers/{transfer.id}")
    places = (transfer.from_location_id, transfer.to_location_id)
    return notify(actor.at, notice, managers_at(places))


def _busy() -> Conflict:
    return Conflict("Others change the same things at this moment. Send this again.")
