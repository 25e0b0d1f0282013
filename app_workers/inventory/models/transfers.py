"""Transfers of stock between locations. A quantity counts stock units of its item."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from app_workers.inventory.models.ledger import MAX_QUANTITY
from app_workers.inventory.models.stock import LotNumber
from ganger.records import Record

MAX_LINES = 50


class TransferStatus(StrEnum):
    """How far a transfer is."""

    DRAFT = "draft"
    IN_TRANSIT = "in_transit"
    RECEIVED = "received"
    CANCELLED = "cancelled"


class Transfer(Record):
    """Stock on its way, or to go, from one location to another."""

    id: str
    transfer_number: str
    from_location_id: str
    from_name: str
    to_location_id: str
    to_name: str
    status: TransferStatus
    has_discrepancy: bool
    created_by_name: str
    shipped_by_name: str | None
    received_by_name: str | None
    shipped_at: str | None
    received_at: str | None
    note: str | None
    line_count: int
    version: int
    created_at: str


class TransferLine(Record):
    """One item, or one lot of it, of a transfer."""

    id: str
    item_id: str
    item_name: str
    sku: str
    stock_unit: str
    lot_id: str | None
    lot_number: str | None
    expires_on: date | None
    quantity: int
    received_quantity: int | None


class NewLine(Record):
    """What is to be sent of one item; without a lot, first expiry first out."""

    item_id: str
    lot_number: LotNumber | None = None
    quantity: int = Field(ge=1, le=MAX_QUANTITY)


class NewTransfer(Record):
    """A transfer to draft."""

    from_location_id: str
    to_location_id: str
    lines: list[NewLine] = Field(default_factory=list, max_length=MAX_LINES)
    note: str | None = Field(default=None, max_length=500, description="no patient information")
    client_ref: UUID | None = Field(
        default=None, description="of the sender's choice; makes sending it again harmless"
    )


class TransferQuery(Record):
    """Which transfers from or to the person's locations, newest first."""

    status: TransferStatus | None = None
    location_id: str | None = None
    page: int = Field(default=1, ge=1)
    limit: int = Field(default=50, ge=1, le=100)


class TransferStep(Record):
    """A step of a transfer as its reader saw it."""

    version: int


class LineEntry(TransferStep):
    """A line of a draft as a person types it; quantity 0 takes it away."""

    barcode: str = Field(min_length=1, max_length=200, description="or a SKU")
    lot_number: LotNumber | None = None
    quantity: int = Field(ge=0, le=MAX_QUANTITY)


class ReceivedLine(Record):
    """What arrived of a line."""

    line_id: str
    received_quantity: int = Field(ge=0)


class Receipt(TransferStep):
    """What arrived, line by line."""

    lines: list[ReceivedLine] = Field(min_length=1)
