"""Purchase orders and their lines, read."""

import asyncio
import json
from collections.abc import Sequence

from app_workers.inventory.models.orders import Order, OrderLine, OrderQuery
from app_workers.inventory.store.rows import record
from ganger.db import Database, Value
from ganger.errors import NotFound
from ganger.scope import Scope

_ORDERS = """
    SELECT purchase.*, vendor.name AS vendor_name, place.name AS location_name,
        creator.name AS created_by_name, submitter.name AS submitted_by_name,
        approver.name AS approved_by_name, buyer.name AS ordered_by_name, canceller.name AS cancelled_by_name
    FROM purchase_orders AS purchase
    JOIN inventory_vendors AS vendor ON vendor.id = purchase.vendor_id
    JOIN locations AS place ON place.id = purchase.location_id
    JOIN users AS creator ON creator.id = purchase.created_by
    LEFT JOIN users AS submitter ON submitter.id = purchase.submitted_by
    LEFT JOIN users AS approver ON approver.id = purchase.approved_by
    LEFT JOIN users AS buyer ON buyer.id = purchase.ordered_by
    LEFT JOIN users AS canceller ON canceller.id = purchase.cancelled_by
    WHERE purchase.location_id IN ({marks}) {conditions}
"""
_OF_ID = "AND purchase.id = ?"
_OF_IDS = "AND purchase.id IN (SELECT value FROM json_each(?)) ORDER BY purchase.order_number"
_OF_REFERENCE = "AND purchase.client_ref = ? AND purchase.created_by = ? ORDER BY purchase.order_number"
_OF_STATUS = "AND purchase.status = ?"
_OPEN = "AND purchase.status IN ('pending_approval', 'approved', 'ordered', 'partially_received')"
_NEWEST = "ORDER BY purchase.created_at DESC, purchase.order_number DESC LIMIT ? OFFSET ?"
_TOTAL = (
    "SELECT COUNT(*) AS total FROM purchase_orders AS purchase"
    " WHERE purchase.location_id IN ({marks}) {conditions}"
)
_LINES = """
    SELECT line.id, line.item_id, line.item_name, item.sku, item.stock_unit, item.is_lot_tracked,
        item.status = 'active' AS is_active, line.vendor_sku, line.pack_size, line.pack_cost_cents,
        line.quantity_packs, line.received_packs, line.short_packs
    FROM purchase_order_lines AS line JOIN inventory_items AS item ON item.id = line.item_id
    WHERE line.order_id = ? AND line.location_id IN ({marks})
    ORDER BY line.item_name, line.id
"""
# A receipt stands in the ledger alone, and there its reference is that of its first movement.
_RECEIVED_BY = """
    SELECT movement.reference_id FROM stock_movements AS movement
    WHERE movement.client_ref = ? AND movement.client_seq = 0 AND movement.user_id = ?
        AND movement.location_id IN ({marks})
"""


async def orders_in(db: Database, scope: Scope, asked: OrderQuery) -> tuple[list[Order], int]:
    """One page of the orders of the locations in scope, newest first, and how many in all."""
    conditions, values = "", list[Value](scope.location_ids)
    if asked.status == "open":
        conditions += _OPEN
    elif asked.status is not None:
        conditions += _OF_STATUS
        values.append(asked.status.value)
    parts = {"marks": scope.marks, "conditions": conditions}
    rows, totals = await asyncio.gather(
        db.rows(_ORDERS.format(**parts) + _NEWEST, *values, asked.limit, (asked.page - 1) * asked.limit),
        db.rows(_TOTAL.format(**parts), *values),
    )
    return [record(Order, row) for row in rows], int(totals[0]["total"] or 0)


async def find_order(db: Database, scope: Scope, order_id: str) -> Order:
    """One order.

    Raises:
        NotFound: there is none with this id for a location in scope.
    """
    row = await db.row(_ORDERS.format(marks=scope.marks, conditions=_OF_ID), *scope.location_ids, order_id)
    if row is None:
        raise NotFound("There is no such order.")
    return record(Order, row)


async def orders_of_ids(db: Database, scope: Scope, ids: Sequence[str]) -> list[Order]:
    """The orders with these ids, by number."""
    sql = _ORDERS.format(marks=scope.marks, conditions=_OF_IDS)
    return [record(Order, row) for row in await db.rows(sql, *scope.location_ids, json.dumps(ids))]


async def orders_of_request(db: Database, scope: Scope, client_ref: str) -> list[Order]:
    """The orders that the person's own request of that reference drafted, by number."""
    sql = _ORDERS.format(marks=scope.marks, conditions=_OF_REFERENCE)
    rows = await db.rows(sql, *scope.location_ids, client_ref, scope.person_id)
    return [record(Order, row) for row in rows]


async def lines_of_order(db: Database, scope: Scope, order_id: str) -> list[OrderLine]:
    """The lines of an order, by item."""
    rows = await db.rows(_LINES.format(marks=scope.marks), order_id, *scope.location_ids)
    return [record(OrderLine, row) for row in rows]


async def received_by(db: Database, scope: Scope, client_ref: str) -> str | None:
    """What the person's own request of that reference has moved stock for; None when it moved none."""
    sql = _RECEIVED_BY.format(marks=scope.marks)
    row = await db.row(sql, client_ref, scope.person_id, *scope.location_ids)
    return None if row is None else str(row["reference_id"])
