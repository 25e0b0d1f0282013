"""What must hold of the ledger whenever the platform comes back, and where it does not."""

from collections.abc import Iterable, Iterator, Mapping

from app_workers.inventory.store.reconciling import DIFFERENCES
from ganger.db import Row, Statement
from tools.drills.steps import STATUSES
from tools.drills.work import Work
from tools.local import LocalPlatform

_BOOKED = """
    SELECT client_ref, SUM(quantity_change) AS booked FROM stock_movements
    WHERE client_ref IS NOT NULL AND reference_type IS NULL GROUP BY client_ref
"""
_TRANSFERS = """
    SELECT transfer.id, 'transfers' AS kind, transfer.status,
        (SELECT SUM(quantity) FROM stock_transfer_lines WHERE transfer_id = transfer.id) AS sent,
        COALESCE(-SUM(quantity_change) FILTER (WHERE movement_type = 'transfer_out'), 0) AS gone,
        COALESCE(SUM(quantity_change) FILTER (WHERE movement_type = 'transfer_in'), 0) AS arrived
    FROM stock_transfers AS transfer LEFT JOIN stock_movements AS movement
        ON movement.reference_type = 'transfer' AND movement.reference_id = transfer.id
    WHERE transfer.client_ref IS NOT NULL GROUP BY transfer.id
"""
_ORDERS = """
    SELECT an_order.id, 'orders' AS kind, an_order.status,
        (SELECT SUM(quantity_packs * pack_size) FROM purchase_order_lines WHERE order_id = an_order.id)
            AS bought,
        (SELECT SUM(received_packs * pack_size) FROM purchase_order_lines WHERE order_id = an_order.id)
            AS received,
        COALESCE(SUM(quantity_change), 0) AS booked
    FROM purchase_orders AS an_order LEFT JOIN stock_movements AS movement
        ON movement.reference_type = 'order' AND movement.reference_id = an_order.id
    WHERE an_order.client_ref IS NOT NULL GROUP BY an_order.id
"""
_COUNTS = """
    SELECT session.id, 'counts' AS kind, session.status,
        (SELECT SUM(variance) FROM count_entries WHERE session_id = session.id) AS differing,
        COALESCE(SUM(quantity_change), 0) AS booked
    FROM count_sessions AS session LEFT JOIN stock_movements AS movement
        ON movement.reference_type = 'count' AND movement.reference_id = session.id
    WHERE session.client_ref IS NOT NULL GROUP BY session.id
"""
# A change by hand or a delivery has one row, whatever lots it took; the others one with each version.
_UNTOLD = """
    SELECT 'change' AS what, client_ref AS id, 1 AS writes, COUNT(audit.id) AS told
    FROM stock_movements AS movement LEFT JOIN audit_logs AS audit
        ON audit.record_type = 'stock_movement' AND audit.record_id = movement.id
    WHERE client_ref IS NOT NULL AND reference_type IS NULL
    GROUP BY client_ref HAVING told <> 1
    UNION ALL
    SELECT audit.record_type, audit.record_id, COALESCE(changed.version, 0) AS writes, COUNT(*) AS told
    FROM audit_logs AS audit LEFT JOIN (
        SELECT 'stock_transfer' AS record_type, id, version FROM stock_transfers
        UNION ALL SELECT 'purchase_order', id, version FROM purchase_orders
        UNION ALL SELECT 'count_session', id, version FROM count_sessions
    ) AS changed ON changed.record_type = audit.record_type AND changed.id = audit.record_id
    WHERE audit.record_type IN ('stock_transfer', 'purchase_order', 'count_session')
    GROUP BY audit.record_type, audit.record_id HAVING told <> writes
    UNION ALL
    SELECT 'nothing', record_id, 0, COUNT(*) FROM audit_logs AS audit
    WHERE record_type = 'stock_movement'
        AND NOT EXISTS (SELECT 1 FROM stock_movements WHERE id = audit.record_id)
    GROUP BY record_id
"""
# The fewest answered steps of a work after which its object has left the first status, second, and so on.
_FAR = {"transfers": (0, 2, 3), "orders": (0, 2, 3, 4, 5), "counts": (0, 3, 4)}


def problems(local: LocalPlatform, works: Iterable[Work]) -> Iterator[str]:
    """Yield where what is there is not what was answered."""
    asked = [DIFFERENCES, _UNTOLD, _BOOKED, _TRANSFERS, _ORDERS, _COUNTS]
    differences, untold, booked, *objects = local.batch([Statement(sql) for sql in asked])
    yield from (f"The ledger differs: {row}" for row in differences)
    yield from (f"A write and its audit row do not go together: {row}" for row in untold)
    by_id = {str(row["id"]): row for rows in objects for row in rows}
    yield from (f"Half done: {row}" for row in by_id.values() if not _is_whole(row))
    by_ref = {str(row["client_ref"]): row["booked"] for row in booked}
    yield from (f"Lost or doubled: {work}" for work in works if not _is_there_once(work, by_id, by_ref))


def _is_there_once(work: Work, by_id: Mapping[str, Row], by_ref: Mapping[str, object]) -> bool:
    """Whether what was answered is there, and what was not is there wholly or not at all."""
    if work.kind in ("transfer", "order", "count"):
        return work.acknowledged == 0 or _has_come_as_far(work, by_id.get(work.object_id))
    return by_ref.get(work.ref, None if work.acknowledged else work.effect) == work.effect


def _is_whole(row: Row) -> bool:
    status, kind = str(row["status"]), row["kind"]
    if kind == "transfers":
        wanted = {"draft": (0, 0), "in_transit": (row["sent"], 0), "received": (row["sent"], row["sent"])}
        return (row["gone"], row["arrived"]) == wanted[status]
    if kind == "orders":
        return row["booked"] == row["received"] == (row["bought"] if status == "received" else 0)
    return row["booked"] == ((row["differing"] or 0) if status == "posted" else 0)


def _has_come_as_far(work: Work, row: Row | None) -> bool:
    """Whether the object stands where the work's last answered step left it, or further on."""
    if row is None:
        return False
    kind = str(row["kind"])
    reached = STATUSES[kind].index(str(row["status"]))
    wanted = max(number for number, steps in enumerate(_FAR[kind]) if work.acknowledged >= steps)
    return reached >= wanted
