"""What follows every change of stock, once it is booked."""

from collections.abc import Sequence

from app_workers.inventory.live import tell_alerts, tell_stock
from app_workers.inventory.models.stock import StockLevel
from app_workers.inventory.store.alerts import refresh_alerts
from app_workers.inventory.store.levels import levels_of_items
from ganger.context import Context
from ganger.db import DatabaseError
from ganger.log import log
from ganger.scope import Scope


async def after_change(ctx: Context, stock: StockLevel) -> None:
    """Tell the viewers of the location how much there is now, and open and close the item's alerts."""
    tell_stock(ctx, stock)
    await after_item(ctx, stock.item_id)


async def after_many(ctx: Context, place: Scope, item_ids: Sequence[str]) -> None:
    """The same for many items of one location at once; nothing is raised, for the change itself stands."""
    if not item_ids:
        return
    try:
        for level in await levels_of_items(ctx.db, place, item_ids, ctx.today):
            tell_stock(ctx, level)
        await _turn_alerts(ctx, place, item_ids)
    except DatabaseError:
        log("error", "alerts not refreshed", request_id=ctx.request_id)  # the daily scan makes up for it


async def after_import(ctx: Context) -> None:
    """Open and close alerts once many items have changed; nothing is raised, for the change itself stands."""
    try:
        await _turn_alerts(ctx, ctx.scope)
    except DatabaseError:
        log("error", "alerts not refreshed", request_id=ctx.request_id)  # the daily scan makes up for it


async def after_item(ctx: Context, item_id: str) -> None:
    """Open and close the alerts of an item; nothing is raised, for the change itself stands."""
    try:
        await _turn_alerts(ctx, ctx.scope, [item_id])
    except DatabaseError:
        log("error", "alerts not refreshed", request_id=ctx.request_id)  # the daily scan makes up for it


async def _turn_alerts(ctx: Context, scope: Scope, item_ids: Sequence[str] | None = None) -> None:
    """Open and close the alerts of these items, or of all, and tell viewers when some were."""
    turned = await refresh_alerts(ctx.db, scope, ctx.now, item_ids)
    tell_alerts(ctx.live, turned.places(scope.location_ids), ctx.now, **turned.counts)
