"""Stock rows of the locations in scope, listed with what is on its way to them."""

import asyncio
from datetime import date

from app_workers.inventory.models.stock import StockLine, StockQuery
from app_workers.inventory.store.items import BESIDE_LEVEL, condition_of, listed_item
from app_workers.inventory.store.levels import level_values, levels_in
from ganger.db import Database
from ganger.scope import Scope

_ROWS = """
    FROM ({levels}) AS level JOIN inventory_items AS item ON item.id = level.item_id
    WHERE {condition}
"""
_INBOUND = """
    SELECT COALESCE(SUM(line.quantity), 0)
    FROM stock_transfers AS transfer JOIN stock_transfer_lines AS line ON line.transfer_id = transfer.id
    WHERE transfer.to_location_id = level.location_id AND transfer.status = 'in_transit'
        AND line.item_id = level.item_id
"""
_PAGE = (
    "SELECT {columns}, level.*, ({inbound}) AS inbound"
    + _ROWS
    + "ORDER BY item.name, item.id, level.location_id LIMIT ? OFFSET ?"
)
_TOTAL = "SELECT COUNT(*) AS total" + _ROWS


async def stock_in(db: Database, scope: Scope, asked: StockQuery, today: date) -> tuple[list[StockLine], int]:
    """One page of the stock rows by item and location, and how many there are in all."""
    condition, values = condition_of(asked)
    parts = {"columns": BESIDE_LEVEL, "levels": levels_in(scope), "condition": condition}
    paged = _PAGE.format(inbound=_INBOUND, **parts)
    beside = (*level_values(scope, today), *values)
    rows, totals = await asyncio.gather(
        db.rows(paged, *beside, asked.limit, (asked.page - 1) * asked.limit),
        db.rows(_TOTAL.format(**parts), *beside),
    )
    lines = [StockLine(**dict(listed_item(row)), inbound=int(row["inbound"] or 0)) for row in rows]
    return lines, int(totals[0]["total"] or 0)
