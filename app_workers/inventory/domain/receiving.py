"""Whether a delivery may be booked as it was entered."""

from collections.abc import Sequence
from datetime import date

from app_workers.inventory.domain.levels import is_expired
from app_workers.inventory.domain.lots import expiry_mismatch
from app_workers.inventory.errors import ItemDiscontinued, LotExpired, LotRequired
from app_workers.inventory.models.catalogue import Item, ItemStatus
from app_workers.inventory.models.ledger import Delivery, Movement
from app_workers.inventory.models.stock import Lot
from ganger.errors import AppError, ValidationFailed


def delivery_problem(item: Item, lot: Lot | None, delivery: Delivery, today: date) -> AppError | None:
    """What forbids to book the delivery, or None.

    Args:
        lot: the lot of that number at the location, if it is known there.
        today: clinic-local date; a lot may still be received on its expiry date.
    """
    if item.status is ItemStatus.DISCONTINUED:
        return ItemDiscontinued("This item is discontinued and cannot be received.")
    if item.is_lot_tracked:
        if delivery.lot_number is None:
            return LotRequired("Lot number is required for this item.", field="lot_number")
        return lot_problem(lot, delivery.expires_on, today)
    fields = {"lot_number": delivery.lot_number, "expires_on": delivery.expires_on}
    unwanted = {name: "is not kept for this item" for name, value in fields.items() if value is not None}
    return ValidationFailed(unwanted) if unwanted else None


def lot_problem(lot: Lot | None, expires_on: date | None, today: date) -> AppError | None:
    """Why nothing is received into a lot: it is known with another date, or that has passed.

    Args:
        lot: the lot of that number at the location, if it is known there.
    """
    mismatch = expiry_mismatch(lot, expires_on) if lot is not None else None
    if mismatch is not None:
        return mismatch
    if is_expired(lot.expires_on if lot is not None else expires_on, today):
        return LotExpired("Expiry date has passed, so this lot cannot be received.", field="expires_on")
    return None


def is_same_delivery(movements: Sequence[Movement], item: Item, delivery: Delivery) -> bool:
    """Whether these movements of one request are what the delivery would write, so that it was sent again."""
    asked = ("receipt", item.id, delivery.location_id, delivery.quantity, delivery.lot_number)
    return [
        (each.movement_type, each.item_id, each.location_id, each.quantity_change, each.lot_number)
        for each in movements
    ] == [asked]
