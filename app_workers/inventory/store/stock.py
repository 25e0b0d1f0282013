"""Stock rows of the locations in scope, listed with what is on its way to them."""

import asyncio
from datetime import date

from app_workers.inventory.models.stock import StockLine, StockQuery
from app_workers.inventory.store.coming import INBOUND, ON_ORDER
from app_workers.inventory.store.items import BESIDE_LEVEL, condition_of, listed_item
from app_workers.inventory.store.levels import level_values, levels_in
from ganger.db import Database, Row
from ganger.scope import Scope

_ROWS = """
    FROM ({levels}) AS level JOIN inventory_items AS item ON item.id = level.item_id
    WHERE {condition}
"""
_PAGE = (
    "SELECT {columns}, level.*, ({on_order}) AS on_order, ({inbound}) AS inbound"
    + _ROWS
    + "ORDER BY item.name, item.id, level.location_id LIMIT ? OFFSET ?"
)
_TOTAL = "SELECT COUNT(*) AS total" + _ROWS


async def stock_in(db: Database, scope: Scope, asked: StockQuery, today: date) -> tuple[list[StockLine], int]:
    """One page of the stock rows by item and location, and how many there are in all."""
    condition, values = condition_of(asked)
    parts = {"columns": BESIDE_LEVEL, "levels": levels_in(scope), "condition": condition}
    paged = _PAGE.format(on_order=ON_ORDER, inbound=INBOUND, **parts)
    beside = (*level_values(scope, today), *values)
    rows, totals = await asyncio.gather(
        db.rows(paged, *beside, asked.limit, (asked.page - 1) * asked.limit),
        db.rows(_TOTAL.format(**parts), *beside),
    )
    return [_line(row) for row in rows], int(totals[0]["total"] or 0)


def _line(row: Row) -> StockLine:
    coming = {name: row[name] for name in ("on_order", "inbound")}
    return StockLine.model_validate(dict(listed_item(row)) | coming)
