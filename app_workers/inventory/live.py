"""What viewers of a location's stock are told when it changes."""

from app_workers.inventory.models.stock import StockLevel
from ganger.context import Context
from ganger.live_rules import Change

_PREFIX = "inventory.location."


def topic_of(location_id: str) -> str:
    """The topic of one location's stock."""
    return _PREFIX + location_id


def location_of(topic: str) -> str:
    """The location that a topic is about; empty for a topic that is about none."""
    return topic.removeprefix(_PREFIX) if topic.startswith(_PREFIX) else ""


def tell_stock(ctx: Context, stock: StockLevel) -> None:
    """Tell the viewers of the location how much there is now."""
    ctx.live.publish(topic_of(stock.location_id), stock_change(stock))


def stock_change(stock: StockLevel) -> Change:
    """The stock as it stands; its version orders the changes of one item at one location."""
    values = {"on_hand": stock.on_hand, "usable": stock.usable, "status": stock.status.value}
    return Change(f"stock.{stock.item_id}.{stock.location_id}", stock.version, values)
