"""Changes of stock, asked for and as booked. A quantity counts stock units of its item."""

from datetime import date
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import Field

from app_workers.inventory.models.stock import LotNumber, StockLevel
from ganger.downloads import Downloadable
from ganger.records import Record

MAX_QUANTITY = 10_000  # of one change


class ChangeType(StrEnum):
    """What a person books by hand besides a delivery; as the ledger names it."""

    USAGE = "usage"
    WASTE = "waste"
    ADJUSTMENT = "adjustment"
    VENDOR_RETURN = "vendor_return"


class ReasonCode(StrEnum):
    """Why something was wasted or adjusted; domain/changes.py says which is for what."""

    EXPIRED = "expired"
    DAMAGED = "damaged"
    CONTAMINATED = "contaminated"
    RECALLED = "recalled"
    FOUND = "found"
    LOST = "lost"
    DATA_ENTRY = "data_entry"
    OTHER = "other"


class MovementType(StrEnum):
    """Why a quantity changed."""

    RECEIPT = "receipt"
    TRANSFER_IN = "transfer_in"
    USAGE = "usage"
    WASTE = "waste"
    TRANSFER_OUT = "transfer_out"
    VENDOR_RETURN = "vendor_return"
    ADJUSTMENT = "adjustment"
    COUNT = "count"


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
    reason_code: str | None
    note: str | None
    user_id: str
    user_name: str
    witness_user_id: str | None
    witness_name: str | None
    client_seq: int = Field(description="position within its request")
    occurred_at: str
    created_at: str


class MovementQuery(Record):
    """Which part of the ledger, newest first; `cursor` is the id of the last movement already read."""

    item_id: str | None = None
    sku: str | None = Field(default=None, max_length=50)
    location_id: str | None = None
    type: MovementType | None = None
    user_id: str | None = Field(default=None, description="who booked it")
    first: date | None = Field(default=None, alias="from", description="clinic-local, as `to`")
    last: date | None = Field(default=None, alias="to")
    cursor: str | None = None
    limit: int = Field(default=50, ge=1, le=100)


class MovementFileQuery(MovementQuery, Downloadable):
    """The same by a program, or for a file."""


class ListedMovement(Movement):
    """A line of the ledger with the name of its item."""

    item_name: str
    sku: str


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


class Change(Record):
    """A change of one item's stock at one location, as a person enters it."""

    location_id: str
    quantity: int = Field(
        ge=-MAX_QUANTITY,
        le=MAX_QUANTITY,
        description="taken away; of an adjustment what is added, or with a minus taken",
    )
    lot_id: str | None = Field(default=None, description="names the lot, as `lot_number` does")
    lot_number: LotNumber | None = None
    expires_on: date | None = Field(default=None, description="of a lot that an adjustment makes")
    reason_code: ReasonCode | None = None
    note: str | None = Field(default=None, max_length=500, description="no patient information")
    witness_user_id: str | None = Field(default=None, description="who saw a controlled item wasted")
    client_ref: UUID | None = Field(
        default=None, description="of the sender's choice; makes sending it again harmless"
    )


class ChangeRequest(Change):
    """A change sent by a program."""

    item_id: str
    movement_type: ChangeType


class Changed(Record):
    """A change as booked: a movement for each lot that it touched. `stock` is how it stands now."""

    movements: list[Movement]
    stock: StockLevel
    duplicate: bool = False


class Difference(Record):
    """One quantity beside the sum that it has to be.

    `subject` says which: an item's stock beside its movements (`stock`) or beside its lots (`lots`), a lot
    beside its movements (`lot`), or movements without a stock row (`missing`).
    """

    subject: Literal["stock", "lots", "lot", "missing"]
    item_id: str
    location_id: str
    lot_number: str | None
    held: int
    booked: int
