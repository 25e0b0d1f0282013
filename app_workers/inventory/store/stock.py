"""Stock rows of the locations in scope, listed with what is on its way to them."""

import asyncio
from datetime import date

from app_workers.inventory.models.stock import StockLine, StockQuery
from app_workers.inventory.store.coming import INBOUND, ON_ORDER
from app_workers.inventory.store.items import BESIDE_LEVEL, condition_of, listed_item
from app_workers.inventory.store.levels import level_values, levels_in
from ganger.db import Database, Row
from ganger.scope import Scope

# Without a status the page is chosen among the stock rows, and only its levels are worked out.
_ROWS = """
    FROM inventory_items AS item JOIN inventory_stock AS stock ON stock.item_id = item.id
    WHERE stock.location_id IN ({marks}) AND {condition}
"""
_ROWS_BY_LEVEL = """
    FROM ({levels}) AS level JOIN inventory_items AS item ON item.id = level.item_id
    WHERE {condition}
"""
_LISTED = "SELECT {columns}, level.*, ({on_order}) AS on_order, ({inbound}) AS inbound" + _ROWS_BY_LEVEL
_PAGE = (
    "WITH listed AS MATERIALIZED (SELECT stock.id"
    + _ROWS
    + "ORDER BY item.name, item.id, stock.location_id LIMIT ? OFFSET ?)"
    + _LISTED.replace("{condition}", "TRUE")
    + "ORDER BY item.name, item.id, level.location_id"
)
_PAGE_BY_LEVEL = _LISTED + "ORDER BY item.name, item.id, level.location_id LIMIT ? OFFSET ?"
_TOTAL = "SELECT COUNT(*) AS total"


async def stock_in(db: Database, scope: Scope, asked: StockQuery, today: date) -> tuple[list[StockLine], int]:
    """One page of the stock rows by item and location, and how many there are in all."""
    condition, values = condition_of(asked)
    levels = levels_in(scope, "AND stock.id IN (SELECT id FROM listed)" if asked.status is None else "")
    parts = {"columns": BESIDE_LEVEL, "on_order": ON_ORDER, "inbound": INBOUND, "levels": levels}
    parts |= {"condition": condition, "marks": scope.marks}
    here, page = level_values(scope, today), (asked.limit, (asked.page - 1) * asked.limit)
    if asked.status is None:
        found = (*scope.location_ids, *values)
        queries = ((_PAGE, (*found, *page, *here)), (_TOTAL + _ROWS, found))
    else:
        found = (*here, *values)
        queries = ((_PAGE_BY_LEVEL, (*found, *page)), (_TOTAL + _ROWS_BY_LEVEL, found))
    rows, totals = await asyncio.gather(*(db.rows(sql.format(**parts), *given) for sql, given in queries))
    return [_line(row) for row in rows], int(totals[0]["total"] or 0)


def _line(row: Row) -> StockLine:
    coming = {name: row[name] for name in ("on_order", "inbound")}
    return StockLine.model_validate(dict(listed_item(row)) | coming)
