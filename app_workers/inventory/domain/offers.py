"""Which of several offers is cheaper by the unit, and what it would save."""

from collections.abc import Sequence

from app_workers.inventory.models.catalogue import Offer
from app_workers.inventory.models.reorder import CheaperOffer, Price

_CHEAPER_PERCENT = 95  # of the unit's price; what saves less is not worth another order


def cheaper_offers(price: Price, offers: Sequence[Offer], vendor_id: str, units: int) -> list[CheaperOffer]:
    """The offers of others that are at least 5 % below a price, the cheapest first.

    Args:
        vendor_id: whose price it is.
        units: stock units that would be bought, for what is saved.
    """
    found = [
        CheaperOffer(
            vendor_id=offer.vendor_id,
            vendor_name=offer.vendor_name,
            pack_size=offer.pack_size,
            pack_cost_cents=offer.pack_cost_cents,
            saving_cents=saving_cents(price, _price(offer), units),
        )
        for offer in offers
        if offer.vendor_id != vendor_id and _is_cheaper(_price(offer), price)
    ]
    return sorted(found, key=lambda offer: -offer.saving_cents)


def saving_cents(price: Price, other: Price, units: int) -> int:
    """What so many stock units cost less at the other price; half a cent is rounded up."""
    saved = units * (price.pack_cost_cents * other.pack_size - other.pack_cost_cents * price.pack_size)
    divisor = price.pack_size * other.pack_size
    return (2 * saved + divisor) // (2 * divisor)


def _price(offer: Offer) -> Price:
    return Price(pack_size=offer.pack_size, pack_cost_cents=offer.pack_cost_cents)


def _is_cheaper(other: Price, price: Price) -> bool:
    theirs = 100 * other.pack_cost_cents * price.pack_size
    return price.pack_cost_cents > 0 and theirs <= _CHEAPER_PERCENT * price.pack_cost_cents * other.pack_size
