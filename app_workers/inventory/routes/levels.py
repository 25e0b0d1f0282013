"""The levels of an item at a location: by the form, and by a program."""

from http import HTTPStatus

from app_workers.inventory.domain.catalogue import levels_problem
from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.drafts import LevelsDraft, LevelsForm
from app_workers.inventory.models.stock import PlaceQuery, StockLevel
from app_workers.inventory.permissions import MANAGE_CATALOG
from app_workers.inventory.routes.after import after_change
from app_workers.inventory.routes.forms import field_errors, typed_of
from app_workers.inventory.routes.places import chosen_place
from app_workers.inventory.store.items import find_item
from app_workers.inventory.store.level_changes import set_levels
from app_workers.inventory.store.levels import levels_of
from app_workers.inventory.store.settings import settings_at
from ganger.context import Context
from ganger.errors import AppError, ValidationFailed
from ganger.forms import Form
from ganger.http import Json, Response
from ganger.routing import Route
from ganger.scope import Scope


async def get_levels_page(ctx: Context) -> Response:
    """Show the form for the levels of an item at one location."""
    item = await find_item(ctx.db, ctx.params["item_id"])
    place = chosen_place(ctx, ctx.query(PlaceQuery).location_id)
    levels = await levels_of(ctx.db, place, item.id, ctx.today)
    typed = typed_of(levels[0]) if levels else await _proposed(ctx, place)
    return _form_page(ctx, item, place, levels, Form(typed))


async def post_levels(ctx: Context) -> Response:
    """Write the levels of the form."""
    item = await find_item(ctx.db, ctx.params["item_id"])
    form = await ctx.form(LevelsForm)
    place = chosen_place(ctx, form.values.get("location_id") or None)
    outcome = (
        ValidationFailed(form.errors) if form.record is None else await _set(ctx, place, item, form.record)
    )
    if isinstance(outcome, AppError):
        levels = await levels_of(ctx.db, place, item.id, ctx.today)
        return _form_page(ctx, item, place, levels, form, outcome)
    return ctx.redirect(f"/items/{item.id}", f"Levels at {place.locations[0].name} are saved.")


async def put_levels(ctx: Context) -> Json[StockLevel]:
    """Write the levels of an item at a location."""
    place = ctx.scope.at(ctx.params["location_id"])
    item = await find_item(ctx.db, ctx.params["item_id"])
    outcome = await _set(ctx, place, item, await ctx.parse(LevelsDraft))
    if isinstance(outcome, AppError):
        raise outcome
    return ctx.json(outcome)


async def _proposed(ctx: Context, place: Scope) -> dict[str, str]:
    """What stands in the form of an item that never had levels here."""
    threshold = (await settings_at(ctx.db, place)).low_stock_threshold
    return {"reorder_point": str(threshold), "par_level": str(2 * threshold)}


async def _set(ctx: Context, place: Scope, item: Item, asked: LevelsDraft) -> StockLevel | AppError:
    draft = LevelsDraft(**asked.model_dump(exclude={"location_id"}))
    outcome = levels_problem(draft) or await set_levels(ctx.db, place, ctx.actor, item, draft)
    if isinstance(outcome, StockLevel):
        await after_change(ctx, outcome)
    return outcome


def _form_page(
    ctx: Context,
    item: Item,
    place: Scope,
    levels: list[StockLevel],
    form: Form[LevelsForm],
    refusal: AppError | None = None,
) -> Response:
    """The form with what was typed and why it was refused; its version is always fresh."""
    return ctx.page(
        "levels_form.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"Levels of {item.name}",
        item=item,
        location=place.locations[0],
        stock=levels[0] if levels else None,
        typed=form.values,
        errors=field_errors(refusal),
        refusal=refusal,
    )


ROUTES = (
    Route("GET", "/items/{item_id}/levels", get_levels_page, MANAGE_CATALOG),
    Route("POST", "/items/{item_id}/levels", post_levels, MANAGE_CATALOG),
    Route("PUT", "/api/v1/stock/{item_id}/{location_id}", put_levels, MANAGE_CATALOG),
)
