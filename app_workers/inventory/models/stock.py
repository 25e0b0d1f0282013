"""What each location has of an item, and by lot. A quantity counts stock units of its item."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from app_workers.inventory.models.catalogue import Category, Item
from ganger.downloads import Downloadable
from ganger.records import Record

LotNumber = Annotated[
    str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=1, max_length=40)
]


class StockStatus(StrEnum):
    """How the usable quantity stands to the item's levels at one location."""

    OUT = "out"
    LOW = "low"
    OK = "ok"
    OVER = "over"


class LotStatus(StrEnum):
    """Whether a lot may be drawn from."""

    AVAILABLE = "available"
    QUARANTINED = "quarantined"


class LotCondition(StrEnum):
    """How a lot stands today."""

    USABLE = "usable"
    EXPIRES_SOON = "expires_soon"
    EXPIRED = "expired"
    QUARANTINED = "quarantined"


class StockLevel(Record):
    """What one location has of one item."""

    item_id: str
    location_id: str
    on_hand: int
    usable: int = Field(description="on hand without what lies in quarantined or expired lots")
    reorder_point: int
    par_level: int
    storage_place: str | None
    last_counted_at: str | None
    status: StockStatus
    version: int


class ListedItem(Record):
    """A line of the catalogue; `stock` is None where the item was never stocked."""

    item: Item
    stock: StockLevel | None


class StockLine(Record):
    """A line of the list of stock: what one location has of one item."""

    item: Item
    stock: StockLevel
    on_order: int = Field(description="still to come of orders that are submitted and not over")
    inbound: int = Field(description="on its way there from another location")


class Lot(Record):
    """One lot of one item at one location."""

    id: str
    item_id: str
    location_id: str
    lot_number: str
    expires_on: date | None = Field(description="last day of use, clinic-local")
    quantity: int
    status: LotStatus
    quarantine_reason: str | None


class Tiles(Record):
    """The figures of one location's overview."""

    stocked: int = Field(description="active items with a stock row")
    low: int
    out: int
    expiring: int = Field(description="lots that expire within 30 days, today included")
    open_orders: int = Field(description="submitted and not over")
    value_cents: int = Field(description="all stock at its present unit cost")


class ItemQuery(Record):
    """Which part of the catalogue, with stock at which location; without one, the person's own."""

    search: str | None = Field(default=None, max_length=100, description="in name, SKU or barcode")
    category: Category | None = None
    status: StockStatus | None = None
    vendor_id: str | None = Field(default=None, description="who sells it")
    location_id: str | None = None
    page: int = Field(default=1, ge=1)
    limit: int = Field(default=50, ge=1, le=100)


class StockQuery(ItemQuery):
    """Which stock rows; without a location those of all one's own."""


class StockFileQuery(StockQuery, Downloadable):
    """The same by a program, or for a file."""


class PlaceQuery(Record):
    """Which location; without one, the person's own."""

    location_id: str | None = None


class StatsQuery(PlaceQuery, Downloadable):
    """The figures of a location."""


class ListedLot(Record):
    """A line of the list of lots."""

    lot: Lot
    item_name: str
    sku: str


class LotQuery(Record):
    """Which lots that hold something, soonest expiry first; without a location those of all one's own."""

    lot_number: str | None = Field(default=None, max_length=40, description="a part of it")
    days: int | None = Field(
        default=None, ge=0, le=3650, description="only those whose last day of use is at most this far away"
    )
    location_id: str | None = None
    page: int = Field(default=1, ge=1)
    limit: int = Field(default=50, ge=1, le=100)


class LotFileQuery(LotQuery, Downloadable):
    """The same by a program, or for a file."""


class Prefill(PlaceQuery):
    """What a form holds when it opens, as a scan read it; checked when the form is sent."""

    quantity: str | None = Field(default=None, max_length=10)
    lot_number: str | None = Field(default=None, max_length=40)
    expires_on: str | None = Field(default=None, max_length=10)

    def typed(self) -> dict[str, str]:
        """The fields as if somebody had typed them."""
        fields = self.model_dump(exclude={"location_id"})
        return {name: value for name, value in fields.items() if value is not None}


class LotDecision(Record):
    """Why a lot is held back or given free again."""

    reason: str = Field(min_length=3, max_length=500, description="no patient information")


class LotAction(StrEnum):
    """What is decided of a lot."""

    QUARANTINE = "quarantine"
    RELEASE = "release"
