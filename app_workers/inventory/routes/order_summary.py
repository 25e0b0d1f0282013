"""The summary of an order: on paper, and as text for a program to pass on."""

from collections.abc import Mapping, Sequence
from typing import Literal

from app_workers.inventory.domain.offers import cheaper_offers
from app_workers.inventory.models.orders import Order, OrderLine
from app_workers.inventory.models.reorder import CheaperOffer, Price
from app_workers.inventory.permissions import VIEW
from app_workers.inventory.store.levels import levels_of_items
from app_workers.inventory.store.orders import find_order, lines_of_order
from app_workers.inventory.store.vendors import offers_in_force
from ganger.context import Context
from ganger.http import Response
from ganger.records import Record
from ganger.routing import Route
from ganger.ui.formats import money


class SummaryQuery(Record):
    """How the summary is written."""

    format: Literal["md", "html"] = "md"


async def get_summary_page(ctx: Context) -> Response:
    """Show the summary of an order, to print."""
    order, lines, urgent, cheaper = await _summary(ctx)
    return ctx.page(
        "order_summary.html",
        page_title=f"Summary of {order.order_number}",
        order=order,
        lines=lines,
        urgent=urgent,
        cheaper=cheaper,
    )


async def get_summary(ctx: Context) -> Response:
    """Return the summary of an order as Markdown, or as the page."""
    if ctx.query(SummaryQuery).format == "html":
        return await get_summary_page(ctx)
    text = markdown(*await _summary(ctx))
    return Response(text.encode(), headers={"content-type": "text/markdown; charset=utf-8"})


def markdown(
    order: Order,
    lines: Sequence[OrderLine],
    urgent: Sequence[str],
    cheaper: Mapping[str, Sequence[CheaperOffer]],
) -> str:
    """The summary as Markdown.

    Args:
        urgent: ids of the items of which nothing is usable.
        cheaper: other vendors' offers by item.
    """
    text = [
        f"# {order.order_number}",
        "",
        f"{order.vendor_name}, for {order.location_name}",
        "",
        "| Item | Packs | Pack cost | Sum |",
        "|---|---|---|---|",
    ]
    for line in lines:
        name = f"{line.item_name} (urgent)" if line.item_id in urgent else line.item_name
        total = money(line.quantity_packs * line.pack_cost_cents)
        pack = f"{line.quantity_packs} of {line.pack_size} {line.stock_unit}"
        text.append(f"| {name.replace('|', '/')} | {pack} | {money(line.pack_cost_cents)} | {total} |")
    text += ["", f"Total: {money(order.total_cents)}"]
    names = {line.item_id: line.item_name for line in lines}
    for item_id, offers in cheaper.items():
        best = offers[0]
        text += ["", f"{names[item_id]} is cheaper from {best.vendor_name}: {money(best.saving_cents)} less"]
    return "\n".join(text) + "\n"


async def _summary(ctx: Context) -> tuple[Order, list[OrderLine], list[str], dict[str, list[CheaperOffer]]]:
    order = await find_order(ctx.db, ctx.scope, ctx.params["order_id"])
    lines = await lines_of_order(ctx.db, ctx.scope, order.id)
    ids = [line.item_id for line in lines]
    levels = await levels_of_items(ctx.db, ctx.scope.at(order.location_id), ids, ctx.today)
    usable = {level.item_id: level.usable for level in levels}
    offers = await offers_in_force(ctx.db, ids)
    cheaper = {}
    for line in lines:
        price = Price(pack_size=line.pack_size, pack_cost_cents=line.pack_cost_cents)
        units = line.quantity_packs * line.pack_size
        cheaper[line.item_id] = cheaper_offers(price, offers.get(line.item_id, []), order.vendor_id, units)
    found = {item_id: others for item_id, others in cheaper.items() if others}
    return order, lines, [item_id for item_id in ids if not usable.get(item_id)], found


ROUTES = (
    Route("GET", "/orders/{order_id}/summary", get_summary_page, VIEW),
    Route("GET", "/api/v1/orders/{order_id}/summary", get_summary, VIEW),
)
