"""What viewers of a location's stock, alerts and orders, and of a count are told when they change."""

from collections.abc import Iterable
from datetime import datetime

from app_workers.inventory.models.counts import CountEntry, CountSession
from app_workers.inventory.models.orders import Order
from app_workers.inventory.models.stock import StockLevel
from app_workers.inventory.models.transfers import Transfer
from ganger.clock import epoch_ms
from ganger.context import Context
from ganger.live_rules import Change, Live

_PREFIX = "inventory.location."
_ORDERS_PREFIX = "inventory.orders."
_COUNT_PREFIX = "inventory.count."


def topic_of(location_id: str) -> str:
    """The topic of one location's stock."""
    return _PREFIX + location_id


def location_of(topic: str) -> str:
    """The location whose stock or orders a topic is about; empty for a topic that is about none."""
    prefix = next((each for each in (_PREFIX, _ORDERS_PREFIX) if topic.startswith(each)), None)
    return topic.removeprefix(prefix) if prefix else ""


def orders_topic_of(location_id: str) -> str:
    """The topic of one location's orders; of its own, so that nobody is told of another's."""
    return _ORDERS_PREFIX + location_id


def count_topic_of(count_id: str) -> str:
    """The topic of one count session."""
    return _COUNT_PREFIX + count_id


def count_of(topic: str) -> str | None:
    """The count session that a topic is about, if it is about one."""
    return topic.removeprefix(_COUNT_PREFIX) if topic.startswith(_COUNT_PREFIX) else None


def tell_stock(ctx: Context, stock: StockLevel) -> None:
    """Tell the viewers of the location how much there is now."""
    ctx.live.publish(topic_of(stock.location_id), stock_change(stock))


def tell_count(ctx: Context, session: CountSession, entries: Iterable[CountEntry]) -> None:
    """Tell the viewers of a count how far it is and what became of these entries; never what is expected."""
    topic = count_topic_of(session.id)
    for entry in entries:
        ctx.live.publish(topic, entry_change(session, entry))
    ctx.live.publish(topic, progress(session))


def tell_transfer(ctx: Context, transfer: Transfer) -> None:
    """Tell the viewers of both locations how far a transfer is."""
    for location_id in (transfer.from_location_id, transfer.to_location_id):
        ctx.live.publish(topic_of(location_id), transfer_change(transfer))


def tell_order(ctx: Context, order: Order) -> None:
    """Tell the viewers of the location's orders how far one is."""
    ctx.live.publish(orders_topic_of(order.location_id), order_change(order))


def tell_alerts(live: Live, location_ids: Iterable[str], at: datetime, **numbers: int) -> None:
    """Tell the viewers of these locations that alerts were opened, closed and so on: how many in all."""
    for location_id in location_ids:
        live.publish(topic_of(location_id), Change(f"alerts.{location_id}", epoch_ms(at), numbers))


def order_change(order: Order) -> Change:
    """An order as it stands."""
    return Change(f"order.{order.id}", order.version, {"order_status": order.status.value})


def stock_change(stock: StockLevel) -> Change:
    """The stock as it stands; its version orders the changes of one item at one location."""
    values = {"on_hand": stock.on_hand, "usable": stock.usable, "status": stock.status.value}
    return Change(f"stock.{stock.item_id}.{stock.location_id}", stock.version, values)


def transfer_change(transfer: Transfer) -> Change:
    """A transfer as it stands."""
    return Change(f"transfer.{transfer.id}", transfer.version, {"transfer_status": transfer.status.value})


def entry_change(session: CountSession, entry: CountEntry) -> Change:
    """An entry as it stands; the session's version orders its changes."""
    values: dict[str, int | str] = {"entry_status": entry.status.value}
    if entry.counted_quantity is not None:
        values["counted"] = entry.counted_quantity
    return Change(f"entry.{entry.id}", session.version, values)


def progress(session: CountSession) -> Change:
    """How far a session is."""
    values = {
        "counted": session.counted_entries,
        "missing": session.missing_entries,
        "total": session.total_entries,
        "count_status": session.status.value,
    }
    return Change(f"count.{session.id}", session.version, values)
