"""Whether a delivery may be booked as it was entered."""

from datetime import date

from app_workers.inventory.domain.levels import is_expired
from app_workers.inventory.errors import ItemDiscontinued, LotExpired, LotExpiryMismatch, LotRequired
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
        return _lot_problem(lot, delivery, today)
    fields = {"lot_number": delivery.lot_number, "expires_on": delivery.expires_on}
    unwanted = {name: "is not kept for this item" for name, value in fields.items() if value is not None}
    return ValidationFailed(unwanted) if unwanted else None


def _lot_problem(lot: Lot | None, delivery: Delivery, today: date) -> AppError | None:
    if delivery.lot_number is None:
        return LotRequired("Lot number is required for this item.", field="lot_number")
    if lot is not None and delivery.expires_on not in (None, lot.expires_on):
        known = lot.expires_on.isoformat() if lot.expires_on else None
        return LotExpiryMismatch(
            "Expiry date differs from the one this lot is known with.", field="expires_on", expires_on=known
        )
    if is_expired(lot.expires_on if lot is not None else delivery.expires_on, today):
        return LotExpired("Expiry date has passed, so this lot cannot be received.", field="expires_on")
    return None


def is_same_delivery(movement: Movement, item: Item, delivery: Delivery) -> bool:
    """Whether the movement is what the delivery would write, so that it was only sent again."""
    return (movement.item_id, movement.location_id, movement.quantity_change, movement.lot_number) == (
        item.id,
        delivery.location_id,
        delivery.quantity,
        delivery.lot_number,
    )
