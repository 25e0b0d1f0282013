"""What the portal's jobs find to do, and the batches that remind people; all within every location."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from app_workers.management.domain.access import Rights
from app_workers.management.models.tickets import Decision, Status, Ticket
from app_workers.management.notices import DIGEST_LINK, Told
from app_workers.management.store.notifications import telling
from app_workers.management.store.tickets import tickets_where
from ganger.audit import SYSTEM, Actor, audit_row
from ganger.clock import clinic_date, iso_utc
from ganger.db import Database, ExpectationFailed, Statement, expect
from ganger.identity import Location
from ganger.scope import Scope

# What nobody asks for is asked as somebody who may see everything.
EVERYTHING = Rights(is_manager=True, is_hr=True, is_finance=True)
_MOST = 500  # in one run; the next goes on
_ONE_DIGEST_IN = timedelta(hours=12)

_LOCATIONS = "SELECT id, name FROM locations"
_REMINDED = """
    SELECT 1 FROM ticket_reminders AS told JOIN tickets AS place ON place.id = told.ticket_id
    WHERE told.ticket_id = {ticket} AND told.kind = ? AND told.reminded_at > ?
        AND (place.location_id IS NULL OR place.location_id IN ({marks}))
"""
_NOTE_REMINDER = """
    INSERT INTO ticket_reminders (ticket_id, kind, reminded_at)
    SELECT id, ?, ? FROM tickets WHERE id = ? AND (location_id IS NULL OR location_id IN ({marks}))
    ON CONFLICT (ticket_id, kind) DO UPDATE SET reminded_at = excluded.reminded_at
"""
_OVERDUE = """
    AND ticket.status IN ('open', 'in_progress', 'stalled', 'pending_approval', 'info_requested')
    AND ticket.due_at < ?
"""
_IN_STATUS_SINCE = """
    AND ticket.status = ? AND ticket.created_at <= ? AND NOT EXISTS (
        SELECT 1 FROM ticket_comments AS entry JOIN tickets AS place ON place.id = entry.ticket_id
        WHERE entry.ticket_id = ticket.id AND entry.created_at > ? AND entry.new_status = ticket.status
            AND (place.location_id IS NULL OR place.location_id IN ({marks}))
    )
"""
_ENDED_LEAVE = """
    AND ticket.status = 'approved' AND ticket.form_type = 'time_off_request'
    AND json_extract(ticket.form_data, '$.end_date') < ?
"""
_PENDING = "AND ticket.status = 'pending_approval'"
_ORDER = " ORDER BY ticket.created_at, ticket.id LIMIT ?"
_DECISIONS = """
    SELECT decision.ticket_id, decision.step, decision.approver_id, decision.action
    FROM tickets AS ticket JOIN ticket_approvals AS decision ON decision.ticket_id = ticket.id
    WHERE ticket.status = 'pending_approval'
        AND (ticket.location_id IS NULL OR ticket.location_id IN ({marks}))
    ORDER BY decision.created_at, decision.id
"""
_NO_DIGEST = """
    NOT EXISTS (
        SELECT 1 FROM json_each(?) AS person JOIN notifications AS told ON told.user_id = person.value
        WHERE told.link = ? AND told.created_at > ?
    )
"""


class Reminder(StrEnum):
    """What people are reminded of."""

    OVERDUE = "overdue"
    STALLED = "stalled"


async def everywhere(db: Database) -> Scope:
    """The scope of the system: every location."""
    rows = await db.rows(_LOCATIONS)
    return Scope(SYSTEM, tuple(Location(str(row["id"]), str(row["name"])) for row in rows))


async def overdue_tickets(db: Database, scope: Scope, at: datetime, again: timedelta) -> list[Ticket]:
    """Unfinished requests past their due time of which nobody was reminded within `again`."""
    unreminded, values = _unreminded(scope, Reminder.OVERDUE, at - again)
    conditions = _OVERDUE + unreminded + _ORDER
    return await tickets_where(db, scope, EVERYTHING, conditions, iso_utc(at), *values, _MOST)


async def stalled_tickets(db: Database, scope: Scope, at: datetime, since: timedelta) -> list[Ticket]:
    """Requests that have been stalled for so long, and of which nobody was reminded within that time."""
    unreminded, values = _unreminded(scope, Reminder.STALLED, at - since)
    conditions, standing = _standing(scope, Status.STALLED, at - since)
    return await tickets_where(
        db, scope, EVERYTHING, conditions + unreminded + _ORDER, *standing, *values, _MOST
    )


async def unanswered_tickets(db: Database, scope: Scope, at: datetime, since: timedelta) -> list[Ticket]:
    """Requests whose submitter has not answered a question for so long."""
    conditions, standing = _standing(scope, Status.INFO_REQUESTED, at - since)
    return await tickets_where(db, scope, EVERYTHING, conditions + _ORDER, *standing, _MOST)


async def ended_time_off(db: Database, scope: Scope, at: datetime) -> list[Ticket]:
    """Approved time off whose last day is over at the clinics."""
    today = clinic_date(at).isoformat()
    return await tickets_where(db, scope, EVERYTHING, _ENDED_LEAVE + _ORDER, today, _MOST)


async def pending_tickets(db: Database, scope: Scope) -> list[tuple[Ticket, list[Decision]]]:
    """The requests that wait for a decision, each with those made so far."""
    tickets = await tickets_where(db, scope, EVERYTHING, _PENDING + _ORDER, _MOST)
    found: dict[str, list[Decision]] = {ticket.id: [] for ticket in tickets}
    for row in await db.rows(_DECISIONS.format(marks=scope.marks), *scope.location_ids):
        columns = {name: row[name] for name in Decision.model_fields}
        found.setdefault(str(row["ticket_id"]), []).append(Decision.model_validate(columns))
    return [(ticket, found[ticket.id]) for ticket in tickets]


async def remind(
    db: Database,
    scope: Scope,
    actor: Actor,
    ticket: Ticket,
    kind: Reminder,
    again: timedelta,
    told: Sequence[Told],
) -> bool:
    """Tell people of a request, unless another run did so within `again`; whether they were told now."""
    place = (ticket.id, *scope.location_ids)
    reminded = _REMINDED.format(ticket="?", marks=scope.marks)
    since = iso_utc(actor.at - again)
    unreminded = expect(
        "not reminded yet", f"NOT EXISTS ({reminded})", ticket.id, kind.value, since, *scope.location_ids
    )
    note = Statement(_NOTE_REMINDER.format(marks=scope.marks), (kind.value, iso_utc(actor.at), *place))
    what = {"reminder": kind.value, "people": _count(told)}
    audit = audit_row(actor, "management:remind", "ticket", ticket.id, ticket.location_id, what)
    return await _is_done(db, [unreminded, note, audit, *telling(told, actor.at)])


async def send_digests(db: Database, actor: Actor, told: Sequence[Told]) -> bool:
    """Tell each approver what waits for them, once a morning; whether they were told now."""
    statements = telling(told, actor.at)
    since = iso_utc(actor.at - _ONE_DIGEST_IN)
    unsent = [expect("no digest yet", _NO_DIGEST, _ids(told), DIGEST_LINK, since)]
    audit = audit_row(
        actor,
        "management:digest",
        "digest",
        clinic_date(actor.at).isoformat(),
        fields={"people": _count(told)},
    )
    return await _is_done(db, [*unsent, audit, *statements])


def _unreminded(scope: Scope, kind: Reminder, since: datetime) -> tuple[str, tuple[str, ...]]:
    reminded = _REMINDED.format(ticket="ticket.id", marks=scope.marks)
    return f" AND NOT EXISTS ({reminded})", (kind.value, iso_utc(since), *scope.location_ids)


def _standing(scope: Scope, status: Status, since: datetime) -> tuple[str, tuple[str, ...]]:
    """The condition that a request has been in a state at least since that instant."""
    at = iso_utc(since)
    return _IN_STATUS_SINCE.format(marks=scope.marks), (status.value, at, at, *scope.location_ids)


async def _is_done(db: Database, batch: Sequence[Statement]) -> bool:
    try:
        await db.batch(batch)
    except ExpectationFailed:
        return False  # another run of the job went ahead
    return True


def _count(told: Iterable[Told]) -> int:
    return sum(len(each.to) for each in told)


def _ids(told: Iterable[Told]) -> str:
    return json.dumps([person_id for each in told for person_id in each.to])
