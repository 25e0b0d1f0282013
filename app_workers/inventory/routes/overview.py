"""The start page: how the stock of one location stands."""

import asyncio

from app_workers.inventory import labels
from app_workers.inventory.listing import stock_rows
from app_workers.inventory.models.alerts import AlertQuery
from app_workers.inventory.models.stock import PlaceQuery, StatsQuery, Tiles
from app_workers.inventory.permissions import VIEW
from app_workers.inventory.routes.downloads import Cells, csv_file, dollars
from app_workers.inventory.routes.kept import kept_tiles
from app_workers.inventory.routes.places import chosen_place
from app_workers.inventory.store.alerts import alerts_in
from app_workers.inventory.store.counts import open_counts
from app_workers.inventory.store.items import shortages_at
from app_workers.inventory.store.transfers import inbound_to
from ganger.context import Context
from ganger.downloads import Format
from ganger.exports import count_export
from ganger.http import File, Json, Response
from ganger.routing import Route

_SHOWN_ALERTS = 10
_FIGURES = ("Location", "Stocked", "Low", "Out", "Expiring in 30 days", "Open orders", "Value")


async def get_overview(ctx: Context) -> Response:
    """Show the figures of a location and the items to look after first."""
    place = chosen_place(ctx, ctx.query(PlaceQuery).location_id)
    tiles, shortages, (alerts, alert_count), counts, inbound = await asyncio.gather(
        kept_tiles(ctx, place),
        shortages_at(ctx.db, place, ctx.today),
        alerts_in(ctx.db, place, AlertQuery(limit=_SHOWN_ALERTS)),
        open_counts(ctx.db, place),
        inbound_to(ctx.db, place),
    )
    return ctx.page(
        "overview.html",
        page_title="Overview",
        labels=labels,
        location=place.locations[0],
        tiles=tiles,
        alerts=alerts,
        alert_count=alert_count,
        place_names={location.id: location.name for location in place.locations},
        shortages=shortages,
        counts=counts,
        inbound=inbound,
        stock_rows=stock_rows,
    )


async def get_stats(ctx: Context) -> Json[Tiles] | File:
    """Return the figures of a location, also as a file."""
    asked = ctx.query(StatsQuery)
    place = chosen_place(ctx, asked.location_id)
    if asked.format is Format.JSON:
        return ctx.json(await kept_tiles(ctx, place))
    await count_export(ctx)
    tiles = await kept_tiles(ctx, place)
    figures = (tiles.stocked, tiles.low, tiles.out, tiles.expiring, tiles.open_orders)
    line: Cells = [place.locations[0].name, *figures, dollars(tiles.value_cents)]
    return await csv_file(ctx, place, "figures", _FIGURES, [line])


ROUTES = (
    Route("GET", "/", get_overview, VIEW),
    Route("GET", "/api/v1/stats", get_stats, VIEW),
)
