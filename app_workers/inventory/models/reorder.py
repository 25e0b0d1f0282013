"""What is to be bought, and from whom. A quantity counts stock units unless it says packs."""

from uuid import UUID

from pydantic import Field

from app_workers.inventory.models.catalogue import Offer
from app_workers.inventory.models.orders import MAX_LINES, MAX_PACKS
from ganger.records import Record


class Price(Record):
    """What one pack costs."""

    pack_size: int
    pack_cost_cents: int


class CheaperOffer(Price):
    """Another vendor's offer, and what it saves on what would be bought."""

    vendor_id: str
    vendor_name: str
    saving_cents: int


class Shortage(Record):
    """An item of a location that is at its reorder point or below, with what is on its way."""

    item_id: str
    item_name: str
    sku: str
    stock_unit: str
    usable: int
    reorder_point: int
    par_level: int
    on_order: int
    inbound: int

    @property
    def position(self) -> int:
        """What there will be when all that is on its way has come."""
        return self.usable + self.on_order + self.inbound


class History(Record):
    """What was used and wasted of an item within the last days, and for how many of these it is known."""

    used: int
    days: int


class Advice(Record):
    """Levels that fit what was used; `days_of_supply` is None when nothing was."""

    reorder_point: int
    par_level: int
    days_of_supply: float | None


class Suggestion(Record):
    """What to buy of one item; without an offer nobody is known to sell it."""

    shortage: Shortage
    position: int
    packs: int | None
    offer: Offer | None
    cheaper: list[CheaperOffer]
    advice: Advice | None = Field(description="after 30 days of history")


class SuggestedLine(Record):
    """How much is to be bought of a suggested item."""

    item_id: str
    packs: int = Field(ge=1, le=MAX_PACKS)


class SuggestedOrders(Record):
    """What is to be ordered for a location, an order a vendor."""

    location_id: str
    lines: list[SuggestedLine] = Field(min_length=1, max_length=MAX_LINES)
    client_ref: UUID | None = Field(
        default=None, description="of the sender's choice; makes sending it again harmless"
    )
