"""Using, wasting, adjusting and returning: by the form, and by a program."""

from http import HTTPStatus
from uuid import uuid4

from app_workers.inventory import labels
from app_workers.inventory.domain.changes import REASONS
from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.ledger import Change, Changed, ChangeRequest, ChangeType
from app_workers.inventory.models.stock import Prefill
from app_workers.inventory.permissions import USE
from app_workers.inventory.routes.after import after_change
from app_workers.inventory.routes.forms import field_errors
from app_workers.inventory.routes.places import chosen_place
from app_workers.inventory.routes.rights import demand_change
from app_workers.inventory.store.changes import record_change
from app_workers.inventory.store.items import find_item
from app_workers.inventory.store.levels import levels_of, lots_of
from app_workers.inventory.store.people import other_colleagues
from ganger.context import Context
from ganger.errors import AppError, NotFound, ValidationFailed
from ganger.forms import Form
from ganger.http import Json, Response
from ganger.routing import Route
from ganger.scope import Scope

_KINDS = {kind.value: kind for kind in ChangeType}


async def get_change_page(ctx: Context) -> Response:
    """Show the form for one kind of change of one item at one location."""
    kind = _kind(ctx)
    item = await find_item(ctx.db, ctx.params["item_id"])
    asked = ctx.query(Prefill)
    place = chosen_place(ctx, asked.location_id)
    return await _form_page(ctx, item, kind, place, Form(asked.typed()))


async def post_change(ctx: Context) -> Response:
    """Book the change of the form; if it cannot be, show the form again as it was typed."""
    kind = _kind(ctx)
    item = await find_item(ctx.db, ctx.params["item_id"])
    form = await ctx.form(Change)
    place = chosen_place(ctx, form.values.get("location_id") or None)
    if form.record is None:
        return await _form_page(ctx, item, kind, place, form, ValidationFailed(form.errors))
    asked = ChangeRequest(item_id=item.id, movement_type=kind, **form.record.model_dump())
    outcome = await _book(ctx, item, asked)
    if isinstance(outcome, AppError):
        return await _form_page(ctx, item, kind, place, form, outcome)
    return ctx.redirect(f"/items/{item.id}", *_message(item, outcome))


async def post_movement(ctx: Context) -> Json[Changed]:
    """Book a change; the same client_ref again changes nothing."""
    asked = await ctx.parse(ChangeRequest)
    demand_change(ctx, asked.movement_type)
    outcome = await _book(ctx, await find_item(ctx.db, asked.item_id), asked)
    if isinstance(outcome, AppError):
        raise outcome
    return ctx.json(outcome, HTTPStatus.OK if outcome.duplicate else HTTPStatus.CREATED)


def _kind(ctx: Context) -> ChangeType:
    """The kind of change that the address names, if the person may book it."""
    kind = _KINDS.get(ctx.params["movement_type"])
    if kind is None:
        raise NotFound("There is nothing at this address.")
    demand_change(ctx, kind)
    return kind


async def _book(ctx: Context, item: Item, asked: ChangeRequest) -> Changed | AppError:
    """Book the change once, if the rules allow it; the refusal is a value, for a form shows it in place."""
    outcome = await record_change(ctx.db, ctx.scope, ctx.actor, item, asked)
    if isinstance(outcome, Changed):
        await after_change(ctx, outcome.stock)
    return outcome


async def _form_page(
    ctx: Context,
    item: Item,
    kind: ChangeType,
    place: Scope,
    form: Form[Change],
    refusal: AppError | None = None,
) -> Response:
    """The form with what was typed and why it was refused; its reference is always fresh."""
    levels = await levels_of(ctx.db, place, item.id, ctx.today)
    is_witnessed = kind is ChangeType.WASTE and item.is_controlled
    return ctx.page(
        "change.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"{labels.CHANGES[kind]} {item.name}",
        labels=labels,
        item=item,
        kind=kind,
        reasons={reason: labels.REASONS[reason] for reason in REASONS[kind]},
        location=place.locations[0],
        stock=levels[0] if levels else None,
        lots=await lots_of(ctx.db, place, item.id) if item.is_lot_tracked else [],
        witnesses=await other_colleagues(ctx.db, ctx.user.id) if is_witnessed else [],
        typed=form.values,
        errors=field_errors(refusal),
        refusal=refusal,
        client_ref=str(uuid4()),
    )


def _message(item: Item, changed: Changed) -> tuple[str, str]:
    """What the next page says, and its tone."""
    if changed.duplicate:
        return "This was already saved; nothing was changed again.", "info"
    by_lot = "; ".join(
        f"{abs(each.quantity_change):,} of lot {each.lot_number}"
        for each in changed.movements
        if each.lot_number
    )
    first = changed.movements[0]
    what = labels.MOVEMENT_TYPES[first.movement_type]
    total = sum(each.quantity_change for each in changed.movements)
    sign = f"{total:+,}" if first.movement_type == ChangeType.ADJUSTMENT else f"{-total:,}"
    lots = f" ({by_lot})" if by_lot else ""
    return f"{what} {sign} of {item.name}{lots}; {changed.stock.on_hand:,} on hand.", "success"


ROUTES = (
    Route("GET", "/items/{item_id}/movements/{movement_type}", get_change_page, USE),
    Route("POST", "/items/{item_id}/movements/{movement_type}", post_change, USE),
    Route("POST", "/api/v1/movements", post_movement, USE),
)
