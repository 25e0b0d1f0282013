"""Receiving what was ordered: by the form, with up to five lots of a line at once, and by a program."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from uuid import uuid4

from app_workers.inventory import labels
from app_workers.inventory.domain.orders import may_receive
from app_workers.inventory.live import tell_order
from app_workers.inventory.models.answers import WholeOrder
from app_workers.inventory.models.orders import Order, OrderReceipt
from app_workers.inventory.permissions import RECEIVE
from app_workers.inventory.routes.after import after_many
from app_workers.inventory.routes.forms import field_errors
from app_workers.inventory.routes.orders import told
from app_workers.inventory.store.order_receipts import receive_order
from app_workers.inventory.store.orders import find_order, lines_of_order
from ganger.context import Context
from ganger.errors import AppError, ValidationFailed
from ganger.http import Json, Response
from ganger.routing import Route

_PACKS = "packs."
_DIGITS = 6  # of a number of packs; no longer one is read
_LOTS = 5  # of a line in one form; what came in more is received again


async def get_receive_page(ctx: Context) -> Response:
    """Show the form for what arrived of an order."""
    return await _page(ctx, {})


async def post_receive_form(ctx: Context) -> Response:
    """Receive what the form says; a line without packs has not arrived."""
    typed = await ctx.request.form()
    line_ids = dict.fromkeys(name.split(".")[1] for name in typed if name.startswith(_PACKS))
    lines = [line for line_id in line_ids if (line := _line(typed, line_id))]
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


async def post_receipt(ctx: Context) -> Json[WholeOrder]:
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
    tell_order(ctx, order)
    await after_many(ctx, ctx.scope.at(order.location_id), item_ids)
    return order


def _line(typed: Mapping[str, str], line_id: str) -> dict[str, object] | None:
    """What was typed for a line, of which nothing may have arrived; numbers are checked with the record."""
    rows = [
        {name: typed.get(f"{name}.{line_id}.{number}", "").strip() for name in ("packs", "lot", "expires")}
        for number in range(_LOTS)
    ]
    filled = [row for row in rows if row["packs"] not in ("", "0") or row["lot"]]
    if not filled:
        return None
    packs = [row["packs"] for row in filled]
    is_number = all(text.isdecimal() and len(text) <= _DIGITS for text in packs)
    lots = [
        {"lot_number": row["lot"], "expires_on": row["expires"] or None, "packs": row["packs"]}
        for row in filled
        if row["lot"]
    ]
    return {
        "line_id": line_id,
        "packs": sum(int(text) for text in packs) if is_number else "",
        "lots": lots,
    }


async def _page(ctx: Context, typed: Mapping[str, str], refusal: AppError | None = None) -> Response:
    order = await find_order(ctx.db, ctx.scope, ctx.params["order_id"])
    lines = [line for line in await lines_of_order(ctx.db, ctx.scope, order.id) if line.open_packs]
    return ctx.page(
        "order_receive.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"Receive {order.order_number}",
        labels=labels,
        order=order,
        lines=lines,
        lot_rows=range(_LOTS),
        may_receive=may_receive(order),
        typed=typed,
        errors=_errors(refusal, [line.id for line in lines]),
        refusal=refusal,
        client_ref=str(uuid4()),
    )


def _errors(refusal: AppError | None, line_ids: Sequence[str]) -> dict[str, str]:
    """Why nothing was received, by the line that is to blame; where none is named, the first."""
    named = str(refusal.details.get("line_id")) if refusal else ""
    if named in line_ids:
        return {named: str(refusal)}
    messages = list(field_errors(refusal).values())
    return {line_ids[0]: messages[0]} if messages and line_ids else {}


ROUTES = (
    Route("GET", "/orders/{order_id}/receive", get_receive_page, RECEIVE),
    Route("POST", "/orders/{order_id}/receive", post_receive_form, RECEIVE),
    Route("POST", "/api/v1/orders/{order_id}/receive", post_receipt, RECEIVE),
)
