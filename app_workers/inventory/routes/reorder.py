"""What is to be bought for a location, and the orders that this becomes."""

from collections.abc import Mapping
from http import HTTPStatus
from itertools import groupby
from uuid import uuid4

from app_workers.inventory.domain.reorder import orders_of
from app_workers.inventory.live import tell_order
from app_workers.inventory.models.answers import DraftedOrders, Reorder, VendorSuggestions
from app_workers.inventory.models.orders import Order
from app_workers.inventory.models.reorder import SuggestedOrders, Suggestion
from app_workers.inventory.models.stock import PlaceQuery
from app_workers.inventory.permissions import ORDER, VIEW
from app_workers.inventory.routes.forms import field_errors
from app_workers.inventory.routes.places import chosen_place
from app_workers.inventory.store.order_drafts import draft_orders
from app_workers.inventory.store.reorder import suggestions_at
from app_workers.inventory.store.vendors import offers_in_force
from ganger.context import Context
from ganger.errors import AppError, ValidationFailed
from ganger.http import Json, Response
from ganger.routing import Route
from ganger.scope import Scope

_PACKS = "packs."


async def get_reorder_page(ctx: Context) -> Response:
    """Show what is to be bought for a location, by vendor."""
    return await _page(ctx, chosen_place(ctx, ctx.query(PlaceQuery).location_id), {})


async def post_reorder_form(ctx: Context) -> Response:
    """Draft the orders of the form; what was emptied is not ordered."""
    typed = await ctx.request.form()
    lines = [
        {"item_id": name.removeprefix(_PACKS), "packs": packs.strip()}
        for name, packs in typed.items()
        if name.startswith(_PACKS) and packs.strip() not in ("", "0")
    ]
    place = chosen_place(ctx, typed.get("location_id"))
    body = {"location_id": place.location_ids[0], "client_ref": typed.get("client_ref"), "lines": lines}
    try:
        asked = SuggestedOrders.checked(body)
    except ValidationFailed:
        wrong = "must be whole packs, of at most 50 items" if lines else "are required"
        return await _page(ctx, place, typed, ValidationFailed({"lines": wrong}))
    done = await _draft(ctx, asked)
    if isinstance(done, AppError):
        return await _page(ctx, place, typed, done)
    orders, _ = done
    return ctx.redirect("/orders?status=draft", f"{len(orders)} drafted.")


async def get_reorder(ctx: Context) -> Json[Reorder]:
    """Return what is to be bought for a location, by vendor."""
    place = chosen_place(ctx, ctx.query(PlaceQuery).location_id)
    groups = _by_vendor(await suggestions_at(ctx.db, place, ctx.today))
    return ctx.json({"vendors": [_told(name, each) for name, each in groups.items()]})


async def post_from_suggestions(ctx: Context) -> Json[DraftedOrders]:
    """Draft an order for each vendor; the same client_ref again drafts none."""
    done = await _draft(ctx, await ctx.parse(SuggestedOrders))
    if isinstance(done, AppError):
        raise done
    orders, is_earlier = done
    return ctx.json({"orders": orders}, HTTPStatus.OK if is_earlier else HTTPStatus.CREATED)


async def _draft(ctx: Context, asked: SuggestedOrders) -> tuple[list[Order], bool] | AppError:
    offers = await offers_in_force(ctx.db, [line.item_id for line in asked.lines])
    orders = orders_of(asked, offers)
    if isinstance(orders, AppError):
        return orders
    drafted = await draft_orders(ctx.db, ctx.scope, ctx.actor, orders)
    if not isinstance(drafted, AppError):
        for order in drafted[0]:
            tell_order(ctx, order)
    return drafted


def _told(vendor_name: str, suggestions: list[Suggestion]) -> VendorSuggestions:
    return {"vendor_name": vendor_name or None, "suggestions": suggestions}


def _by_vendor(suggestions: list[Suggestion]) -> dict[str, list[Suggestion]]:
    """By the name of the vendor; under an empty one, last, what nobody is known to sell."""

    def vendor(each: Suggestion) -> str:
        return each.offer.vendor_name if each.offer else ""

    ordered = sorted(suggestions, key=lambda each: (vendor(each) == "", vendor(each)))
    return {name: list(group) for name, group in groupby(ordered, key=vendor)}


async def _page(
    ctx: Context, place: Scope, typed: Mapping[str, str], refusal: AppError | None = None
) -> Response:
    return ctx.page(
        "reorder.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title="Reorder",
        location=place.locations[0],
        groups=_by_vendor(await suggestions_at(ctx.db, place, ctx.today)),
        typed=typed,
        errors=field_errors(refusal),
        refusal=refusal,
        client_ref=str(uuid4()),
    )


ROUTES = (
    Route("GET", "/reorder", get_reorder_page, VIEW),
    Route("POST", "/reorder", post_reorder_form, ORDER),
    Route("GET", "/api/v1/reorder", get_reorder, VIEW),
    Route("POST", "/api/v1/orders/from-suggestions", post_from_suggestions, ORDER),
)
