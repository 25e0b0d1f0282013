"""Receiving what was ordered: by the form, one lot of a line at a time, and by a program."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import uuid4

from app_workers.inventory import labels
from app_workers.inventory.domain.orders import may_receive
from app_workers.inventory.models.orders import Order, OrderReceipt
from app_workers.inventory.permissions import RECEIVE
from app_workers.inventory.routes.after import after_many
from app_workers.inventory.routes.forms import field_errors
from app_workers.inventory.routes.orders import told
from app_workers.inventory.store.order_receipts import receive_order
from app_workers.inventory.store.orders import find_order, lines_of_order
from ganger.context import Context
from ganger.errors import AppError, ValidationFailed
from ganger.http import Response
from ganger.routing import Route

_PACKS = "packs."


async def get_receive_page(ctx: Context) -> Response:
    """Show the form for what arrived of an order."""
    return await _page(ctx, {})


async def post_receive_form(ctx: Context) -> Response:
    """Receive what the form says; a line without packs has not arrived."""
    typed = await ctx.request.form()
    lines = [
        _line(typed, name.removeprefix(_PACKS), packs.strip())
        for name, packs in typed.items()
        if name.startswith(_PACKS) and packs.strip() not in ("", "0")
    ]
    try:
        asked = OrderReceipt.checked({"client_ref": typed.get("client_ref"), "lines": lines})
    except ValidationFailed as error:
        wrong = "must have whole packs from 1, lot numbers and dates" if lines else "are required"
        fields = error.fields if "client_ref" in error.fields else {"lines": wrong}
        return await _page(ctx, typed, ValidationFailed(fields))
    done = await _receive(ctx, asked)
    if isinstance(done, AppError):
        return await _page(ctx, typed, done)
    return ctx.redirect(f"/orders/{done.id}", "Received.")


async def post_receipt(ctx: Context) -> Response:
    """Receive what arrived of an order; the same client_ref again receives nothing more."""
    done = await _receive(ctx, await ctx.parse(OrderReceipt))
    if isinstance(done, AppError):
        raise done
    return await told(ctx, done)


async def _receive(ctx: Context, asked: OrderReceipt) -> Order | AppError:
    done = await receive_order(ctx.db, ctx.scope, ctx.actor, ctx.params["order_id"], asked)
    if isinstance(done, AppError):
        return done
    order, item_ids = done
    await after_many(ctx, ctx.scope.at(order.location_id), item_ids)
    return order


def _line(typed: Mapping[str, str], line_id: str, packs: str) -> dict[str, object]:
    lot = {"lot_number": typed.get(f"lot.{line_id}", ""), "packs": packs}
    expires_on = typed.get(f"expires.{line_id}", "")
    dated = lot | ({"expires_on": expires_on} if expires_on else {})
    return {"line_id": line_id, "packs": packs, "lots": [dated] if lot["lot_number"].strip() else []}


async def _page(ctx: Context, typed: Mapping[str, str], refusal: AppError | None = None) -> Response:
    order = await find_order(ctx.db, ctx.scope, ctx.params["order_id"])
    errors = field_errors(refusal)
    return ctx.page(
        "order_receive.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"Receive {order.order_number}",
        labels=labels,
        order=order,
        lines=[line for line in await lines_of_order(ctx.db, ctx.scope, order.id) if line.open_packs],
        may_receive=may_receive(order),
        typed=typed,
        errors={"lines": next(iter(errors.values()))} if errors else {},
        refusal=refusal,
        client_ref=str(uuid4()),
    )


ROUTES = (
    Route("GET", "/orders/{order_id}/receive", get_receive_page, RECEIVE),
    Route("POST", "/orders/{order_id}/receive", post_receive_form, RECEIVE),
    Route("POST", "/api/v1/orders/{order_id}/receive", post_receipt, RECEIVE),
)
