"""Count sessions and their entries, read."""

import asyncio
import json
from collections.abc import Sequence

from app_workers.inventory.models.counts import CountEntry, CountQuery, CountSession
from app_workers.inventory.store.rows import record
from ganger.db import Database, Row, Value
from ganger.errors import NotFound
from ganger.scope import Scope

_SESSIONS = """
    SELECT session.*, starter.name AS started_by_name, submitter.name AS submitted_by_name,
        poster.name AS posted_by_name,
        (
            SELECT COUNT(*) FROM count_entries AS entry
            WHERE entry.session_id = session.id AND entry.location_id = session.location_id
        ) AS total_entries,
        (
            SELECT COUNT(*) FROM count_entries AS entry
            WHERE entry.session_id = session.id AND entry.location_id = session.location_id
                AND entry.status IN ('pending', 'recount')
        ) AS missing_entries,
        (
            SELECT COUNT(*) FROM count_entries AS entry
            WHERE entry.session_id = session.id AND entry.location_id = session.location_id
                AND entry.status NOT IN ('pending', 'recount', 'skipped')
        ) AS counted_entries
    FROM count_sessions AS session
    JOIN users AS starter ON starter.id = session.started_by
    LEFT JOIN users AS submitter ON submitter.id = session.submitted_by
    LEFT JOIN users AS poster ON poster.id = session.posted_by
    WHERE session.location_id IN ({marks}) {conditions}
"""
_OF_ID = "AND session.id = ?"
_OF_STATUS = "AND session.status = ?"
_OF_REFERENCE = "AND session.client_ref = ? AND session.started_by = ?"
_OPEN = "AND session.status IN ('in_progress', 'submitted') ORDER BY session.created_at, session.id LIMIT 20"
_OPEN_FULL = "AND session.count_type = 'full' AND session.status IN ('in_progress', 'submitted')"
_NEWEST = "ORDER BY session.created_at DESC, session.id DESC LIMIT ? OFFSET ?"
_TOTAL = """
    SELECT COUNT(*) AS total FROM count_sessions AS session
    WHERE session.location_id IN ({marks}) {conditions}
"""

# By shelf, so that who counts walks along the shelves once.
_ENTRIES = """
    SELECT entry.id, entry.item_id, item.name AS item_name, item.sku, item.stock_unit, item.unit_cost_cents,
        item.is_controlled, stock.storage_place, entry.lot_id, lot.lot_number, lot.expires_on,
        entry.expected_quantity, entry.counted_quantity, entry.variance,
        CASE WHEN entry.lot_id IS NULL THEN COALESCE(stock.quantity_on_hand, 0) ELSE lot.quantity END
            AS on_hand,
        entry.status, counter.name AS counted_by_name, entry.counted_at, decider.name AS decided_by_name,
        entry.note,
        (
            SELECT json_group_array(DISTINCT scan.user_id) FROM count_scans AS scan
            WHERE scan.entry_id = entry.id AND scan.number > entry.counted_after
                AND scan.location_id = entry.location_id
        ) AS counters
    FROM count_entries AS entry
    JOIN inventory_items AS item ON item.id = entry.item_id
    LEFT JOIN inventory_stock AS stock
        ON stock.item_id = entry.item_id AND stock.location_id = entry.location_id
    LEFT JOIN inventory_lots AS lot ON lot.id = entry.lot_id
    LEFT JOIN users AS counter ON counter.id = entry.counted_by
    LEFT JOIN users AS decider ON decider.id = entry.decided_by
    WHERE entry.session_id = ? AND entry.location_id IN ({marks}) {conditions}
    ORDER BY stock.storage_place IS NULL, stock.storage_place, item.name, lot.lot_number, entry.id
"""
_THESE = "AND entry.id IN (SELECT value FROM json_each(?))"


async def counts_in(db: Database, scope: Scope, asked: CountQuery) -> tuple[list[CountSession], int]:
    """One page of the sessions at the locations in scope, newest first, and how many there are in all."""
    conditions, values = "", list[Value](scope.location_ids)
    if asked.status is not None:
        conditions += _OF_STATUS
        values.append(asked.status.value)
    offset = (asked.page - 1) * asked.limit
    parts = {"marks": scope.marks, "conditions": conditions}
    rows, totals = await asyncio.gather(
        db.rows(_SESSIONS.format(**parts) + _NEWEST, *values, asked.limit, offset),
        db.rows(_TOTAL.format(**parts), *values),
    )
    return [_session(row) for row in rows], int(totals[0]["total"] or 0)


async def find_count(db: Database, scope: Scope, count_id: str) -> CountSession:
    """One session.

    Raises:
        NotFound: there is none with this id in scope.
    """
    found = await _find(db, scope, _OF_ID, count_id)
    if found is None:
        raise NotFound("There is no such count.")
    return found


async def count_of_request(db: Database, scope: Scope, client_ref: str) -> CountSession | None:
    """The session that the person's own request of that reference started."""
    return await _find(db, scope, _OF_REFERENCE, client_ref, scope.person_id)


async def open_counts(db: Database, place: Scope) -> list[CountSession]:
    """The counts of a location that are neither posted nor cancelled, oldest first; at most 20."""
    sql = _SESSIONS.format(marks=place.marks, conditions=_OPEN)
    return [_session(row) for row in await db.rows(sql, *place.location_ids)]


async def open_full_count(db: Database, place: Scope) -> CountSession | None:
    """The full count of a location that is neither posted nor cancelled."""
    return await _find(db, place, _OPEN_FULL)


async def entries_of(db: Database, scope: Scope, count_id: str) -> list[CountEntry]:
    """The entries of a session, by shelf."""
    sql = _ENTRIES.format(marks=scope.marks, conditions="")
    return [_entry(row) for row in await db.rows(sql, count_id, *scope.location_ids)]


async def these_entries(
    db: Database, scope: Scope, count_id: str, entry_ids: Sequence[str]
) -> dict[str, CountEntry]:
    """Some entries of a session, by id."""
    sql = _ENTRIES.format(marks=scope.marks, conditions=_THESE)
    rows = await db.rows(sql, count_id, *scope.location_ids, json.dumps(entry_ids))
    return {str(row["id"]): _entry(row) for row in rows}


async def _find(db: Database, scope: Scope, condition: str, *values: Value) -> CountSession | None:
    sql = _SESSIONS.format(marks=scope.marks, conditions=condition)
    row = await db.row(sql, *scope.location_ids, *values)
    return _session(row) if row is not None else None


def _session(row: Row) -> CountSession:
    categories = row["categories_json"]
    return record(CountSession, row | {"categories": json.loads(str(categories)) if categories else None})


def _entry(row: Row) -> CountEntry:
    return record(CountEntry, row | {"counters": json.loads(str(row["counters"]))})
