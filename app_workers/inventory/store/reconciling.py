"""The whole ledger beside what is on hand, for the practice as a whole: no person sees these rows."""

from app_workers.inventory.models.ledger import Difference
from ganger.db import Database, Row

# Each sum is found by its own index, so that the check stays one pass over the ledger.
DIFFERENCES = """
    SELECT 'stock' AS subject, stock.item_id, stock.location_id, NULL AS lot_number,
        stock.quantity_on_hand AS held, COALESCE(SUM(movement.quantity_change), 0) AS booked
    FROM inventory_stock AS stock
    LEFT JOIN stock_movements AS movement
        ON movement.item_id = stock.item_id AND movement.location_id = stock.location_id
    GROUP BY stock.item_id, stock.location_id HAVING held <> booked
    UNION ALL
    SELECT 'lots', stock.item_id, stock.location_id, NULL,
        stock.quantity_on_hand AS held, COALESCE(SUM(lot.quantity), 0) AS booked
    FROM inventory_stock AS stock
    JOIN inventory_items AS item ON item.id = stock.item_id AND item.is_lot_tracked = 1
    LEFT JOIN inventory_lots AS lot
        ON lot.item_id = stock.item_id AND lot.location_id = stock.location_id
    GROUP BY stock.item_id, stock.location_id HAVING held <> booked
    UNION ALL
    SELECT 'lot', lot.item_id, lot.location_id, lot.lot_number,
        lot.quantity AS held, COALESCE(SUM(movement.quantity_change), 0) AS booked
    FROM inventory_lots AS lot
    LEFT JOIN stock_movements AS movement ON movement.item_id = lot.item_id
        AND movement.location_id = lot.location_id AND movement.lot_id = lot.id
    GROUP BY lot.id HAVING held <> booked
    UNION ALL
    SELECT 'missing', movement.item_id, movement.location_id, NULL,
        0 AS held, SUM(movement.quantity_change) AS booked
    FROM stock_movements AS movement
    LEFT JOIN inventory_stock AS stock
        ON stock.item_id = movement.item_id AND stock.location_id = movement.location_id
    WHERE stock.id IS NULL GROUP BY movement.item_id, movement.location_id
"""
COUNT = "SELECT COUNT(*) AS total FROM stock_movements"


async def differences(db: Database) -> list[Difference]:
    """Where what is on hand is not what the ledger says; nothing when all is well."""
    return [difference(row) for row in await db.rows(DIFFERENCES)]


def difference(row: Row) -> Difference:
    """A row of `DIFFERENCES` as a record.

    Raises:
        ValidationError: it is something else.
    """
    return Difference.model_validate(row)
