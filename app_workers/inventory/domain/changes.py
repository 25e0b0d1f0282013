"""What is used, wasted, adjusted or returned, and from which lots it comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app_workers.inventory.domain.levels import is_expired
from app_workers.inventory.domain.lots import expiry_mismatch
from app_workers.inventory.errors import (
    InsufficientStock,
    LotExpired,
    LotQuarantined,
    LotRequired,
    WitnessRequired,
)
from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.ledger import ChangeRequest, ChangeType, Movement, ReasonCode
from app_workers.inventory.models.stock import Lot, LotStatus
from ganger.errors import AppError, ValidationFailed

REASONS = {
    ChangeType.USAGE: (),
    ChangeType.WASTE: (
        ReasonCode.EXPIRED,
        ReasonCode.DAMAGED,
        ReasonCode.CONTAMINATED,
        ReasonCode.RECALLED,
        ReasonCode.OTHER,
    ),
    ChangeType.ADJUSTMENT: (ReasonCode.FOUND, ReasonCode.LOST, ReasonCode.DATA_ENTRY, ReasonCode.OTHER),
    ChangeType.VENDOR_RETURN: (),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What one lot gains (+) or loses (-); without a lot number the item's stock itself."""

    change: int
    lot_number: str | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """What one location has of one item."""

    on_hand: int
    lots: Sequence[Lot]  # empty ones too

    def lot(self, asked: ChangeRequest) -> Lot | None:
        """The lot that a change names, if it is known here."""
        if asked.lot_id is not None:
            return next((lot for lot in self.lots if lot.id == asked.lot_id), None)
        return next((lot for lot in self.lots if lot.lot_number == asked.lot_number), None)


def plan_change(item: Item, shelf: Shelf, asked: ChangeRequest, today: date) -> tuple[Entry, ...] | AppError:
    """Say what each lot gains or loses, or what forbids the change.

    Args:
        today: clinic-local date; a lot may still be used on its expiry date.
    Returns:
        At least one entry; their changes sum to what was asked.
    """
    problem = entry_problem(asked)
    if problem is not None:
        return problem
    wanted = signed_quantity(asked)
    if item.is_lot_tracked:
        return _plan_lots(shelf, asked, wanted, today)
    fields = {"lot_id": asked.lot_id, "lot_number": asked.lot_number, "expires_on": asked.expires_on}
    unwanted = {name: "is not kept for this item" for name, value in fields.items() if value is not None}
    if unwanted:
        return ValidationFailed(unwanted)
    return (Entry(wanted),) if shelf.on_hand + wanted >= 0 else _too_little(shelf.on_hand)


def signed_quantity(asked: ChangeRequest) -> int:
    """What the stock gains or loses; only an adjustment may add."""
    return asked.quantity if asked.movement_type is ChangeType.ADJUSTMENT else -asked.quantity


def entry_problem(asked: ChangeRequest) -> ValidationFailed | None:
    """What is wrong with the fields as they were entered, whatever is on hand."""
    fields = {}
    if asked.movement_type is ChangeType.ADJUSTMENT and asked.quantity == 0:
        fields["quantity"] = "must not be 0"
    if asked.movement_type is not ChangeType.ADJUSTMENT and asked.quantity < 1:
        fields["quantity"] = "must be at least 1"
    if REASONS[asked.movement_type] and asked.reason_code is None:
        fields["reason_code"] = "is required"
    if asked.reason_code is not None and asked.reason_code not in REASONS[asked.movement_type]:
        fields["reason_code"] = "is not a reason for this"
    if asked.witness_user_id is not None and asked.movement_type is not ChangeType.WASTE:
        fields["witness_user_id"] = "is kept for waste alone"
    if asked.reason_code is ReasonCode.OTHER and asked.note is None:
        fields["note"] = "is required with another reason"
    return ValidationFailed(fields) if fields else None


def witness_problem(item: Item, asked: ChangeRequest, is_witnessed: bool) -> WitnessRequired | None:
    """The refusal of wasting a controlled item alone, and of a witness who is none.

    Args:
        is_witnessed: the one named is another active person.
    """
    is_needed = asked.movement_type is ChangeType.WASTE and item.is_controlled
    if is_witnessed or not (is_needed or asked.witness_user_id):
        return None
    return WitnessRequired(
        "Witness must be another active person, who saw the controlled item wasted.", field="witness_user_id"
    )


def pick_fefo(lots: Sequence[Lot], quantity: int, today: date) -> tuple[Entry, ...] | InsufficientStock:
    """Choose the lots to take from, first expiry first out; no expiry last, then the oldest lot.

    Args:
        quantity: units to take, at least 1.
    Source: WHO good distribution practices, TRS 957 Annex 5, "FEFO".
    """
    usable = [
        lot for lot in lots if lot.status is LotStatus.AVAILABLE and not is_expired(lot.expires_on, today)
    ]
    entries = []
    rest = quantity
    for lot in sorted(usable, key=lambda lot: (lot.expires_on is None, lot.expires_on or today, lot.id)):
        taken = min(lot.quantity, rest)
        if taken:
            entries.append(Entry(-taken, lot.lot_number, lot.expires_on))
            rest -= taken
    return tuple(entries) if not rest else _too_little(quantity - rest)


def is_same_change(movements: Sequence[Movement], item: Item, asked: ChangeRequest, lot: Lot | None) -> bool:
    """Whether these movements of one request are what the change would write, so that it was sent again.

    Args:
        lot: the one that the change names, if it names a known one.
    """
    first = movements[0]
    lot_number = lot.lot_number if lot else asked.lot_number
    return (
        (first.item_id, first.location_id, first.movement_type)
        == (item.id, asked.location_id, asked.movement_type)
        and first.reason_code == asked.reason_code
        and sum(movement.quantity_change for movement in movements) == signed_quantity(asked)
        and (lot_number is None or {movement.lot_number for movement in movements} == {lot_number})
    )


def _plan_lots(shelf: Shelf, asked: ChangeRequest, wanted: int, today: date) -> tuple[Entry, ...] | AppError:
    if asked.lot_id is None and asked.lot_number is None:
        if asked.movement_type is ChangeType.USAGE:
            return pick_fefo(shelf.lots, -wanted, today)
        return LotRequired("Lot number is required for this item.", field="lot_number")
    lot = shelf.lot(asked)
    if lot is not None:
        problem = _lot_problem(lot, asked, wanted, today)
        return problem or (Entry(wanted, lot.lot_number, lot.expires_on),)
    if wanted > 0 and asked.lot_number is not None:
        return (Entry(wanted, asked.lot_number, asked.expires_on),)
    name = "lot_id" if asked.lot_number is None else "lot_number"
    return ValidationFailed({name: "is no lot of this item at this location"})


def _lot_problem(lot: Lot, asked: ChangeRequest, wanted: int, today: date) -> AppError | None:
    if asked.movement_type is ChangeType.USAGE:
        if lot.status is LotStatus.QUARANTINED:
            return LotQuarantined("Lot number is in quarantine and may not be used.", field="lot_number")
        if is_expired(lot.expires_on, today):
            return LotExpired("Lot number is expired and may not be used.", field="lot_number")
    return expiry_mismatch(lot, asked.expires_on) or (
        _too_little(lot.quantity) if lot.quantity + wanted < 0 else None
    )


def _too_little(available: int) -> InsufficientStock:
    return InsufficientStock(
        f"Quantity is more than there is: {available:,}.", field="quantity", available=available
    )
