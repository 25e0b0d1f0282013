"""What takes a transfer further: its lines, shipping, receiving and cancelling."""

from collections.abc import Awaitable, Callable

from app_workers.inventory.domain.scanning import parse_scan
from app_workers.inventory.domain.transfers import draft_step_problem
from app_workers.inventory.errors import BarcodeUnknown
from app_workers.inventory.live import tell_transfer
from app_workers.inventory.models.answers import WholeTransfer
from app_workers.inventory.models.transfers import LineEntry, Receipt, Transfer, TransferStep
from app_workers.inventory.permissions import TRANSFER
from app_workers.inventory.routes.after import after_many
from app_workers.inventory.routes.kept import kept_scanned
from app_workers.inventory.routes.transfers import told, transfer_page
from app_workers.inventory.store.transfer_drafts import set_line
from app_workers.inventory.store.transfer_moves import Moved, cancel, receive, ship
from app_workers.inventory.store.transfer_steps import outdated
from app_workers.inventory.store.transfers import find_transfer
from ganger.context import Context
from ganger.errors import AppError, ValidationFailed
from ganger.forms import R
from ganger.http import Json, Response
from ganger.routing import Route

_RECEIVED = "received."


async def post_line(ctx: Context) -> Response:
    """Put the line of the form into a draft, or take it away."""
    form = await ctx.form(LineEntry)
    if form.record is None:
        return await transfer_page(ctx, form.values, ValidationFailed(form.errors))
    done = await _set_line(ctx, form.record)
    if isinstance(done, AppError):
        return await transfer_page(ctx, form.values, done)
    return ctx.redirect(f"/transfers/{done.id}")


async def post_ship_form(ctx: Context) -> Response:
    """Ship the transfer of the page."""
    return await _answer(ctx, await _of_form(ctx, TransferStep, _ship), "Shipped: it is on its way.")


async def post_receive_form(ctx: Context) -> Response:
    """Receive the transfer of the page; a quantity that was left empty did not arrive."""
    typed = await ctx.request.form()
    lines = [
        {"line_id": name.removeprefix(_RECEIVED), "received_quantity": value.strip() or "0"}
        for name, value in typed.items()
        if name.startswith(_RECEIVED)
    ]
    try:
        asked = Receipt.checked({"version": typed.get("version"), "lines": lines})
    except ValidationFailed as error:
        return await transfer_page(
            ctx, typed, ValidationFailed({"lines": "must be whole numbers"}) if lines else error
        )
    return await _answer(ctx, await _receive(ctx, asked), "Received.", typed)


async def post_cancel_form(ctx: Context) -> Response:
    """Cancel the transfer of the page."""
    return await _answer(ctx, await _of_form(ctx, TransferStep, _cancel), "Cancelled.")


async def post_shipment(ctx: Context) -> Json[WholeTransfer]:
    """Ship a transfer."""
    return await _told(ctx, await _ship(ctx, await ctx.parse(TransferStep)))


async def post_arrival(ctx: Context) -> Json[WholeTransfer]:
    """Receive a transfer."""
    return await _told(ctx, await _receive(ctx, await ctx.parse(Receipt)))


async def post_withdrawal(ctx: Context) -> Json[WholeTransfer]:
    """Cancel a transfer."""
    return await _told(ctx, await _cancel(ctx, await ctx.parse(TransferStep)))


async def _set_line(ctx: Context, asked: LineEntry) -> Transfer | AppError:
    transfer = await find_transfer(ctx.db, ctx.scope, ctx.params["transfer_id"])
    if transfer.version != asked.version:
        return outdated(transfer)
    problem = draft_step_problem(transfer)
    if problem is not None:
        return problem
    try:
        found = await kept_scanned(ctx, parse_scan(asked.barcode), asked.barcode)
    except BarcodeUnknown as unknown:
        return unknown
    return await set_line(ctx.db, ctx.scope, ctx.actor, transfer, found.item.id, asked)


async def _ship(ctx: Context, asked: TransferStep) -> Transfer | AppError:
    moved = await ship(ctx.db, ctx.scope, ctx.actor, ctx.params["transfer_id"], asked.version)
    return await _tell(ctx, moved, to_source=True)


async def _receive(ctx: Context, asked: Receipt) -> Transfer | AppError:
    moved = await receive(ctx.db, ctx.scope, ctx.actor, ctx.params["transfer_id"], asked)
    return await _tell(ctx, moved, to_source=False)


async def _cancel(ctx: Context, asked: TransferStep) -> Transfer | AppError:
    moved = await cancel(ctx.db, ctx.scope, ctx.actor, ctx.params["transfer_id"], asked.version)
    return await _tell(ctx, moved, to_source=True)


async def _tell(ctx: Context, moved: Moved | AppError, *, to_source: bool) -> Transfer | AppError:
    """Tell the viewers of both locations of the transfer, and those of one of the stock that has changed."""
    if isinstance(moved, AppError):
        return moved
    transfer, item_ids = moved
    tell_transfer(ctx, transfer)
    if item_ids:
        place = ctx.scope.at(transfer.from_location_id if to_source else transfer.to_location_id)
        await after_many(ctx, place, item_ids)
    return transfer


async def _of_form(
    ctx: Context, model: type[R], step: Callable[[Context, R], Awaitable[Transfer | AppError]]
) -> Transfer | AppError:
    form = await ctx.form(model)
    return ValidationFailed(form.errors) if form.record is None else await step(ctx, form.record)


async def _answer(
    ctx: Context, done: Transfer | AppError, message: str, typed: dict[str, str] | None = None
) -> Response:
    if isinstance(done, AppError):
        return await transfer_page(ctx, typed or {}, done)
    return ctx.redirect(f"/transfers/{done.id}", message)


async def _told(ctx: Context, done: Transfer | AppError) -> Json[WholeTransfer]:
    if isinstance(done, AppError):
        raise done
    return await told(ctx, done)


ROUTES = (
    Route("POST", "/transfers/{transfer_id}/lines", post_line, TRANSFER),
    Route("POST", "/transfers/{transfer_id}/ship", post_ship_form, TRANSFER),
    Route("POST", "/transfers/{transfer_id}/receive", post_receive_form, TRANSFER),
    Route("POST", "/transfers/{transfer_id}/cancel", post_cancel_form, TRANSFER),
    Route("POST", "/api/v1/transfers/{transfer_id}/ship", post_shipment, TRANSFER),
    Route("POST", "/api/v1/transfers/{transfer_id}/receive", post_arrival, TRANSFER),
    Route("POST", "/api/v1/transfers/{transfer_id}/cancel", post_withdrawal, TRANSFER),
)
