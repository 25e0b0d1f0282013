"""What the API answers that is more than one record: as a dict, for it is written down at once."""

from typing import TypedDict

from app_workers.inventory.models.catalogue import Barcode, Item, Offer
from app_workers.inventory.models.counts import CountEntry, CountSession, ScanResult
from app_workers.inventory.models.orders import Order, OrderLine
from app_workers.inventory.models.reorder import Suggestion
from app_workers.inventory.models.stock import Lot, StockLevel
from app_workers.inventory.models.transfers import Transfer, TransferLine


class WholeItem(TypedDict):
    """An item with its levels and lots at the person's locations, its codes and its offers."""

    item: Item
    stock: list[StockLevel]
    lots: list[Lot]
    barcodes: list[Barcode]
    offers: list[Offer]


class WholeCount(TypedDict):
    """A session with its entries."""

    count: CountSession
    entries: list[CountEntry]


class CountedScans(TypedDict):
    """What became of each scan, in their order, and the session after them."""

    results: list[ScanResult]
    count: CountSession


class WholeOrder(TypedDict):
    """An order with its lines."""

    order: Order
    lines: list[OrderLine]


class DraftedOrders(TypedDict):
    """The orders that suggestions became, one a vendor."""

    orders: list[Order]


class WholeTransfer(TypedDict):
    """A transfer with its lines."""

    transfer: Transfer
    lines: list[TransferLine]


class VendorSuggestions(TypedDict):
    """What is to be bought of one vendor; without a name, what nobody is known to sell."""

    vendor_name: str | None
    suggestions: list[Suggestion]


class Reorder(TypedDict):
    """What is to be bought for a location, by vendor."""

    vendors: list[VendorSuggestions]
