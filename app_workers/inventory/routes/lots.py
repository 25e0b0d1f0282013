"""Lots: their list, and holding one back or giving it free."""

from http import HTTPStatus

from app_workers.inventory import labels
from app_workers.inventory.domain.levels import lot_condition
from app_workers.inventory.models.stock import ListedLot, Lot, LotAction, LotDecision, LotFileQuery, LotQuery
from app_workers.inventory.permissions import ADJUST, VIEW
from app_workers.inventory.routes.after import after_change
from app_workers.inventory.routes.downloads import csv_file
from app_workers.inventory.routes.forms import field_errors
from app_workers.inventory.store.items import find_item
from app_workers.inventory.store.levels import levels_of
from app_workers.inventory.store.lots import decide_lot, lot_of_id, lots_in
from ganger.context import Context, Listed, items
from ganger.downloads import MAX_LINES, Format
from ganger.errors import AppError, ValidationFailed
from ganger.exports import count_export
from ganger.forms import Form
from ganger.http import File, Json, Response
from ganger.permissions import is_allowed
from ganger.routing import Route
from ganger.scope import Scope

_HEADER = ("Lot", "Item", "SKU", "Location", "Expires", "Quantity", "Condition")


async def get_lots_page(ctx: Context) -> Response:
    """Show the lots that hold something, soonest expiry first."""
    asked = ctx.query(LotQuery)
    listed, total = await lots_in(ctx.db, _asked_scope(ctx, asked), asked, ctx.today)
    return ctx.page(
        "lots.html",
        page_title="Lots",
        labels=labels,
        asked=asked,
        listed=[(line, lot_condition(line.lot, ctx.today)) for line in listed],
        total=total,
        place_names={location.id: location.name for location in ctx.scope.locations},
        may_adjust=is_allowed(ctx.user, ADJUST),
        query_string=ctx.request.query_string,
        url=f"{ctx.url('/lots')}?{ctx.request.query_string}",
    )


async def get_lots(ctx: Context) -> Json[Listed[ListedLot]] | File:
    """List the lots that hold something, soonest expiry first."""
    asked = ctx.query(LotFileQuery)
    scope = _asked_scope(ctx, asked)
    if asked.format is Format.CSV:
        return await _lots_file(ctx, scope, asked)
    listed, total = await lots_in(ctx.db, scope, asked, ctx.today)
    return ctx.json(items(listed, asked.page, asked.limit, total))


async def get_quarantine_page(ctx: Context) -> Response:
    """Show the form that holds a lot back."""
    return await _form_page(ctx, LotAction.QUARANTINE, Form())


async def get_release_page(ctx: Context) -> Response:
    """Show the form that gives a lot free."""
    return await _form_page(ctx, LotAction.RELEASE, Form())


async def post_quarantine_form(ctx: Context) -> Response:
    """Hold back the lot of the form."""
    return await _decide_by_form(ctx, LotAction.QUARANTINE)


async def post_release_form(ctx: Context) -> Response:
    """Give the lot of the form free."""
    return await _decide_by_form(ctx, LotAction.RELEASE)


async def post_quarantine(ctx: Context) -> Json[Lot]:
    """Hold a lot back."""
    return await _decide_by_program(ctx, LotAction.QUARANTINE)


async def post_release(ctx: Context) -> Json[Lot]:
    """Give a lot free."""
    return await _decide_by_program(ctx, LotAction.RELEASE)


async def _lots_file(ctx: Context, scope: Scope, asked: LotQuery) -> File:
    await count_export(ctx)
    everything = asked.model_copy(update={"page": 1, "limit": MAX_LINES + 1})
    listed, _ = await lots_in(ctx.db, scope, everything, ctx.today)
    places = {location.id: location.name for location in scope.locations}
    rows = (
        [
            line.lot.lot_number,
            line.item_name,
            line.sku,
            places[line.lot.location_id],
            line.lot.expires_on.isoformat() if line.lot.expires_on else None,
            line.lot.quantity,
            labels.CONDITIONS[lot_condition(line.lot, ctx.today)],
        ]
        for line in listed
    )
    return await csv_file(ctx, scope, "lots", _HEADER, rows)


async def _decide_by_program(ctx: Context, action: LotAction) -> Json[Lot]:
    asked = await ctx.parse(LotDecision)
    outcome = await _decide(ctx, action, asked)
    if isinstance(outcome, AppError):
        raise outcome
    return ctx.json(outcome)


async def _decide_by_form(ctx: Context, action: LotAction) -> Response:
    form = await ctx.form(LotDecision)
    if form.record is None:
        return await _form_page(ctx, action, form, ValidationFailed(form.errors))
    outcome = await _decide(ctx, action, form.record)
    if isinstance(outcome, AppError):
        return await _form_page(ctx, action, form, outcome)
    done = "is in quarantine" if action is LotAction.QUARANTINE else "may be used again"
    return ctx.redirect(f"/items/{outcome.item_id}", f"Lot {outcome.lot_number} {done}.")


async def _decide(ctx: Context, action: LotAction, asked: LotDecision) -> Lot | AppError:
    lot = await lot_of_id(ctx.db, ctx.scope, ctx.params["lot_id"])
    outcome = await decide_lot(ctx.db, ctx.scope, ctx.actor, lot, action, asked.reason)
    if isinstance(outcome, Lot):
        levels = await levels_of(ctx.db, ctx.scope.at(lot.location_id), lot.item_id, ctx.today)
        await after_change(ctx, levels[0])
    return outcome


async def _form_page(
    ctx: Context, action: LotAction, form: Form[LotDecision], refusal: AppError | None = None
) -> Response:
    lot = await lot_of_id(ctx.db, ctx.scope, ctx.params["lot_id"])
    item = await find_item(ctx.db, lot.item_id)
    return ctx.page(
        "lot_decision.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"{labels.LOT_ACTIONS[action]} lot {lot.lot_number}",
        labels=labels,
        action=action,
        item=item,
        lot=lot,
        location=ctx.scope.at(lot.location_id).locations[0],
        typed=form.values,
        errors=field_errors(refusal),
        refusal=refusal,
    )


def _asked_scope(ctx: Context, asked: LotQuery) -> Scope:
    return ctx.scope.at(asked.location_id) if asked.location_id else ctx.scope


ROUTES = (
    Route("GET", "/lots", get_lots_page, VIEW),
    Route("GET", "/lots/{lot_id}/quarantine", get_quarantine_page, ADJUST),
    Route("POST", "/lots/{lot_id}/quarantine", post_quarantine_form, ADJUST),
    Route("GET", "/lots/{lot_id}/release", get_release_page, ADJUST),
    Route("POST", "/lots/{lot_id}/release", post_release_form, ADJUST),
    Route("GET", "/api/v1/lots", get_lots, VIEW),
    Route("POST", "/api/v1/lots/{lot_id}/quarantine", post_quarantine, ADJUST),
    Route("POST", "/api/v1/lots/{lot_id}/release", post_release, ADJUST),
)
