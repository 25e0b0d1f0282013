"""Receiving a delivery: by the form, and by a program."""

import asyncio
from http import HTTPStatus
from uuid import uuid4

from app_workers.inventory.domain.receiving import delivery_problem
from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.ledger import Delivery, ReceiptRequest, Received
from app_workers.inventory.models.stock import Prefill
from app_workers.inventory.permissions import RECEIVE
from app_workers.inventory.routes.after import after_change
from app_workers.inventory.routes.forms import field_errors
from app_workers.inventory.routes.places import chosen_place
from app_workers.inventory.store.items import find_item
from app_workers.inventory.store.levels import find_lot, levels_of
from app_workers.inventory.store.receipts import earlier_receipt, record_receipt
from ganger.context import Context
from ganger.errors import AppError, ValidationFailed
from ganger.forms import Form
from ganger.http import Json, Response
from ganger.routing import Route
from ganger.scope import Scope


async def get_receive_page(ctx: Context) -> Response:
    """Show the form for a delivery of one item to one location."""
    asked = ctx.query(Prefill)
    item = await find_item(ctx.db, ctx.params["item_id"])
    return await _form_page(ctx, item, chosen_place(ctx, asked.location_id), Form(asked.typed()))


async def post_receive(ctx: Context) -> Response:
    """Book the delivery of the form; if it cannot be, show the form again as it was typed."""
    item = await find_item(ctx.db, ctx.params["item_id"])
    form = await ctx.form(Delivery)
    place = chosen_place(ctx, form.values.get("location_id") or None)
    if form.record is None:
        return await _form_page(ctx, item, place, form, ValidationFailed(form.errors))
    outcome = await _book(ctx, item, form.record)
    if isinstance(outcome, AppError):
        return await _form_page(ctx, item, place, form, outcome)
    return ctx.redirect(f"/items/{item.id}", *_message(item, outcome))


async def post_receipt(ctx: Context) -> Json[Received]:
    """Book a delivery; the same client_ref again changes nothing."""
    asked = await ctx.parse(ReceiptRequest)
    item = await find_item(ctx.db, asked.item_id)
    outcome = await _book(ctx, item, asked)
    if isinstance(outcome, AppError):
        raise outcome
    return ctx.json(outcome, HTTPStatus.OK if outcome.duplicate else HTTPStatus.CREATED)


async def _book(ctx: Context, item: Item, delivery: Delivery) -> Received | AppError:
    """Book the delivery once, if the rules allow it; the refusal is a value, for a form shows it in place."""
    place = ctx.scope.at(delivery.location_id)
    earlier, lot = await asyncio.gather(
        earlier_receipt(ctx.db, ctx.scope, item, delivery, ctx.today),
        find_lot(ctx.db, place, item.id, delivery.lot_number),
    )
    if earlier is not None:
        return earlier
    problem = delivery_problem(item, lot, delivery, ctx.today)
    outcome = problem or await record_receipt(ctx.db, ctx.scope, ctx.actor, item, delivery)
    if isinstance(outcome, Received):
        await after_change(ctx, outcome.stock)
    return outcome


async def _form_page(
    ctx: Context, item: Item, place: Scope, form: Form[Delivery], refusal: AppError | None = None
) -> Response:
    """The form with what was typed and why it was refused; its version and reference are always fresh."""
    levels = await levels_of(ctx.db, place, item.id, ctx.today)
    return ctx.page(
        "receive.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"Receive {item.name}",
        item=item,
        location=place.locations[0],
        stock=levels[0] if levels else None,
        typed=form.values,
        errors=field_errors(refusal),
        refusal=refusal,
        client_ref=str(uuid4()),
    )


def _message(item: Item, received: Received) -> tuple[str, str]:
    """What the next page says, and its tone."""
    if received.duplicate:
        return "This delivery was already saved; nothing was added.", "info"
    quantity = received.movement.quantity_change
    return f"Received {quantity:,} of {item.name}; {received.stock.on_hand:,} on hand.", "success"


ROUTES = (
    Route("GET", "/items/{item_id}/receive", get_receive_page, RECEIVE),
    Route("POST", "/items/{item_id}/receive", post_receive, RECEIVE),
    Route("POST", "/api/v1/receipts", post_receipt, RECEIVE),
)
