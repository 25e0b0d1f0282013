"""What may be done with a lot."""

from datetime import date

from app_workers.inventory.errors import LotExpiryMismatch
from app_workers.inventory.models.stock import Lot, LotAction, LotStatus
from ganger.errors import InvalidTransition

_FROM = {LotAction.QUARANTINE: LotStatus.AVAILABLE, LotAction.RELEASE: LotStatus.QUARANTINED}
_TO = {LotAction.QUARANTINE: LotStatus.QUARANTINED, LotAction.RELEASE: LotStatus.AVAILABLE}


def next_status(lot: Lot, action: LotAction) -> LotStatus | InvalidTransition:
    """The status that the action gives the lot, or why it cannot."""
    if lot.status is not _FROM[action]:
        return InvalidTransition(f"This lot is {lot.status} already.", status=lot.status.value)
    return _TO[action]


def expiry_mismatch(lot: Lot, expires_on: date | None) -> LotExpiryMismatch | None:
    """The refusal of another expiry date than the lot is known with; none given is no other."""
    return date_mismatch(lot.expires_on, expires_on)


def date_mismatch(known: date | None, expires_on: date | None) -> LotExpiryMismatch | None:
    """The same for a lot of which the known date alone is at hand."""
    if expires_on in (None, known):
        return None
    return LotExpiryMismatch(
        "Expiry date differs from the one this lot is known with.",
        field="expires_on",
        expires_on=known.isoformat() if known else None,
    )
