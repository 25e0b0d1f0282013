"""What viewers of a location's stock and of a count are told when it changes."""

from collections.abc import Iterable

from app_workers.inventory.models.counts import CountEntry, CountSession
from app_workers.inventory.models.stock import StockLevel
from app_workers.inventory.models.transfers import Transfer
from ganger.context import Context
from ganger.live_rules import Change

_PREFIX = "inventory.location."
_COUNT_PREFIX = "inventory.count."


def topic_of(location_id: str) -> str:
    """The topic of one location's stock."""
    return _PREFIX + location_id


def location_of(topic: str) -> str:
    """The location that a topic is about; empty for a topic that is about none."""
    return topic.removeprefix(_PREFIX) if topic.startswith(_PREFIX) else ""


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
