"""The catalogue, alone and with stock."""

import json
from collections.abc import Sequence
from datetime import date

from app_workers.inventory.domain.barcodes import normalise_barcode
from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.stock import ItemQuery, ListedItem
from app_workers.inventory.store.levels import level_values, levels_in
from app_workers.inventory.store.rows import record, stock_level
from ganger.db import Database, Row, Statement, Value, containing
from ganger.errors import NotFound
from ganger.scope import Scope

_COLUMNS = ", ".join(f"item.{name}" for name in Item.model_fields)
# Beside a stock row, which has a version too.
BESIDE_LEVEL = _COLUMNS + ", item.version AS item_version"

_ITEM = "SELECT {columns} FROM inventory_items AS item WHERE id = ?"

_ITEMS_OF_IDS = """
    SELECT {columns} FROM inventory_items AS item WHERE id IN (SELECT value FROM json_each(?))
"""
_ITEM_OF_SKU = "SELECT {columns} FROM inventory_items AS item WHERE sku = ?"
_NAMES = "SELECT id, name, sku FROM inventory_items WHERE status = 'active' ORDER BY name, id LIMIT 2000"

# A location has one row of an item at most, so the page is chosen among the items alone, and only its levels
# are worked out.
_PAGE = """
    WITH listed AS MATERIALIZED (
        SELECT item.id FROM inventory_items AS item WHERE {condition}
        ORDER BY item.name, item.id LIMIT ? OFFSET ?
    )
    SELECT {columns}, level.*, (SELECT COUNT(*) FROM inventory_items AS item WHERE {condition}) AS total
    FROM listed JOIN inventory_items AS item ON item.id = listed.id
    LEFT JOIN ({levels}) AS level ON level.item_id = listed.id
    ORDER BY item.name, item.id
"""
# Where a status is asked for, every level has to be worked out, once.
_PAGE_BY_LEVEL = """
    WITH listed AS MATERIALIZED (
        SELECT level.*, COUNT(*) OVER () AS total
        FROM inventory_items AS item JOIN ({levels}) AS level ON level.item_id = item.id
        WHERE {condition} ORDER BY item.name, item.id LIMIT ? OFFSET ?
    )
    SELECT {columns}, listed.* FROM listed JOIN inventory_items AS item ON item.id = listed.item_id
    ORDER BY item.name, item.id
"""

_SHORTAGES = """
    SELECT {columns}, level.*
    FROM ({levels}) AS level JOIN inventory_items AS item ON item.id = level.item_id
    WHERE item.status = 'active' AND level.par_level > 0 AND level.level_status IN ('out', 'low')
    ORDER BY level.level_status = 'low', item.name LIMIT 100
"""

_SEARCH = """(
    item.name LIKE ? ESCAPE '\\' OR item.sku LIKE ? ESCAPE '\\'
    OR item.id IN (SELECT item_id FROM inventory_barcodes WHERE barcode = ?)
)"""


async def find_item(db: Database, item_id: str) -> Item:
    """One item of the catalogue.

    Raises:
        NotFound: there is none with this id.
    """
    row = await db.row(_ITEM.format(columns=_COLUMNS), item_id)
    if row is None:
        raise NotFound("There is no such item.")
    return record(Item, row)


async def items_of_ids(db: Database, ids: Sequence[str]) -> dict[str, Item]:
    """Those of these items that there are, by id."""
    rows = await db.rows(_ITEMS_OF_IDS.format(columns=_COLUMNS), json.dumps(ids))
    return {str(row["id"]): record(Item, row) for row in rows}


async def item_of_sku(db: Database, sku: str) -> Item | None:
    """The item with this SKU."""
    row = await db.row(_ITEM_OF_SKU.format(columns=_COLUMNS), sku)
    return record(Item, row) if row is not None else None


async def item_names(db: Database) -> dict[str, str]:
    """Name and SKU of every active item by id, to choose from."""
    return {str(row["id"]): f"{row['name']} ({row['sku']})" for row in await db.rows(_NAMES)}


async def items_at(db: Database, place: Scope, asked: ItemQuery, today: date) -> tuple[list[ListedItem], int]:
    """One page of the catalogue by name, with the stock at one location; and how many lines it has in all."""
    query = items_query(place, asked, today)
    rows = await db.rows(query.sql, *query.values)
    if rows or asked.page == 1:
        return [listed_item(row) for row in rows], int(rows[0]["total"] or 0) if rows else 0
    first = asked.model_copy(update={"page": 1, "limit": 1})  # past the last page there is no row to tell
    return [], (await items_at(db, place, first, today))[1]


def items_query(place: Scope, asked: ItemQuery, today: date) -> Statement:
    """What one page of the catalogue asks of the database."""
    condition, values = condition_of(asked)
    here, page = level_values(place, today), (asked.limit, (asked.page - 1) * asked.limit)
    if asked.status is None:
        levels = levels_in(place, "AND stock.item_id IN (SELECT id FROM listed)")
        sql = _PAGE.format(columns=BESIDE_LEVEL, levels=levels, condition=condition)
        return Statement(sql, (*values, *page, *values, *here))
    sql = _PAGE_BY_LEVEL.format(columns=BESIDE_LEVEL, levels=levels_in(place), condition=condition)
    return Statement(sql, (*here, *values, *page))


async def shortages_at(db: Database, scope: Scope, today: date) -> list[ListedItem]:
    """The items to look after first: out, then low; at most 100."""
    sql = _SHORTAGES.format(columns=BESIDE_LEVEL, levels=levels_in(scope))
    return [listed_item(row) for row in await db.rows(sql, *level_values(scope, today))]


def listed_item(row: Row) -> ListedItem:
    """A row with BESIDE_LEVEL and the columns of `levels_in` as a record."""
    stock = stock_level(row) if row["location_id"] is not None else None
    return ListedItem(item=record(Item, row | {"version": row["item_version"]}), stock=stock)


def condition_of(asked: ItemQuery) -> tuple[str, tuple[Value, ...]]:
    """The filters as one SQL condition with its values."""
    conditions: list[str] = ["TRUE"]
    values: list[Value] = []
    if asked.search is not None:
        pattern = containing(asked.search)
        conditions.append(_SEARCH)
        values += [pattern, pattern, normalise_barcode(asked.search)]
    if asked.category is not None:
        conditions.append("item.category = ?")
        values.append(asked.category.value)
    if asked.vendor_id is not None:
        conditions.append("item.id IN (SELECT item_id FROM item_vendors WHERE vendor_id = ?)")
        values.append(asked.vendor_id)
    if asked.status is not None:
        conditions.append("level.level_status = ?")
        values.append(asked.status.value)
    return " AND ".join(conditions), tuple(values)
