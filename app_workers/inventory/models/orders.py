"""Purchase orders. A line counts packs, as the vendor sells them; `_cents` are US cents."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from app_workers.inventory.models.drafts import Cents, Dollars
from app_workers.inventory.models.stock import LotNumber
from ganger.records import Record

MAX_LINES = 50
MAX_PACKS = 1000

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500)]


class OrderStatus(StrEnum):
    """How far an order is."""

    DRAFT = "draft"
    PENDING_APPROVAL = "pending_approval"
    APPROVED = "approved"
    ORDERED = "ordered"
    PARTIALLY_RECEIVED = "partially_received"
    RECEIVED = "received"
    CANCELLED = "cancelled"


class OrderAction(StrEnum):
    """What takes an order further, besides receiving."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    REJECT = "reject"
    MARK_ORDERED = "mark-ordered"
    CLOSE_SHORT = "close-short"
    CANCEL = "cancel"


class Order(Record):
    """What one location buys from one vendor."""

    id: str
    order_number: str
    vendor_id: str
    vendor_name: str
    location_id: str
    location_name: str
    status: OrderStatus
    subtotal_cents: int
    tax_cents: int
    shipping_cents: int
    total_cents: int
    expected_delivery_on: date | None
    vendor_order_number: str | None
    tracking_number: str | None
    notes: str | None
    status_reason: str | None
    created_by_name: str
    submitted_by: str | None
    submitted_by_name: str | None
    approved_by_name: str | None
    ordered_by_name: str | None
    cancelled_by_name: str | None
    submitted_at: str | None
    approved_at: str | None
    ordered_at: str | None
    received_at: str | None
    cancelled_at: str | None
    summary_posted_at: str | None = Field(description="when the mail about its approval was handed over")
    version: int
    created_at: str


class OrderLine(Record):
    """One item of an order, with name and price as they were when it was written."""

    id: str
    item_id: str
    item_name: str
    sku: str
    stock_unit: str
    is_lot_tracked: bool
    is_active: bool
    vendor_sku: str | None
    pack_size: int
    pack_cost_cents: int
    quantity_packs: int
    received_packs: int
    short_packs: int

    @property
    def open_packs(self) -> int:
        """What is still to come."""
        return self.quantity_packs - self.received_packs - self.short_packs


class NewOrderLine(Record):
    """How much is to be bought of an item."""

    item_id: str
    quantity_packs: int = Field(ge=1, le=MAX_PACKS)


class _Details(Record):
    expected_delivery_on: date | None = None
    vendor_order_number: str | None = Field(default=None, max_length=100)
    tracking_number: str | None = Field(default=None, max_length=100)
    notes: str | None = Field(default=None, max_length=1000, description="no patient information")


class OrderDetails(_Details):
    """What stands on an order besides its lines."""

    tax_cents: Cents = 0
    shipping_cents: Cents = 0


class NewOrder(OrderDetails):
    """An order to draft."""

    vendor_id: str
    location_id: str
    lines: list[NewOrderLine] = Field(default_factory=list, max_length=MAX_LINES)
    client_ref: UUID | None = Field(
        default=None, description="of the sender's choice; makes sending it again harmless"
    )


class OrderEdit(OrderDetails):
    """An order as it is to be; without `lines` these stay."""

    lines: list[NewOrderLine] | None = Field(default=None, max_length=MAX_LINES)
    version: int


class OrderForm(_Details):
    """What stands on an order, typed into the form."""

    tax: Dollars = 0
    shipping: Dollars = 0
    version: int

    def edit(self) -> OrderEdit:
        """The same in cents."""
        facts = self.model_dump(exclude={"tax", "shipping"})
        return OrderEdit(tax_cents=self.tax, shipping_cents=self.shipping, **facts)


class LineEntry(Record):
    """A line of a draft as a person types it; no packs take it away."""

    version: int
    barcode: str = Field(min_length=1, max_length=200, description="or a SKU")
    quantity_packs: int = Field(ge=0, le=MAX_PACKS)


class OrderStep(Record):
    """A step of an order as its reader saw it. Rejecting, closing short and cancelling give a reason."""

    version: int
    reason: Reason | None = None
    vendor_order_number: str | None = Field(default=None, max_length=100)
    expected_delivery_on: date | None = None


class SummaryAgain(Record):
    """That the summary is to be sent anew, after the sending of this number that the page showed."""

    after: int = Field(ge=0)


class ReceivedLot(Record):
    """Packs of one lot."""

    lot_number: LotNumber
    expires_on: date | None = None
    packs: int = Field(ge=1, le=MAX_PACKS)


class ReceivedLine(Record):
    """What arrived of a line; of a lot-tracked item by lot."""

    line_id: str
    packs: int = Field(ge=1, le=MAX_PACKS)
    lots: list[ReceivedLot] = Field(default_factory=list, max_length=20)


class OrderReceipt(Record):
    """What arrived, line by line."""

    lines: list[ReceivedLine] = Field(min_length=1, max_length=MAX_LINES)
    client_ref: UUID


class OrderQuery(Record):
    """Which orders of the person's locations, newest first."""

    status: OrderStatus | Literal["open"] | None = Field(
        default=None, description="`open`: submitted and not over"
    )
    location_id: str | None = None
    page: int = Field(default=1, ge=1)
    limit: int = Field(default=50, ge=1, le=100)
