"""The batches that start a session and take it from one state to the next, each with its audit row."""

import json
from collections.abc import Mapping, Sequence

from app_workers.inventory.errors import ClientRefReused, CountAlreadyOpen
from app_workers.inventory.models.counts import (
    CountSession,
    CountStatus,
    CountType,
    EntryDecision,
    EntryStatus,
    NewCount,
)
from app_workers.inventory.store.counts import count_of_request, find_count, open_full_count
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Statement, Value, expect, insert
from ganger.errors import AppError, VersionConflict
from ganger.ids import new_id
from ganger.scope import Scope

_NO_OTHER_FULL = """
    NOT EXISTS (
        SELECT 1 FROM count_sessions
        WHERE location_id = ? AND count_type = 'full' AND status IN ('in_progress', 'submitted')
    )
"""
# Of an item that is kept by lot each lot that holds something is planned; an empty one that turns out to
# hold something is counted like a new one.
_PLAN = """
    INSERT INTO count_entries (id, session_id, location_id, item_id, lot_id, created_at, updated_at)
    SELECT ? || '-' || ROW_NUMBER() OVER (), ?, stock.location_id, stock.item_id, lot.id, ?, ?
    FROM inventory_stock AS stock
    JOIN inventory_items AS item ON item.id = stock.item_id
    LEFT JOIN inventory_lots AS lot ON lot.item_id = stock.item_id
        AND lot.location_id = stock.location_id AND lot.quantity > 0
    WHERE stock.location_id = ? AND (item.status = 'active' OR stock.quantity_on_hand > 0)
        AND (item.is_lot_tracked = 0 OR lot.id IS NOT NULL) {conditions}
"""
_OF_CATEGORIES = "AND item.category IN (SELECT value FROM json_each(?))"
_PLANNED = """
    UPDATE count_sessions SET planned_entries = (
        SELECT COUNT(*) FROM count_entries WHERE session_id = ? AND location_id = ?
    ) WHERE id = ? AND location_id = ?
"""
_AS_READ = "SELECT version = ? FROM count_sessions WHERE id = ? AND location_id = ?"
_CHANGE = """
    UPDATE count_sessions SET {columns}, version = version + 1, updated_at = ?
    WHERE id = ? AND location_id = ?
"""
_JUDGE = """
    UPDATE count_entries SET status = given.value, updated_at = ?
    FROM json_each(?) AS given
    WHERE count_entries.id = given.key AND count_entries.session_id = ? AND count_entries.location_id = ?
"""
_DECIDE = """
    UPDATE count_entries SET status = given.value ->> 'decision', note = given.value ->> 'note',
        decided_by = ?, decided_at = ?, updated_at = ?
    FROM json_each(?) AS given
    WHERE count_entries.id = given.value ->> 'entry_id' AND count_entries.session_id = ?
        AND count_entries.location_id = ?
"""


async def start_count(
    db: Database, scope: Scope, actor: Actor, asked: NewCount
) -> tuple[CountSession, bool] | AppError:
    """Start a session and plan what it is to count.

    Returns:
        The session, and whether the same request had started it before.
    """
    place = scope.at(asked.location_id)
    count_id, client_ref = new_id(actor.at), str(asked.client_ref) if asked.client_ref else None
    try:
        await db.batch(_start(actor, asked, count_id, client_ref))
    except ExpectationFailed:
        return await _started(db, scope, client_ref) or await _already_open(db, place)
    except ConstraintFailed as failure:
        if "client_ref" not in str(failure):
            raise
        return await _started(db, scope, client_ref) or ClientRefReused(
            "This form was already used for another count. Send again to start it."
        )
    return await find_count(db, place, count_id), False


def judging(
    place: Scope, actor: Actor, session: CountSession, statuses: Mapping[str, EntryStatus]
) -> Statement:
    """The statement that gives entries, by id, the status that they were judged to have."""
    given = json.dumps({entry_id: status.value for entry_id, status in statuses.items()})
    return Statement(_JUDGE, (iso_utc(actor.at), given, session.id, *place.location_ids))


def deciding(
    place: Scope, actor: Actor, session: CountSession, decisions: Sequence[EntryDecision]
) -> Statement:
    """The statement that keeps decisions on entries."""
    at, given = iso_utc(actor.at), json.dumps([decision.plain() for decision in decisions])
    return Statement(_DECIDE, (actor.user_id, at, at, given, session.id, *place.location_ids))


async def take_step(
    db: Database,
    place: Scope,
    actor: Actor,
    session: CountSession,
    status: CountStatus,
    columns: Mapping[str, Value],
    more: Sequence[Statement] = (),
    told: Mapping[str, object] | None = None,
) -> CountSession | VersionConflict:
    """Take a session that stands as it was read to another status, or keep it in its own.

    Args:
        session: as read for this request, for the rules were asked about it.
        columns: what else changes in its row.
        more: what else belongs to the step, in the same batch.
        told: what the audit row says besides the status.
    """
    try:
        await db.batch(step_statements(place, actor, session, status, columns, more, told))
    except ExpectationFailed:
        return outdated(await find_count(db, place, session.id))
    return await find_count(db, place, session.id)


def step_statements(
    place: Scope,
    actor: Actor,
    session: CountSession,
    status: CountStatus,
    columns: Mapping[str, Value],
    more: Sequence[Statement],
    told: Mapping[str, object] | None,
) -> list[Statement]:
    """The batch of `take_step`."""
    changed = {"status": status.value, **columns}
    (location_id,) = place.location_ids
    where = (session.id, location_id)
    names = ", ".join(f"{name} = ?" for name in changed)
    said = {"status": [session.status.value, status.value], **(told or {})}
    return [
        expect("count as read", _AS_READ, session.version, *where),
        *more,
        Statement(_CHANGE.format(columns=names), (*changed.values(), iso_utc(actor.at), *where)),
        audit_row(actor, "inventory:change-count", "count_session", *where, said),
    ]


def outdated(current: CountSession) -> VersionConflict:
    """The refusal of a step of a session that somebody changed after it was read."""
    return VersionConflict("Somebody changed this count after you opened it.", current=current.plain())


async def _started(db: Database, scope: Scope, client_ref: str | None) -> tuple[CountSession, bool] | None:
    """What the same request started before."""
    earlier = await count_of_request(db, scope, client_ref) if client_ref else None
    return (earlier, True) if earlier is not None else None


async def _already_open(db: Database, place: Scope) -> CountAlreadyOpen:
    running = await open_full_count(db, place)
    count_id = running.id if running else None  # it may have ended in between
    return CountAlreadyOpen("This location has a full count that is not over.", count_id=count_id)


def _start(actor: Actor, asked: NewCount, count_id: str, client_ref: str | None) -> list[Statement]:
    at, where = iso_utc(actor.at), (count_id, asked.location_id)
    is_full = asked.count_type is CountType.FULL
    categories = json.dumps([each.value for each in asked.categories]) if asked.categories else None
    columns: dict[str, Value] = {
        "id": count_id,
        "name": asked.name,
        "location_id": asked.location_id,
        "count_type": asked.count_type.value,
        "categories_json": categories,
        "started_by": actor.user_id,
        "notes": asked.notes,
        "client_ref": client_ref,
        "last_scan_at": at,
        "created_at": at,
        "updated_at": at,
    }
    told = {"count_type": asked.count_type.value, "status": [None, CountStatus.IN_PROGRESS.value]}
    return [
        *([expect("no other full count", _NO_OTHER_FULL, asked.location_id)] if is_full else []),
        insert("count_sessions", columns),
        *([_plan(asked.location_id, count_id, at, categories)] if not _is_spot(asked) else []),
        Statement(_PLANNED, (*where, *where)),
        audit_row(actor, "inventory:start-count", "count_session", *where, told),
    ]


def _plan(location_id: str, count_id: str, at: str, categories: str | None) -> Statement:
    values: tuple[Value, ...] = (count_id, count_id, at, at, location_id)
    if categories is None:
        return Statement(_PLAN.format(conditions=""), values)
    return Statement(_PLAN.format(conditions=_OF_CATEGORIES), (*values, categories))


def _is_spot(asked: NewCount) -> bool:
    return asked.count_type is CountType.SPOT
