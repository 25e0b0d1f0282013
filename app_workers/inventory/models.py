"""Records of this app. A quantity counts stock units of its item; `_cents` are US cents."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from ganger.records import Record

MAX_QUANTITY = 10_000  # of one change

LotNumber = Annotated[
    str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=1, max_length=40)
]


class Category(StrEnum):
    """What kind of supply an item is."""

    GLOVES_PPE = "gloves_ppe"
    WOUND_CARE = "wound_care"
    SYRINGES = "syringes"
    PAPER_PRODUCTS = "paper_products"
    ANTISEPTICS = "antiseptics"
    DIAGNOSTIC_SUPPLIES = "diagnostic_supplies"
    SURGICAL_SUPPLIES = "surgical_supplies"
    MEDICATIONS = "medications"
    OTHER = "other"


class ItemStatus(StrEnum):
    """Whether the practice still buys an item."""

    ACTIVE = "active"
    DISCONTINUED = "discontinued"


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


class Item(Record):
    """One product of the practice's catalogue."""

    id: str
    sku: str
    name: str
    description: str | None
    category: Category
    stock_unit: str
    unit_cost_cents: int
    is_lot_tracked: bool
    is_hazardous: bool
    is_controlled: bool
    status: ItemStatus


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


class Movement(Record):
    """One line of the ledger."""

    id: str
    item_id: str
    location_id: str
    lot_number: str | None
    movement_type: str
    quantity_change: int
    previous_quantity: int
    new_quantity: int
    unit_cost_cents: int
    note: str | None
    user_id: str
    user_name: str
    occurred_at: str
    created_at: str


class Tiles(Record):
    """The figures of one location's overview."""

    stocked: int = Field(description="active items with a stock row")
    low: int
    out: int
    expiring: int = Field(description="lots that expire within 30 days, today included")
    value_cents: int = Field(description="all stock at its present unit cost")


class ItemQuery(Record):
    """Which part of the catalogue, with stock at which location; without one, the person's own."""

    search: str | None = Field(default=None, max_length=100, description="in name, SKU or barcode")
    category: Category | None = None
    status: StockStatus | None = None
    location_id: str | None = None
    page: int = Field(default=1, ge=1)
    limit: int = Field(default=50, ge=1, le=100)


class PlaceQuery(Record):
    """Which location; without one, the person's own."""

    location_id: str | None = None


class MovementQuery(Record):
    """Which part of the ledger, newest first; `cursor` is the id of the last movement already read."""

    item_id: str | None = None
    location_id: str | None = None
    cursor: str | None = None
    limit: int = Field(default=50, ge=1, le=100)


class Delivery(Record):
    """What arrived of one item at one location."""

    location_id: str
    quantity: int = Field(ge=1, le=MAX_QUANTITY)
    lot_number: LotNumber | None = None
    expires_on: date | None = Field(default=None, description="of the lot; not needed for a known lot")
    note: str | None = Field(default=None, max_length=500, description="no patient information")
    version: int = Field(ge=0, description="of the stock row as read; 0 where the item was never stocked")
    client_ref: UUID = Field(description="of the sender's choice; makes sending it again harmless")


class ReceiptRequest(Delivery):
    """A delivery sent by a program."""

    item_id: str


class Received(Record):
    """A delivery as booked. `stock` is how it stands now, also for a `duplicate`."""

    movement: Movement
    stock: StockLevel
    duplicate: bool = False
