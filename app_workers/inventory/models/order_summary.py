"""What buyers are told of an order."""

from app_workers.inventory.models.orders import Order, OrderLine
from app_workers.inventory.models.reorder import CheaperOffer
from ganger.records import Record


class OrderSummary(Record):
    """An order with its lines; `urgent` are ids of items of which nothing is usable, `cheaper` is by item."""

    order: Order
    lines: list[OrderLine]
    urgent: list[str]
    cheaper: dict[str, list[CheaperOffer]]
