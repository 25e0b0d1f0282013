"""The catalogue with stock: its list and one item, as pages and for programs."""

import asyncio
from http import HTTPStatus

from app_workers.inventory import labels
from app_workers.inventory.domain.levels import lot_condition
from app_workers.inventory.listing import stock_rows
from app_workers.inventory.models.answers import WholeItem
from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.drafts import BarcodeDraft
from app_workers.inventory.models.ledger import MovementQuery
from app_workers.inventory.models.stock import ItemQuery, ListedItem
from app_workers.inventory.permissions import ADJUST, MANAGE_CATALOG, VIEW
from app_workers.inventory.routes.forms import field_errors
from app_workers.inventory.routes.places import chosen_place
from app_workers.inventory.routes.rights import changes_allowed
from app_workers.inventory.store.barcodes import barcodes_of
from app_workers.inventory.store.items import find_item, items_at
from app_workers.inventory.store.levels import levels_of, lots_of
from app_workers.inventory.store.movements import movements_in
from app_workers.inventory.store.vendors import offers_of, vendor_names
from ganger.context import Context, Listed, items
from ganger.errors import AppError
from ganger.forms import Form
from ganger.http import Json, Response
from ganger.permissions import is_allowed
from ganger.routing import Route

_MOST_VENDORS = 100


async def get_items_page(ctx: Context) -> Response:
    """Show the catalogue with the stock of one location."""
    asked = ctx.query(ItemQuery)
    place = chosen_place(ctx, asked.location_id)
    (listed, total), sellers = await asyncio.gather(
        items_at(ctx.db, place, asked, ctx.today), vendor_names(ctx.db, _MOST_VENDORS)
    )
    return ctx.page(
        "items.html",
        page_title="Items",
        labels=labels,
        location=place.locations[0],
        asked=asked,
        listed=listed,
        stock_rows=stock_rows,
        total=total,
        vendors=sellers,
        may_manage=is_allowed(ctx.user, MANAGE_CATALOG),
        query_string=ctx.request.query_string,
        url=f"{ctx.url('/items')}?{ctx.request.query_string}",
    )


async def get_items(ctx: Context) -> Json[Listed[ListedItem]]:
    """List the catalogue with the stock of one location."""
    asked = ctx.query(ItemQuery)
    place = chosen_place(ctx, asked.location_id)
    listed, total = await items_at(ctx.db, place, asked, ctx.today)
    return ctx.json(items(listed, asked.page, asked.limit, total))


async def get_item_page(ctx: Context) -> Response:
    """Show an item with its levels, lots and last movements."""
    return await item_page(ctx, await find_item(ctx.db, ctx.params["item_id"]), Form())


async def item_page(
    ctx: Context, item: Item, form: Form[BarcodeDraft], refusal: AppError | None = None
) -> Response:
    """The page of an item, with what was typed into its form for another barcode and why it was refused."""
    levels, lots, (movements, _), barcodes, offers = await asyncio.gather(
        levels_of(ctx.db, ctx.scope, item.id, ctx.today),
        lots_of(ctx.db, ctx.scope, item.id),
        movements_in(ctx.db, ctx.scope, MovementQuery(item_id=item.id)),
        barcodes_of(ctx.db, item.id),
        offers_of(ctx.db, item.id),
    )
    return ctx.page(
        "item.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=item.name,
        labels=labels,
        item=item,
        levels=levels,
        lots=[(lot, lot_condition(lot, ctx.today)) for lot in lots],
        movements=movements,
        barcodes=barcodes,
        offers=offers,
        changes_allowed=changes_allowed(ctx),
        may_adjust=is_allowed(ctx.user, ADJUST),
        may_manage=is_allowed(ctx.user, MANAGE_CATALOG),
        place_names={location.id: location.name for location in ctx.scope.locations},
        typed=form.values,
        errors=field_errors(refusal),
        refusal=refusal,
    )


async def get_item(ctx: Context) -> Json[WholeItem]:
    """Return an item with its levels, lots, barcodes and offers."""
    item = await find_item(ctx.db, ctx.params["item_id"])
    levels, lots, barcodes, offers = await asyncio.gather(
        levels_of(ctx.db, ctx.scope, item.id, ctx.today),
        lots_of(ctx.db, ctx.scope, item.id),
        barcodes_of(ctx.db, item.id),
        offers_of(ctx.db, item.id),
    )
    return ctx.json({"item": item, "stock": levels, "lots": lots, "barcodes": barcodes, "offers": offers})


ROUTES = (
    Route("GET", "/items", get_items_page, VIEW),
    Route("GET", "/items/{item_id}", get_item_page, VIEW),
    Route("GET", "/api/v1/items", get_items, VIEW),
    Route("GET", "/api/v1/items/{item_id}", get_item, VIEW),
)
