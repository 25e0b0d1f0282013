"""Changes of stock, asked for and as booked. A quantity counts stock units of its item."""

from datetime import date
from uuid import UUID

from pydantic import Field

from app_workers.inventory.models.stock import LotNumber, StockLevel
from ganger.records import Record

MAX_QUANTITY = 10_000  # of one change


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
