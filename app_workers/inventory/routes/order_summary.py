"""The summary of an order: on paper, as text for a program to pass on, and sent to those who buy."""

from typing import Literal

from app_workers.inventory.domain.order_summary import markdown
from app_workers.inventory.models.order_summary import OrderSummary
from app_workers.inventory.models.orders import Order, SummaryAgain
from app_workers.inventory.permissions import ORDER, VIEW
from app_workers.inventory.routes.orders import order_page
from app_workers.inventory.store.order_summaries import send_summary_again, summary_of
from app_workers.inventory.store.orders import find_order, lines_of_order
from ganger.context import Context
from ganger.errors import AppError, ValidationFailed
from ganger.http import Response
from ganger.records import Record
from ganger.routing import Route


class SummaryQuery(Record):
    """How the summary is written."""

    format: Literal["md", "html"] = "md"


async def get_summary_page(ctx: Context) -> Response:
    """Show the summary of an order, to print."""
    summary = await _summary(ctx)
    return ctx.page(
        "order_summary.html",
        page_title=f"Summary of {summary.order.order_number}",
        order=summary.order,
        lines=summary.lines,
        urgent=summary.urgent,
        cheaper=summary.cheaper,
    )


async def get_summary(ctx: Context) -> Response:
    """Return the summary of an order as Markdown, or as the page."""
    if ctx.query(SummaryQuery).format == "html":
        return await get_summary_page(ctx)
    text = markdown(await _summary(ctx))
    return Response(text.encode(), headers={"content-type": "text/markdown; charset=utf-8"})


async def post_summary_again(ctx: Context) -> Response:
    """Send the summary anew, for the form on the order's page."""
    form = await ctx.form(SummaryAgain)
    done: Order | AppError
    if form.record is None:
        done = ValidationFailed(form.errors)
    else:
        order_id = ctx.params["order_id"]
        done = await send_summary_again(ctx.db, ctx.scope, ctx.actor, order_id, form.record.after)
    if isinstance(done, AppError):
        return await order_page(ctx, {}, done)
    return ctx.redirect(f"/orders/{done.id}", "The summary is on its way.")


async def _summary(ctx: Context) -> OrderSummary:
    order = await find_order(ctx.db, ctx.scope, ctx.params["order_id"])
    lines = await lines_of_order(ctx.db, ctx.scope, order.id)
    return await summary_of(ctx.db, ctx.scope, ctx.actor, order, lines)


ROUTES = (
    Route("GET", "/orders/{order_id}/summary", get_summary_page, VIEW),
    Route("POST", "/orders/{order_id}/summary", post_summary_again, ORDER),
    Route("GET", "/api/v1/orders/{order_id}/summary", get_summary, VIEW),
)
