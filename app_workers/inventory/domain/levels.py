"""How stock stands: status by quantity, condition of a lot by date."""

from datetime import date, timedelta

from app_workers.inventory.models.stock import Lot, LotCondition, LotStatus, StockStatus

EXPIRES_SOON_DAYS = 30


def stock_status(usable: int, reorder_point: int, par_level: int) -> StockStatus:
    """The status of one item at one location.

    Args:
        usable: on hand without what lies in quarantined or expired lots.
        par_level: 0 means that nobody set one, so the item cannot be over it.
    """
    if usable == 0:
        return StockStatus.OUT
    if usable <= reorder_point:
        return StockStatus.LOW
    if par_level > 0 and usable > 2 * par_level:
        return StockStatus.OVER
    return StockStatus.OK


def is_expired(expires_on: date | None, today: date) -> bool:
    """Whether the last day of use has passed; a lot may still be used on its expiry date."""
    return expires_on is not None and expires_on < today


def lot_condition(lot: Lot, today: date) -> LotCondition:
    """How the lot stands today; quarantine weighs most, then the date."""
    if lot.status is LotStatus.QUARANTINED:
        return LotCondition.QUARANTINED
    if is_expired(lot.expires_on, today):
        return LotCondition.EXPIRED
    if lot.expires_on is not None and lot.expires_on <= last_day_soon(today):
        return LotCondition.EXPIRES_SOON
    return LotCondition.USABLE


def last_day_soon(today: date) -> date:
    """The last expiry date that counts as soon."""
    return today + timedelta(days=EXPIRES_SOON_DAYS)
