"""Rows of a large inventory, made by SQL in the database itself: quick, and the same each time.

They are as the app writes them: what is on hand is the sum of the movements, also lot by lot. A tenth of the
items is kept by lot, in two lots a location; a seventh of the levels asks for more than there is.
"""

from collections.abc import Iterator

from ganger.db import Statement

ITEMS = 5_000
MOVEMENTS = 200_000
PLACES = ("loc_aa", "loc_wx", "loc_py")
_EACH = MOVEMENTS // (ITEMS * len(PLACES))  # of one item at one location; the first ones have one more
_MORE = MOVEMENTS - _EACH * ITEMS * len(PLACES)
_AT_ONCE = 250  # items of which the movements are written by one statement

_ITEMS = f"""
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {ITEMS})
    INSERT INTO inventory_items
        (id, sku, name, category, stock_unit, unit_cost_cents, is_lot_tracked,
         created_by, created_at, updated_at)
    SELECT printf('big_%04d', i), printf('BIG-%04d', i),
        CASE i % 5 WHEN 0 THEN 'Gauze' WHEN 1 THEN 'Suture' WHEN 2 THEN 'Needle' WHEN 3 THEN 'Blade'
            ELSE 'Dressing' END || printf(' of kind %04d', i),
        CASE WHEN i % 10 = 0 THEN 'medications' WHEN i % 3 = 0 THEN 'wound_care' ELSE 'surgical_supplies' END,
        'box', 100 + i, i % 10 = 0, 'usr_sam', '2025-01-01T15:00:00.000Z', '2025-01-01T15:00:00.000Z'
    FROM n
"""  # noqa: S608 - numbers of our own
_BARCODES = """
    INSERT INTO inventory_barcodes (barcode, item_id, created_by, created_at, updated_at)
    SELECT 'C' || sku, id, created_by, created_at, created_at FROM inventory_items WHERE id LIKE 'big_%'
"""
_VENDOR = """
    INSERT INTO inventory_vendors (id, name, created_at, updated_at)
    VALUES ('ven_big', 'Example Bulk Supply', '2025-01-01T15:00:00.000Z', '2025-01-01T15:00:00.000Z')
"""
_OFFERS = """
    INSERT INTO item_vendors
        (id, item_id, vendor_id, pack_size, pack_cost_cents, is_preferred,
         price_updated_at, created_at, updated_at)
    SELECT 'off_' || id, id, 'ven_big', 10, 10 * unit_cost_cents, 1, created_at, created_at, created_at
    FROM inventory_items WHERE id LIKE 'big_%'
"""
_STOCK = """
    INSERT INTO inventory_stock
        (id, item_id, location_id, reorder_point, par_level, storage_place, created_at, updated_at)
    SELECT 'stk_' || id || '_' || ?1, id, ?1, CASE WHEN rowid % 7 = 0 THEN 150 ELSE 20 END,
        CASE WHEN rowid % 7 = 0 THEN 300 ELSE 60 END, 'Room 1', created_at, created_at
    FROM inventory_items WHERE id LIKE 'big_%'
"""
_LOTS = """
    INSERT INTO inventory_lots
        (id, item_id, location_id, lot_number, expires_on, quantity, created_at, updated_at)
    SELECT 'lot_' || item.id || '_' || ?1 || '_' || n.value, item.id, ?1, 'L' || n.value,
        date('now', '+' || (n.value * 300 + 30) || ' days'), 0, item.created_at, item.created_at
    FROM inventory_items AS item, json_each('[0, 1]') AS n
    WHERE item.id LIKE 'big_%' AND item.is_lot_tracked = 1
"""
_MOVEMENTS = f"""
    WITH RECURSIVE n (m) AS (SELECT 0 UNION ALL SELECT m + 1 FROM n WHERE m < {_EACH}),
    step AS (
        SELECT item.id AS item_id, item.unit_cost_cents, item.is_lot_tracked, item.rowid AS number, n.m,
            CASE WHEN n.m < 2 THEN 60 WHEN n.m % 5 = 0 THEN 12 WHEN n.m % 7 = 3 THEN -1
                ELSE -2 - (item.rowid % 3) END AS change
        FROM inventory_items AS item, n
        WHERE item.id >= ?2 AND item.id < ?3
            AND (n.m < {_EACH} OR (?1 = '{PLACES[0]}' AND item.id < printf('big_%04d', {_MORE})))
    ),
    booked AS (SELECT *, SUM(change) OVER (PARTITION BY item_id ORDER BY m) AS after FROM step)
    INSERT INTO stock_movements
        (id, item_id, location_id, lot_id, movement_type, quantity_change, previous_quantity, new_quantity,
         unit_cost_cents, reason_code, user_id, occurred_at, created_at)
    SELECT 'mov_' || item_id || '_' || ?1 || printf('_%02d', m), item_id, ?1,
        CASE WHEN is_lot_tracked = 1 THEN 'lot_' || item_id || '_' || ?1 || '_' || (m % 2) END,
        CASE WHEN change > 0 THEN 'receipt' WHEN change = -1 THEN 'waste' ELSE 'usage' END,
        change, after - change, after, unit_cost_cents, CASE WHEN change = -1 THEN 'damaged' END, 'usr_pat',
        at, at
    FROM (
        SELECT *, strftime('%Y-%m-%dT%H:%M:00.000Z', 'now', '-' || ((14 - m) * 25) || ' days',
            '-' || number || ' minutes') AS at
        FROM booked
    )
"""  # noqa: S608 - numbers of our own
_ON_HAND = """
    UPDATE inventory_stock SET quantity_on_hand = (
        SELECT SUM(quantity_change) FROM stock_movements AS moved
        WHERE moved.item_id = inventory_stock.item_id AND moved.location_id = inventory_stock.location_id
    ) WHERE item_id LIKE 'big_%' AND location_id = ?
"""
_IN_LOTS = """
    UPDATE inventory_lots SET quantity = held.quantity FROM (
        SELECT lot_id, SUM(quantity_change) AS quantity FROM stock_movements
        WHERE item_id LIKE 'big_%' AND lot_id IS NOT NULL AND location_id = ? GROUP BY lot_id
    ) AS held WHERE held.lot_id = inventory_lots.id
"""


def large_rows() -> Iterator[Statement]:
    """The statements that write everything, in their order, beside the demo data."""
    for sql in (_ITEMS, _BARCODES, _VENDOR, _OFFERS):
        yield Statement(sql)
    for place in PLACES:
        yield Statement(_STOCK, (place,))
        yield Statement(_LOTS, (place,))
        for first in range(0, ITEMS, _AT_ONCE):
            yield Statement(_MOVEMENTS, (place, f"big_{first:04d}", f"big_{first + _AT_ONCE:04d}"))
        yield Statement(_ON_HAND, (place,))
        yield Statement(_IN_LOTS, (place,))
