"""What reports count. Days are clinic-local."""

from datetime import date, timedelta

from app_workers.inventory.models.reports import CountTally, Receipts, Tally, ValueLine
from app_workers.inventory.store.rows import record
from ganger.clock import clinic_midnight, iso_utc
from ganger.db import Database
from ganger.scope import Scope

# The plus keeps SQLite at the index by type and time: a location alone is a third of the ledger.
_TALLIES = """
    SELECT movement.item_id, item.name, item.sku, item.stock_unit,
        -SUM(movement.quantity_change) FILTER (WHERE movement.movement_type = 'usage') AS used,
        -SUM(movement.quantity_change) FILTER (WHERE movement.movement_type = 'waste') AS wasted,
        -SUM(movement.quantity_change * movement.unit_cost_cents)
            FILTER (WHERE movement.movement_type = 'usage') AS used_cents,
        -SUM(movement.quantity_change * movement.unit_cost_cents)
            FILTER (WHERE movement.movement_type = 'waste') AS wasted_cents
    FROM stock_movements AS movement JOIN inventory_items AS item ON item.id = movement.item_id
    WHERE movement.movement_type IN ('usage', 'waste') AND movement.created_at >= ?
        AND movement.created_at < ? AND +movement.location_id IN ({marks})
    GROUP BY movement.item_id
"""
# What has moved since is taken back, so that the value is that of the period's end.
_VALUES = """
    SELECT held.location_id, item.category, COUNT(*) AS items,
        SUM(held.quantity * item.unit_cost_cents) AS value_cents
    FROM (
        SELECT stock.item_id, stock.location_id, stock.quantity_on_hand - COALESCE((
            SELECT SUM(movement.quantity_change) FROM stock_movements AS movement
            WHERE movement.item_id = stock.item_id AND movement.location_id = stock.location_id
                AND movement.created_at >= ?
        ), 0) AS quantity
        FROM inventory_stock AS stock WHERE stock.location_id IN ({marks})
    ) AS held JOIN inventory_items AS item ON item.id = held.item_id
    WHERE held.quantity > 0
    GROUP BY held.location_id, item.category ORDER BY held.location_id, item.category
"""
# Money is that of the order's line, whose packs a receipt holds whole. By hours, for days and months at the
# clinics begin with one.
_RECEIPTS = """
    SELECT substr(movement.created_at, 1, 13) || ':00:00.000Z' AS hour, movement.location_id,
        vendor.name AS vendor_name, item.category,
        SUM(movement.quantity_change / line.pack_size) AS packs,
        SUM(movement.quantity_change / line.pack_size * line.pack_cost_cents) AS spent_cents
    FROM stock_movements AS movement
    JOIN purchase_order_lines AS line ON line.order_id = movement.reference_id
        AND line.item_id = movement.item_id AND line.location_id IN ({marks})
    JOIN purchase_orders AS purchase ON purchase.id = line.order_id AND purchase.location_id IN ({marks})
    JOIN inventory_vendors AS vendor ON vendor.id = purchase.vendor_id
    JOIN inventory_items AS item ON item.id = movement.item_id
    WHERE movement.movement_type = 'receipt' AND movement.reference_type = 'order'
        AND movement.created_at >= ? AND movement.created_at < ? AND +movement.location_id IN ({marks})
    GROUP BY hour, movement.location_id, vendor.name, item.category
"""
_COUNTS = """
    SELECT session.id AS count_id, session.name, session.location_id, session.posted_at, (
        SELECT COUNT(entry.counted_quantity) FROM count_entries AS entry
        WHERE entry.session_id = session.id AND entry.location_id = session.location_id
    ) AS counted, (
        SELECT COUNT(*) FROM count_entries AS entry
        WHERE entry.session_id = session.id AND entry.location_id = session.location_id AND entry.variance = 0
    ) AS exact, (
        SELECT COUNT(*) FROM count_scans AS scan JOIN count_entries AS entry ON entry.id = scan.entry_id
        WHERE entry.session_id = session.id AND scan.location_id = session.location_id
    ) AS scans, (
        SELECT COALESCE(unixepoch(MAX(scan.scanned_at)) - unixepoch(MIN(scan.scanned_at)), 0)
        FROM count_scans AS scan JOIN count_entries AS entry ON entry.id = scan.entry_id
        WHERE entry.session_id = session.id AND scan.location_id = session.location_id
    ) AS scan_seconds
    FROM count_sessions AS session
    WHERE session.location_id IN ({marks}) AND session.status = 'posted'
        AND session.posted_at >= ? AND session.posted_at < ?
    ORDER BY session.posted_at DESC, session.id
"""


async def used_and_wasted(db: Database, scope: Scope, first: date, last: date) -> list[Tally]:
    """What was used and wasted in these days, by item."""
    rows = await db.rows(_TALLIES.format(marks=scope.marks), *_between(first, last), *scope.location_ids)
    return [record(Tally, {name: value or 0 for name, value in row.items()}) for row in rows]


async def received_of_orders(db: Database, scope: Scope, first: date, last: date) -> list[Receipts]:
    """What was received of orders in these days."""
    here = scope.location_ids
    rows = await db.rows(_RECEIPTS.format(marks=scope.marks), *here, *here, *_between(first, last), *here)
    return [record(Receipts, row) for row in rows]


async def values_at_end(db: Database, scope: Scope, last: date) -> list[ValueLine]:
    """What each location held of each category when the day ended, at present cost."""
    _, end = _between(last, last)
    rows = await db.rows(_VALUES.format(marks=scope.marks), end, *scope.location_ids)
    return [record(ValueLine, row) for row in rows]


async def posted_counts(db: Database, scope: Scope, first: date, last: date) -> list[CountTally]:
    """The counts that were posted in these days, newest first."""
    rows = await db.rows(_COUNTS.format(marks=scope.marks), *scope.location_ids, *_between(first, last))
    return [record(CountTally, row) for row in rows]


def _between(first: date, last: date) -> tuple[str, str]:
    """The instants at which the days begin and are over."""
    return iso_utc(clinic_midnight(first)), iso_utc(clinic_midnight(last + timedelta(days=1)))
