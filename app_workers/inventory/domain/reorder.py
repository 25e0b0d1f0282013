"""What is to be bought, how much of it, and which levels fit what is used."""

from collections.abc import Mapping, Sequence

from app_workers.inventory.domain.offers import cheaper_offers
from app_workers.inventory.errors import NoVendor
from app_workers.inventory.models.catalogue import Offer
from app_workers.inventory.models.orders import NewOrder, NewOrderLine
from app_workers.inventory.models.reorder import (
    Advice,
    History,
    Price,
    Shortage,
    SuggestedOrders,
    Suggestion,
)
from ganger.errors import AppError, ValidationFailed

HISTORY_DAYS = 90
_LEAST_DAYS = 30  # of history, before levels are advised
_SUPPLY_DAYS = 30  # between the reorder point and par
_USUAL_LEAD_DAYS = 3  # where nobody sells it


def suggestion(shortage: Shortage, offers: Sequence[Offer], history: History) -> Suggestion | None:
    """What to buy of an item; None when enough is on its way.

    Args:
        offers: those of active vendors.
    """
    if shortage.par_level == 0 or shortage.position > shortage.reorder_point:
        return None
    offer = preferred(offers)
    packs = packs_of(shortage.par_level - shortage.position, offer) if offer else None
    cheaper = []
    if offer and packs:
        price = Price(pack_size=offer.pack_size, pack_cost_cents=offer.pack_cost_cents)
        cheaper = cheaper_offers(price, offers, offer.vendor_id, packs * offer.pack_size)
    lead_days = offer.lead_time_days if offer else _USUAL_LEAD_DAYS
    return Suggestion(
        shortage=shortage,
        position=shortage.position,
        packs=packs,
        offer=offer,
        cheaper=cheaper,
        advice=advice(shortage.usable, history, lead_days),
    )


def packs_of(units: int, offer: Offer) -> int:
    """As many packs as hold so many stock units, but not fewer than the vendor sells."""
    return max(offer.min_order_packs, _ceil(units, offer.pack_size))


def preferred(offers: Sequence[Offer]) -> Offer | None:
    """The offer that the practice buys."""
    return next((offer for offer in offers if offer.is_preferred), None)


def advice(usable: int, history: History, lead_days: int) -> Advice | None:
    """The levels that fit what was used: half as much again as the lead time takes, and a month more."""
    if history.days < _LEAST_DAYS:
        return None
    reorder_point = _ceil(history.used * lead_days * 3, history.days * 2)
    return Advice(
        reorder_point=reorder_point,
        par_level=reorder_point + _ceil(history.used * _SUPPLY_DAYS, history.days),
        days_of_supply=round(usable * history.days / history.used, 1) if history.used else None,
    )


def orders_of(asked: SuggestedOrders, offers: Mapping[str, Sequence[Offer]]) -> list[NewOrder] | AppError:
    """An order for each vendor whose offers are preferred.

    Args:
        offers: those of active vendors, by item.
    """
    if len({line.item_id for line in asked.lines}) < len(asked.lines):
        return ValidationFailed({"lines": "must be about different items"})
    by_vendor: dict[str, list[NewOrderLine]] = {}
    for line in asked.lines:
        offer = preferred(offers.get(line.item_id, ()))
        if offer is None:
            return NoVendor("An item has no preferred vendor.", item_id=line.item_id)
        written = NewOrderLine(item_id=line.item_id, quantity_packs=line.packs)
        by_vendor.setdefault(offer.vendor_id, []).append(written)
    return [
        NewOrder(vendor_id=vendor_id, location_id=asked.location_id, lines=lines, client_ref=asked.client_ref)
        for vendor_id, lines in by_vendor.items()
    ]


def _ceil(number: int, divisor: int) -> int:
    return -(-number // divisor)
