"""What takes an order further: its lines, what else stands on it, and its steps."""

from collections.abc import Mapping

from app_workers.inventory.domain.scanning import parse_scan
from app_workers.inventory.errors import BarcodeUnknown
from app_workers.inventory.live import tell_order
from app_workers.inventory.models.answers import WholeOrder
from app_workers.inventory.models.orders import (
    LineEntry,
    Order,
    OrderAction,
    OrderDetails,
    OrderEdit,
    OrderForm,
    OrderStep,
)
from app_workers.inventory.permissions import ORDER
from app_workers.inventory.routes.kept import kept_scanned
from app_workers.inventory.routes.orders import RIGHTS, is_superadmin, order_page, told
from app_workers.inventory.store.order_drafts import edit_order
from app_workers.inventory.store.order_steps import take_action
from app_workers.inventory.store.orders import find_order, lines_of_order
from ganger.context import Context
from ganger.errors import AppError, ValidationFailed
from ganger.http import Json, Response
from ganger.routing import Handler, Route


async def post_line(ctx: Context) -> Response:
    """Put the line of the form into a draft, or take it away."""
    form = await ctx.form(LineEntry)
    done: Order | AppError
    if form.record is None:
        done = ValidationFailed(form.errors)
    else:
        done = await _set_line(ctx, form.record)
    return await _answer(ctx, done, form.values)


async def post_details(ctx: Context) -> Response:
    """Write what else stands on the order of the page."""
    form = await ctx.form(OrderForm)
    done: Order | AppError
    if form.record is None:
        done = ValidationFailed(form.errors)
    else:
        done = await _edit(ctx, form.record.edit())
    return await _answer(ctx, done, form.values, "Saved.")


def _of_form(action: OrderAction) -> Handler:
    async def post_step_form(ctx: Context) -> Response:
        form = await ctx.form(OrderStep)
        done: Order | AppError
        if form.record is None:
            done = ValidationFailed(form.errors)
        else:
            done = await _take(ctx, action, form.record)
        return await _answer(ctx, done, form.values)

    return post_step_form


def _of_program(action: OrderAction) -> Handler:
    async def post_step(ctx: Context) -> Json[WholeOrder]:
        """Take an order one step further, the step that the address names."""
        done = await _take(ctx, action, await ctx.parse(OrderStep))
        if isinstance(done, AppError):
            raise done
        return await told(ctx, done)

    return post_step


async def _set_line(ctx: Context, asked: LineEntry) -> Order | AppError:
    try:
        found = await kept_scanned(ctx, parse_scan(asked.barcode), asked.barcode)
    except BarcodeUnknown as unknown:
        return unknown
    order = await find_order(ctx.db, ctx.scope, ctx.params["order_id"])
    packs = {line.item_id: line.quantity_packs for line in await lines_of_order(ctx.db, ctx.scope, order.id)}
    packs[found.item.id] = asked.quantity_packs
    plain = order.plain()
    kept = {name: plain[name] for name in OrderDetails.model_fields}
    lines = [{"item_id": each, "quantity_packs": number} for each, number in packs.items() if number]
    try:
        edit = OrderEdit.checked({**kept, "version": asked.version, "lines": lines})
    except ValidationFailed as error:  # too many lines
        return error
    return await _edit(ctx, edit)


async def _edit(ctx: Context, edit: OrderEdit) -> Order | AppError:
    return _tell(ctx, await edit_order(ctx.db, ctx.scope, ctx.actor, ctx.params["order_id"], edit))


async def _take(ctx: Context, action: OrderAction, asked: OrderStep) -> Order | AppError:
    done = await take_action(
        ctx.db,
        ctx.scope,
        ctx.actor,
        ctx.params["order_id"],
        action,
        asked,
        is_superadmin=is_superadmin(ctx),
    )
    return _tell(ctx, done)


def _tell(ctx: Context, done: Order | AppError) -> Order | AppError:
    """Tell the viewers of the location's orders of what was done."""
    if isinstance(done, Order):
        tell_order(ctx, done)
    return done


async def _answer(
    ctx: Context, done: Order | AppError, typed: Mapping[str, str], message: str | None = None
) -> Response:
    if isinstance(done, AppError):
        return await order_page(ctx, typed, done)
    return ctx.redirect(f"/orders/{done.id}", message)


ROUTES = (
    Route("POST", "/orders/{order_id}/lines", post_line, ORDER),
    Route("POST", "/orders/{order_id}/details", post_details, ORDER),
    *(
        Route("POST", f"/orders/{{order_id}}/{action}", _of_form(action), right)
        for action, right in RIGHTS.items()
    ),
    *(
        Route("POST", f"/api/v1/orders/{{order_id}}/{action}", _of_program(action), right)
        for action, right in RIGHTS.items()
    ),
)
