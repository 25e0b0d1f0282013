"""What is asked for often and changes seldom: kept until something that it is made of changes.

The generations are those of migrations/0005_drop_cached_values.sql and 0009_count_open_orders.sql.
"""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import TypeVar

from app_workers.inventory.models.scanning import Parsed, Scanned
from app_workers.inventory.models.stock import Tiles
from app_workers.inventory.store.levels import tiles_at
from app_workers.inventory.store.scanning import scanned
from ganger.cache import Generations, Kind
from ganger.context import Context
from ganger.records import Record
from ganger.scope import Scope

R = TypeVar("R", bound=Record)

_GENERATIONS, _CATALOGUE = "inventory_generations", "catalogue"


async def kept_tiles(ctx: Context, place: Scope) -> Tiles:
    """The figures of the one location of `place` today."""
    (location_id,) = place.location_ids
    made_of = Generations(_GENERATIONS, (_CATALOGUE, f"stock.{location_id}", f"orders.{location_id}"))
    key = (location_id, ctx.today.isoformat())
    return await ctx.cache.remember(
        ctx.db, Kind.INVENTORY, key, made_of, Tiles, lambda: tiles_at(ctx.db, place, ctx.today)
    )


async def kept_report(
    ctx: Context, scope: Scope, first: date, last: date, model: type[R], make: Callable[[], Awaitable[R]]
) -> R:
    """A report of these days at the locations of `scope`; posting a count changes their stock too."""
    places = sorted(scope.location_ids)
    made_of = Generations(_GENERATIONS, (_CATALOGUE, *(f"stock.{place}" for place in places)))
    key = (*places, first.isoformat(), last.isoformat())
    return await ctx.cache.remember(ctx.db, Kind.INVENTORY, key, made_of, model, make)


async def kept_scanned(ctx: Context, parsed: Parsed, code: str) -> Scanned:
    """The item that a code leads to.

    Raises:
        BarcodeUnknown: it leads to none.
    """
    made_of = Generations(_GENERATIONS, (_CATALOGUE,))
    key = (parsed.barcode, code.strip().upper())
    return await ctx.cache.remember(
        ctx.db, Kind.INVENTORY, key, made_of, Scanned, lambda: scanned(ctx.db, parsed, code)
    )
