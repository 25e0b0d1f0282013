"""Transfers: who may do what with one, which lots leave, and what arrived."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from app_workers.inventory.domain.changes import Entry, Shelf, plan_change
from app_workers.inventory.domain.lots import expiry_mismatch
from app_workers.inventory.errors import OverReceipt
from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.ledger import ChangeRequest, ChangeType
from app_workers.inventory.models.transfers import (
    NewTransfer,
    ReceivedLine,
    Transfer,
    TransferLine,
    TransferStatus,
)
from ganger.errors import AppError, Forbidden, InvalidTransition, ValidationFailed


def draft_problem(asked: NewTransfer, own: Sequence[str], places: Sequence[str]) -> AppError | None:
    """What forbids to draft a transfer.

    Args:
        own: ids of the person's locations; one of the two has to be among them.
        places: ids of all locations of the practice.
    """
    fields = {}
    if asked.to_location_id == asked.from_location_id:
        fields["to_location_id"] = "must be another location"
    for name in ("from_location_id", "to_location_id"):
        if getattr(asked, name) not in places:
            fields[name] = "is no location"
    keys = [(line.item_id, line.lot_number) for line in asked.lines]
    if len(set(keys)) < len(keys):
        fields["lines"] = "must be about different items or lots"
    if fields:
        return ValidationFailed(fields)
    if asked.from_location_id not in own and asked.to_location_id not in own:
        return Forbidden("One of the two locations has to be yours.")
    return None


def step_problem(
    transfer: Transfer, status: TransferStatus, place: str, own: Sequence[str]
) -> AppError | None:
    """Why a step cannot be taken: it does not lead on from here, or is for those of another location.

    Args:
        status: from which the step leads on.
        place: the location whose people take it.
    """
    if transfer.status is not status:
        return _not_from(transfer)
    return None if place in own else Forbidden("This is for the people of the other location.")


def draft_step_problem(transfer: Transfer) -> AppError | None:
    """Why the lines of a transfer cannot be changed: it is a draft no longer."""
    return None if transfer.status is TransferStatus.DRAFT else _not_from(transfer)


def cancel_problem(transfer: Transfer, own: Sequence[str]) -> AppError | None:
    """Why a transfer cannot be cancelled; what is on its way comes back to the source, by its people."""
    if transfer.status is TransferStatus.DRAFT:
        return None
    return step_problem(transfer, TransferStatus.IN_TRANSIT, transfer.from_location_id, own)


def plan_shipment(
    lines: Sequence[TransferLine], items: Mapping[str, Item], shelves: Mapping[str, Shelf], today: date
) -> dict[str, tuple[Entry, ...]] | AppError:
    """Choose the lots of each item, as for use: named ones first, then first expiry first out.

    Args:
        shelves: what the source has, by item.
    Returns:
        The entries of each item, one a lot, all negative.
    """
    if not lines:
        return ValidationFailed({"lines": "are required"})
    left, taken = dict(shelves), dict[str, tuple[Entry, ...]]()
    for line in sorted(lines, key=lambda line: line.lot_id is None):
        asked = ChangeRequest(
            item_id=line.item_id,
            location_id="",
            movement_type=ChangeType.USAGE,
            quantity=line.quantity,
            lot_id=line.lot_id,
        )
        entries = plan_change(items[line.item_id], left[line.item_id], asked, today)
        if isinstance(entries, AppError):
            return _of_line(line, entries)
        left[line.item_id] = _after(left[line.item_id], entries)
        taken[line.item_id] = (*taken.get(line.item_id, ()), *entries)
    return {item_id: _merged(entries) for item_id, entries in taken.items()}


def receipt_problem(lines: Sequence[TransferLine], received: Sequence[ReceivedLine]) -> AppError | None:
    """Why this cannot be what arrived: a line is missing or strange, or more came than was sent."""
    by_id = {line.id: line for line in lines}
    named = [each.line_id for each in received]
    if sorted(named) != sorted(by_id):
        return ValidationFailed({"lines": "must name each line once"})
    for each in received:
        sent = by_id[each.line_id]
        if each.received_quantity > sent.quantity:
            return OverReceipt(
                f"{sent.item_name}: only {sent.quantity:,} were sent.", line_id=sent.id, sent=sent.quantity
            )
    return None


def arrivals(
    lines: Sequence[TransferLine], quantities: Mapping[str, int], shelves: Mapping[str, Shelf]
) -> dict[str, tuple[Entry, ...]] | AppError:
    """What each item gains at a location, one entry a lot of the same number.

    Args:
        quantities: units by line.
        shelves: what the location has, by item.
    """
    gained = dict[str, tuple[Entry, ...]]()
    for line in lines:
        known = next((lot for lot in shelves[line.item_id].lots if lot.lot_number == line.lot_number), None)
        mismatch = expiry_mismatch(known, line.expires_on) if known is not None else None
        if mismatch is not None:
            return _of_line(line, mismatch)
        if quantities[line.id]:
            entry = Entry(quantities[line.id], line.lot_number, line.expires_on)
            gained[line.item_id] = (*gained.get(line.item_id, ()), entry)
    return gained


def _of_line(line: TransferLine, problem: AppError) -> AppError:
    """The same refusal, which says what it is about: a transfer has many lines."""
    if isinstance(problem, ValidationFailed):
        return problem
    details = {name: value for name, value in problem.details.items() if name != "field"}
    return type(problem)(f"{line.item_name}: {problem}", **details, item_id=line.item_id)


def _not_from(transfer: Transfer) -> InvalidTransition:
    stands = transfer.status.replace("_", " ")
    return InvalidTransition(f"This transfer is {stands}.", status=transfer.status.value)


def _after(shelf: Shelf, entries: Sequence[Entry]) -> Shelf:
    """The shelf without what these entries take."""
    taken = {entry.lot_number: -entry.change for entry in entries}
    lots = [
        lot.model_copy(update={"quantity": lot.quantity - taken.get(lot.lot_number, 0)}) for lot in shelf.lots
    ]
    return replace(shelf, on_hand=shelf.on_hand - sum(taken.values()), lots=lots)


def _merged(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """One entry a lot."""
    sums = dict[str | None, Entry]()
    for entry in entries:
        before = sums.get(entry.lot_number)
        sums[entry.lot_number] = replace(entry, change=entry.change + before.change) if before else entry
    return tuple(sums.values())
