"""Receiving what was ordered: by the form, with up to five lots of a line at once, and by a program."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from uuid import uuid4

from app_workers.inventory import labels
from app_workers.inventory.domain.orders import may_receive
from app_workers.inventory.domain.receive_scans import LOTS, Filled, packs_of, scanned_in
from app_workers.inventory.domain.scanning import MAX_CODE, parse_scan
from app_workers.inventory.errors import BarcodeUnknown
from app_workers.inventory.live import tell_order
from app_workers.inventory.models.answers import WholeOrder
from app_workers.inventory.models.orders import Order, OrderReceipt
from app_workers.inventory.permissions import RECEIVE
from app_workers.inventory.routes.after import after_many
from app_workers.inventory.routes.forms import field_errors
from app_workers.inventory.routes.kept import kept_scanned
from app_workers.inventory.routes.orders import told
from app_workers.inventory.store.order_receipts import receive_order
from app_workers.inventory.store.orders import find_order, lines_of_order
from app_workers.inventory.store.scanning import count_unmatched
from ganger.camera import with_camera
from ganger.context import Context
from ganger.errors import AppError, ValidationFailed
from ganger.http import Json, Response
from ganger.routing import Route

_PACKS = "packs."
_SCAN, _ADD = "scan", "add"  # the field of the code, and the button that adds it


async def get_receive_page(ctx: Context) -> Response:
    """Show the form for what arrived of an order."""
    return await _page(ctx, {})


async def post_receive_form(ctx: Context) -> Response:
    """Receive what the form says, or add its scan to it; a line without packs has not arrived."""
    typed = await ctx.request.form()
    if _ADD in typed:
        return await _scan_page(ctx, typed)
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


async def _scan_page(ctx: Context, typed: Mapping[str, str]) -> Response:
    """The form with the scanned code in it, else as it was typed; nothing is received yet."""
    done = await _scanned(ctx, typed, typed.get(_SCAN, "").strip())
    if isinstance(done, AppError):
        return await _page(ctx, typed, scan_refusal=done)
    more = "pack" if done.packs == 1 else "packs"
    said = f"{done.line.item_name}: {done.packs:,} {more}, of {done.line.open_packs:,} to come."
    return await _page(ctx, {**done.typed, _SCAN: ""}, said=said)


async def _scanned(ctx: Context, typed: Mapping[str, str], code: str) -> Filled | AppError:
    parsed = parse_scan(code)
    if not 1 <= len(parsed.barcode) <= MAX_CODE:
        return ValidationFailed({_SCAN: "is no barcode" if code else "is required"})
    order = await find_order(ctx.db, ctx.scope, ctx.params["order_id"])
    try:
        found = await kept_scanned(ctx, parsed, code)
    except BarcodeUnknown as unknown:
        await count_unmatched(ctx.db, ctx.scope.at(order.location_id), ctx.actor, parsed, code)
        return unknown
    return scanned_in(await lines_of_order(ctx.db, ctx.scope, order.id), typed, found, parsed)


def _line(typed: Mapping[str, str], line_id: str) -> dict[str, object] | None:
    """What was typed for a line, of which nothing may have arrived; numbers are checked with the record."""
    rows = [
        {name: typed.get(f"{name}.{line_id}.{number}", "").strip() for name in ("packs", "lot", "expires")}
        for number in range(LOTS)
    ]
    filled = [row for row in rows if row["packs"] not in ("", "0") or row["lot"]]
    if not filled:
        return None
    packs = [packs_of(row["packs"]) for row in filled]
    lots = [
        {"lot_number": row["lot"], "expires_on": row["expires"] or None, "packs": row["packs"]}
        for row in filled
        if row["lot"]
    ]
    return {
        "line_id": line_id,
        "packs": "" if None in packs else sum(number or 0 for number in packs),
        "lots": lots,
    }


async def _page(
    ctx: Context,
    typed: Mapping[str, str],
    refusal: AppError | None = None,
    *,
    scan_refusal: AppError | None = None,
    said: str = "",
) -> Response:
    order = await find_order(ctx.db, ctx.scope, ctx.params["order_id"])
    lines = [line for line in await lines_of_order(ctx.db, ctx.scope, order.id) if line.open_packs]
    failed = refusal or scan_refusal
    page = ctx.page(
        "order_receive.html",
        failed.status if failed else HTTPStatus.OK,
        page_title=f"Receive {order.order_number}",
        labels=labels,
        order=order,
        lines=lines,
        lot_rows=range(LOTS),
        may_receive=may_receive(order),
        typed=typed,
        errors=_errors(refusal, [line.id for line in lines]),
        refusal=refusal,
        scan_error=field_errors(scan_refusal).get(_SCAN, str(scan_refusal)) if scan_refusal else None,
        said=said,
        client_ref=str(uuid4()),
    )
    return with_camera(page)


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
