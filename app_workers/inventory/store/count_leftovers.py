"""Spot counts that nobody goes on with."""

from datetime import datetime

from app_workers.inventory.domain.counting import LEFT_AFTER
from app_workers.inventory.models.counts import CountStatus
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import Database, ExpectationFailed, Statement, expect
from ganger.scope import Scope

_LEFT = """
    SELECT id, location_id FROM count_sessions
    WHERE count_type = 'spot' AND status = 'in_progress' AND last_scan_at < ? AND location_id IN ({marks})
    ORDER BY last_scan_at LIMIT 100
"""
_STILL_LEFT = """
    SELECT status = 'in_progress' AND last_scan_at < ? FROM count_sessions WHERE id = ? AND location_id = ?
"""
_CANCEL = """
    UPDATE count_sessions SET status = 'cancelled', version = version + 1, updated_at = ?
    WHERE id = ? AND location_id = ?
"""


async def cancel_left_counts(db: Database, scope: Scope, now: datetime) -> None:
    """Cancel the spot counts in scope without a scan for LEFT_AFTER; run again, it finds nothing to do."""
    actor, since = Actor("system", "left-counts", None, now), iso_utc(now - LEFT_AFTER)
    told = {"status": [CountStatus.IN_PROGRESS.value, CountStatus.CANCELLED.value]}
    for row in await db.rows(_LEFT.format(marks=scope.marks), since, *scope.location_ids):
        where = (str(row["id"]), str(row["location_id"]))
        batch = [
            expect("count is still left", _STILL_LEFT, since, *where),
            Statement(_CANCEL, (iso_utc(now), *where)),
            audit_row(actor, "inventory:change-count", "count_session", *where, told),
        ]
        try:
            await db.batch(batch)
        except ExpectationFailed:
            continue  # somebody went on with it at this moment
