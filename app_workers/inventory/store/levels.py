"""Stock levels and lots of the locations in scope."""

import json
from collections.abc import Sequence
from datetime import date

from app_workers.inventory.domain.levels import last_day_soon
from app_workers.inventory.models.stock import Lot, StockLevel, Tiles
from app_workers.inventory.store.rows import record, stock_level
from ganger.db import Database, Value
from ganger.scope import Scope

_STOCK = """
    SELECT stock.item_id, stock.location_id, stock.quantity_on_hand AS on_hand,
        stock.quantity_on_hand - COALESCE((
            SELECT SUM(lot.quantity) FROM inventory_lots AS lot
            WHERE lot.item_id = stock.item_id AND lot.location_id = stock.location_id
                AND (lot.status = 'quarantined' OR lot.expires_on < ?)
        ), 0) AS usable,
        stock.reorder_point, stock.par_level, stock.storage_place, stock.last_counted_at, stock.version
    FROM inventory_stock AS stock
    WHERE stock.location_id IN ({marks})
"""
_STOCK_OF_ITEM = _STOCK + "AND stock.item_id = ?"
_THESE_ITEMS = "AND stock.item_id IN (SELECT value FROM json_each(?))"

# A list is filtered and counted where it is paged, so `usable` and `level_status` say in SQL what
# domain/levels.py says in Python; a test holds them against each other. Materialized, because SQLite
# would otherwise look through the lots again for each mention of `usable`.
_LEVELS = """
    WITH level AS MATERIALIZED ({stock})
    SELECT level.*, CASE
        WHEN usable = 0 THEN 'out'
        WHEN usable <= reorder_point THEN 'low'
        WHEN par_level > 0 AND usable > 2 * par_level THEN 'over'
        ELSE 'ok' END AS level_status
    FROM level
"""

_TILES = """
    SELECT COUNT(*) FILTER (WHERE item.status = 'active') AS stocked,
        COUNT(*) FILTER (WHERE item.status = 'active' AND par_level > 0 AND level_status = 'low') AS low,
        COUNT(*) FILTER (WHERE item.status = 'active' AND par_level > 0 AND level_status = 'out') AS out,
        COALESCE(SUM(on_hand * item.unit_cost_cents), 0) AS value_cents,
        (
            SELECT COUNT(*) FROM inventory_lots
            WHERE quantity > 0 AND expires_on BETWEEN ? AND ? AND location_id IN ({marks})
        ) AS expiring,
        (
            SELECT COUNT(*) FROM purchase_orders
            WHERE location_id IN ({marks})
                AND status IN ('pending_approval', 'approved', 'ordered', 'partially_received')
        ) AS open_orders
    FROM ({levels}) AS level JOIN inventory_items AS item ON item.id = level.item_id
"""

_LOTS = """
    SELECT id, item_id, location_id, lot_number, expires_on, quantity, status, quarantine_reason
    FROM inventory_lots WHERE item_id = ? AND location_id IN ({marks})
"""
_LOTS_IN_STOCK = _LOTS + "AND quantity > 0 ORDER BY expires_on IS NULL, expires_on, lot_number"
_ALL_LOTS = _LOTS + "ORDER BY id"
_LOT_OF_NUMBER = _LOTS + "AND lot_number = ?"


def levels_in(scope: Scope, more: str = "") -> str:
    """The query of all levels in scope, to stand in parentheses; `level_values` are its values.

    Args:
        more: a further condition on `stock`, which begins with AND and has no values.
    """
    return _LEVELS.format(stock=_STOCK.format(marks=scope.marks) + more)


def level_values(scope: Scope, today: date) -> tuple[Value, ...]:
    """The values of `levels_in`."""
    return (today.isoformat(), *scope.location_ids)


async def levels_of(db: Database, scope: Scope, item_id: str, today: date) -> list[StockLevel]:
    """What each location in scope has of an item; nothing for one that never stocked it."""
    sql = _STOCK_OF_ITEM.format(marks=scope.marks)
    return [stock_level(row) for row in await db.rows(sql, *level_values(scope, today), item_id)]


async def levels_of_items(
    db: Database, scope: Scope, item_ids: Sequence[str], today: date
) -> list[StockLevel]:
    """What each location in scope has of these items."""
    sql = (_STOCK + _THESE_ITEMS).format(marks=scope.marks)
    rows = await db.rows(sql, *level_values(scope, today), json.dumps(item_ids))
    return [stock_level(row) for row in rows]


async def tiles_at(db: Database, scope: Scope, today: date) -> Tiles:
    """The figures of the overview; items without a par level count neither as low nor as out."""
    sql = _TILES.format(levels=levels_in(scope), marks=scope.marks)
    soon = (today.isoformat(), last_day_soon(today).isoformat(), *scope.location_ids)
    rows = await db.rows(sql, *soon, *scope.location_ids, *level_values(scope, today))
    return record(Tiles, rows[0])


async def lots_of(db: Database, scope: Scope, item_id: str) -> list[Lot]:
    """The lots of an item that hold something, soonest expiry first."""
    sql = _LOTS_IN_STOCK.format(marks=scope.marks)
    return [record(Lot, row) for row in await db.rows(sql, item_id, *scope.location_ids)]


async def all_lots_of(db: Database, scope: Scope, item_id: str) -> list[Lot]:
    """Every lot of an item that was ever here, oldest first; empty ones too."""
    sql = _ALL_LOTS.format(marks=scope.marks)
    return [record(Lot, row) for row in await db.rows(sql, item_id, *scope.location_ids)]


async def find_lot(db: Database, place: Scope, item_id: str, lot_number: str | None) -> Lot | None:
    """The lot of that number at the one location of `place`, also an empty one."""
    row = await db.row(_LOT_OF_NUMBER.format(marks=place.marks), item_id, *place.location_ids, lot_number)
    return record(Lot, row) if row is not None else None
