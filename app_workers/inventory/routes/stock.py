"""Stock by location: its list, as a page, for programs and as a file."""

from app_workers.inventory import labels
from app_workers.inventory.listing import stock_rows
from app_workers.inventory.models.stock import StockFileQuery, StockLine, StockQuery
from app_workers.inventory.permissions import MANAGE_CATALOG, VIEW
from app_workers.inventory.routes.downloads import Cells, csv_file, dollars
from app_workers.inventory.store.stock import stock_in
from ganger.context import Context, Listed, items
from ganger.downloads import MAX_LINES, Format
from ganger.exports import count_export
from ganger.http import File, Json, Response
from ganger.permissions import is_allowed
from ganger.routing import Route
from ganger.scope import Scope

_HEADER = (
    "Item", "SKU", "Category", "Location", "Storage place", "Stock unit", "On hand", "Usable", "On order",
    "Inbound", "Reorder point", "Par", "Status", "Unit cost", "Value",
)  # fmt: skip


async def get_stock_page(ctx: Context) -> Response:
    """Show what each location has of each item that it stocks."""
    asked = ctx.query(StockQuery)
    lines, total = await stock_in(ctx.db, _asked_scope(ctx, asked), asked, ctx.today)
    return ctx.page(
        "stock.html",
        page_title="Stock",
        labels=labels,
        asked=asked,
        lines=lines,
        total=total,
        stock_rows=stock_rows,
        place_names={location.id: location.name for location in ctx.scope.locations},
        may_manage=is_allowed(ctx.user, MANAGE_CATALOG),
        query_string=ctx.request.query_string,
        url=f"{ctx.url('/stock')}?{ctx.request.query_string}",
    )


async def get_stock(ctx: Context) -> Json[Listed[StockLine]] | File:
    """List what each location has of each item that it stocks."""
    asked = ctx.query(StockFileQuery)
    scope = _asked_scope(ctx, asked)
    if asked.format is Format.CSV:
        await count_export(ctx)
        everything = asked.model_copy(update={"page": 1, "limit": MAX_LINES + 1})
        lines, _ = await stock_in(ctx.db, scope, everything, ctx.today)
        places = {location.id: location.name for location in scope.locations}
        return await csv_file(ctx, scope, "stock", _HEADER, (_cells(line, places) for line in lines))
    lines, total = await stock_in(ctx.db, scope, asked, ctx.today)
    return ctx.json(items(lines, asked.page, asked.limit, total))


def _cells(line: StockLine, places: dict[str, str]) -> Cells:
    item, stock = line.item, line.stock
    return [
        item.name,
        item.sku,
        labels.CATEGORIES[item.category],
        places[stock.location_id],
        stock.storage_place,
        labels.STOCK_UNITS[item.stock_unit],
        stock.on_hand,
        stock.usable,
        line.on_order,
        line.inbound,
        stock.reorder_point,
        stock.par_level,
        labels.STATUSES[stock.status],
        dollars(item.unit_cost_cents),
        dollars(stock.on_hand * item.unit_cost_cents),
    ]


def _asked_scope(ctx: Context, asked: StockQuery) -> Scope:
    return ctx.scope.at(asked.location_id) if asked.location_id else ctx.scope


ROUTES = (
    Route("GET", "/stock", get_stock_page, VIEW),
    Route("GET", "/api/v1/stock", get_stock, VIEW),
)
