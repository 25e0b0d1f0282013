"""The catalogue with stock: its list and one item, as pages and for programs."""

import asyncio

from app_workers.inventory import labels
from app_workers.inventory.domain.levels import lot_condition
from app_workers.inventory.models.ledger import MovementQuery
from app_workers.inventory.models.stock import ItemQuery
from app_workers.inventory.routes.places import chosen_place
from app_workers.inventory.routes.rights import changes_allowed
from app_workers.inventory.store.items import find_item, items_at
from app_workers.inventory.store.levels import levels_of, lots_of
from app_workers.inventory.store.movements import movements_in
from ganger.context import Context, items
from ganger.http import Response


async def get_items_page(ctx: Context) -> Response:
    """Show the catalogue with the stock of one location."""
    asked = ctx.query(ItemQuery)
    place = chosen_place(ctx, asked.location_id)
    listed, total = await items_at(ctx.db, place, asked, ctx.today)
    return ctx.page(
        "items.html",
        page_title="Items",
        labels=labels,
        location=place.locations[0],
        asked=asked,
        listed=listed,
        total=total,
        url=f"{ctx.url('/items')}?{ctx.request.query_string}",
    )


async def get_items(ctx: Context) -> Response:
    """List the catalogue with the stock of one location."""
    asked = ctx.query(ItemQuery)
    place = chosen_place(ctx, asked.location_id)
    listed, total = await items_at(ctx.db, place, asked, ctx.today)
    return ctx.json(items(listed, asked.page, asked.limit, total))


async def get_item_page(ctx: Context) -> Response:
    """Show an item with its levels, lots and last movements."""
    item = await find_item(ctx.db, ctx.params["item_id"])
    levels, lots, (movements, _) = await asyncio.gather(
        levels_of(ctx.db, ctx.scope, item.id, ctx.today),
        lots_of(ctx.db, ctx.scope, item.id),
        movements_in(ctx.db, ctx.scope, MovementQuery(item_id=item.id)),
    )
    return ctx.page(
        "item.html",
        page_title=item.name,
        labels=labels,
        item=item,
        levels=levels,
        lots=[(lot, lot_condition(lot, ctx.today)) for lot in lots],
        movements=movements,
        changes_allowed=changes_allowed(ctx),
        place_names={location.id: location.name for location in ctx.scope.locations},
    )


async def get_item(ctx: Context) -> Response:
    """Return an item with its levels and lots."""
    item = await find_item(ctx.db, ctx.params["item_id"])
    levels, lots = await asyncio.gather(
        levels_of(ctx.db, ctx.scope, item.id, ctx.today), lots_of(ctx.db, ctx.scope, item.id)
    )
    return ctx.json({"item": item, "stock": levels, "lots": lots})
