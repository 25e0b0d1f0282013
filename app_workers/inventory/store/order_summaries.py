"""The summary of an order: put together, and sent to those who buy."""

from collections.abc import Sequence

from app_workers.inventory.domain.mails import latest
from app_workers.inventory.domain.offers import cheaper_offers
from app_workers.inventory.domain.order_summary import mail_text, subject_of
from app_workers.inventory.domain.orders import may_send_summary, not_from
from app_workers.inventory.errors import NoBuyers
from app_workers.inventory.models.mails import Mail, MailKind, NewMail
from app_workers.inventory.models.order_summary import OrderSummary
from app_workers.inventory.models.orders import Order, OrderLine
from app_workers.inventory.models.reorder import Price
from app_workers.inventory.store.levels import levels_of_items
from app_workers.inventory.store.mails import mail_statements, mails_of
from app_workers.inventory.store.orders import find_order, lines_of_order
from app_workers.inventory.store.settings import settings_at
from app_workers.inventory.store.vendors import offers_in_force
from ganger.audit import Actor, audit_row
from ganger.clock import clinic_date
from ganger.db import Database, ExpectationFailed, Statement, Value, expect
from ganger.errors import AppError
from ganger.scope import Scope

_AS_READ = "SELECT version = ? FROM purchase_orders WHERE id = ? AND location_id IN ({marks})"
_LAST = """
    SELECT COALESCE(MAX(number), 0) = ? FROM inventory_mails
    WHERE kind = ? AND reference_id = ? AND location_id IN ({marks})
"""


async def summary_of(
    db: Database, scope: Scope, actor: Actor, order: Order, lines: Sequence[OrderLine]
) -> OrderSummary:
    """What buyers are told of an order, as its location stands now."""
    ids = [line.item_id for line in lines]
    today = clinic_date(actor.at)
    levels = await levels_of_items(db, scope.at(order.location_id), ids, today)
    usable = {level.item_id: level.usable for level in levels}
    offers = await offers_in_force(db, ids)
    cheaper = {}
    for line in lines:
        price = Price(pack_size=line.pack_size, pack_cost_cents=line.pack_cost_cents)
        units = line.quantity_packs * line.pack_size
        cheaper[line.item_id] = cheaper_offers(price, offers.get(line.item_id, []), order.vendor_id, units)
    return OrderSummary(
        order=order,
        lines=list(lines),
        urgent=[item_id for item_id in ids if not usable.get(item_id)],
        cheaper={item_id: others for item_id, others in cheaper.items() if others},
    )


async def summary_statements(
    db: Database, scope: Scope, actor: Actor, order: Order, lines: Sequence[OrderLine], number: int
) -> list[Statement]:
    """What sends the summary of an order to the buyers of its location; nothing where there are none."""
    place = scope.at(order.location_id)
    buyers = (await settings_at(db, place)).buyer_emails
    if not buyers:
        return []
    new = NewMail(
        kind=MailKind.ORDER_SUMMARY,
        reference_id=order.id,
        number=number,
        recipients=tuple(dict.fromkeys(buyers)),
        subject=subject_of(order),
        text=mail_text(await summary_of(db, scope, actor, order, lines)),
    )
    return mail_statements(place, actor, new)


async def send_summary_again(
    db: Database, scope: Scope, actor: Actor, order_id: str, after: int
) -> Order | AppError:
    """Send the summary of an approved order anew, to those who buy now; sent twice it goes out once.

    Args:
        after: the number of the last sending that the person saw; another one since then makes this none.
    """
    order = await find_order(db, scope, order_id)
    lines = await lines_of_order(db, scope, order_id)
    if not may_send_summary(order):
        return not_from(order)
    mails = await summary_statements(db, scope, actor, order, lines, after + 1)
    if not mails:
        return NoBuyers("Nobody is set to get the summaries of this location.")
    here: tuple[Value, ...] = scope.location_ids
    last: tuple[Value, ...] = (after, MailKind.ORDER_SUMMARY.value, order.id, *here)
    told = {"number": after + 1, "mails": len(mails)}
    try:
        await db.batch(
            [
                expect("order as read", _AS_READ.format(marks=scope.marks), order.version, order.id, *here),
                expect("last sending", _LAST.format(marks=scope.marks), *last),
                *mails,
                audit_row(
                    actor, "inventory:send-summary", "purchase_order", order.id, order.location_id, told
                ),
            ]
        )
    except ExpectationFailed:
        return await find_order(db, scope, order_id)
    return order


async def summaries_sent(db: Database, scope: Scope, order_id: str) -> list[Mail]:
    """The mails of the last sending of an order's summary, by address."""
    return latest(await mails_of(db, scope, MailKind.ORDER_SUMMARY, order_id))
