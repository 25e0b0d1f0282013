"""Requests, read."""

import asyncio
import json

from app_workers.management.domain.access import Rights
from app_workers.management.models.tickets import Ticket, TicketQuery, TicketScope
from ganger.db import Database, Row, Statement, Value
from ganger.errors import NotFound
from ganger.scope import Scope

# Numbered, because the person stands in many places; the marks after them go on counting.
_VISIBLE = """
    FROM tickets AS ticket
    JOIN users AS submitter ON submitter.id = ticket.submitter_id
    JOIN users AS subject ON subject.id = ticket.subject_user_id
    LEFT JOIN users AS assignee ON assignee.id = ticket.assigned_to
    LEFT JOIN locations AS location ON location.id = ticket.location_id
    LEFT JOIN staff_profiles AS profile ON profile.user_id = ticket.subject_user_id
    LEFT JOIN users AS boss ON boss.id = profile.manager_id AND boss.is_active = 1
    LEFT JOIN ticket_approvals AS taken ON taken.ticket_id = ticket.id AND taken.approver_id = ?1
        AND taken.action <> 'info_requested'
    WHERE (
        ticket.submitter_id = ?1 OR ticket.subject_user_id = ?1 OR ticket.assigned_to = ?1
        OR (
            ticket.form_type IN ('time_off_request', 'punch_fix', 'change_of_availability')
            AND (boss.id = ?1 OR ?2)
        )
        OR (
            ticket.form_type IN ('support_ticket', 'meeting_request', 'impact_filter')
            AND ?3 AND (ticket.location_id IS NULL OR ticket.location_id IN ({marks}))
        )
        OR (
            ticket.form_type = 'meeting_request' AND EXISTS (
                SELECT 1 FROM json_each(ticket.form_data, '$.participant_ids') AS person
                WHERE person.value = ?1
            )
        )
    ) {conditions}
"""
_COLUMNS = """
    SELECT ticket.*, submitter.name AS submitter_name, subject.name AS subject_name,
        assignee.name AS assignee_name, location.name AS location_name, boss.id AS subject_manager_id
"""
_TICKETS = _COLUMNS + _VISIBLE
_TOTAL = "SELECT COUNT(*) AS total" + _VISIBLE

_OF_NUMBER = "AND ticket.ticket_number = ?"
_OF_ID = "AND ticket.id = ?"
_OF_REFERENCE = "AND ticket.submitter_id = ?1 AND ticket.client_ref = ?"
_OWN = "AND (ticket.submitter_id = ?1 OR ticket.subject_user_id = ?1)"
_NEWEST = " ORDER BY ticket.created_at DESC, ticket.id DESC LIMIT ? OFFSET ?"
_OLDEST = " ORDER BY ticket.created_at, ticket.id LIMIT ?"
_UNFINISHED = """
    AND ticket.status IN ('open', 'in_progress', 'stalled', 'pending_approval', 'info_requested')
"""
_QUEUE = """
    AND ticket.form_type IN ('support_ticket', 'meeting_request', 'impact_filter')
    AND ticket.status IN ('open', 'in_progress', 'stalled') AND (?3 OR ticket.assigned_to = ?1)
"""
_BY_ASSIGNEE = {
    TicketScope.ASSIGNED: " AND ticket.assigned_to = ?1",
    TicketScope.UNASSIGNED: " AND ticket.assigned_to IS NULL",
}
_WAITING = """
    AND ticket.status = 'pending_approval' AND ticket.submitter_id <> ?1 AND ticket.subject_user_id <> ?1
    AND (
        ?2 OR (
            ticket.approval_step = 1 AND ticket.form_type <> 'punch_fix'
            AND boss.id = ?1
        )
    )
    AND taken.id IS NULL
"""


async def find_ticket(db: Database, scope: Scope, rights: Rights, number: str) -> Ticket:
    """One request by its number.

    Raises:
        NotFound: there is none that the person may see.
    """
    return _found(await _first(db, _asked(scope, rights, _OF_NUMBER, number)))


async def ticket_of_id(db: Database, scope: Scope, rights: Rights, ticket_id: str) -> Ticket:
    """One request by its id.

    Raises:
        NotFound: there is none that the person may see.
    """
    return _found(await _first(db, _asked(scope, rights, _OF_ID, ticket_id)))


async def ticket_of_reference(db: Database, scope: Scope, rights: Rights, client_ref: str) -> Ticket | None:
    """The person's own request that was sent with this reference."""
    row = await _first(db, _asked(scope, rights, _OF_REFERENCE, client_ref))
    return ticket_of(row) if row is not None else None


async def own_tickets(
    db: Database, scope: Scope, rights: Rights, asked: TicketQuery
) -> tuple[list[Ticket], int]:
    """One page of the requests that the person made or that are about them; and how many there are."""
    conditions, values = _filters(asked)
    conditions = _OWN + conditions
    offset = (asked.page - 1) * asked.limit
    page = _asked(scope, rights, conditions + _NEWEST, *values, asked.limit, offset)
    rows, totals = await asyncio.gather(
        db.rows(page.sql, *page.values),
        db.rows(_TOTAL.format(marks=scope.marks, conditions=conditions), *_who(scope, rights), *values),
    )
    return [ticket_of(row) for row in rows], int(totals[0]["total"] or 0)


async def queue_tickets(
    db: Database, scope: Scope, rights: Rights, asked: TicketQuery
) -> tuple[list[Ticket], int]:
    """One page of the unfinished requests that the person may work on, oldest first; and how many there are.

    Managers work on those of their locations and of none, everybody on those assigned to them.
    """
    filters, values = _filters(asked)
    conditions = _QUEUE + (_BY_ASSIGNEE.get(asked.scope, "") if asked.scope else "") + filters
    offset = (asked.page - 1) * asked.limit
    page = _asked(scope, rights, conditions + _OLDEST + " OFFSET ?", *values, asked.limit, offset)
    rows, totals = await asyncio.gather(
        db.rows(page.sql, *page.values),
        db.rows(_TOTAL.format(marks=scope.marks, conditions=conditions), *_who(scope, rights), *values),
    )
    return [ticket_of(row) for row in rows], int(totals[0]["total"] or 0)


async def own_unfinished(db: Database, scope: Scope, rights: Rights, limit: int) -> list[Ticket]:
    """The person's requests that are not over, newest first."""
    asked = _asked(scope, rights, _OWN + _UNFINISHED + _NEWEST, limit, 0)
    rows = await db.rows(asked.sql, *asked.values)
    return [ticket_of(row) for row in rows]


async def tickets_waiting_for(db: Database, scope: Scope, rights: Rights, limit: int) -> list[Ticket]:
    """The requests whose present step the person can decide, oldest first."""
    asked = _asked(scope, rights, _WAITING + _OLDEST, limit)
    return [ticket_of(row) for row in await db.rows(asked.sql, *asked.values)]


def ticket_of(row: Row) -> Ticket:
    """A row of `_TICKETS` as a record."""
    columns: dict[str, object] = {name: row[name] for name in Ticket.model_fields}
    return Ticket.model_validate(columns | {"form_data": json.loads(str(row["form_data"]))})


async def _first(db: Database, asked: Statement) -> Row | None:
    return await db.row(asked.sql, *asked.values)


def _found(row: Row | None) -> Ticket:
    if row is None:
        raise NotFound("There is no such request.")
    return ticket_of(row)


def _asked(scope: Scope, rights: Rights, conditions: str, *values: Value) -> Statement:
    sql = _TICKETS.format(marks=scope.marks, conditions=conditions)
    return Statement(sql, (*_who(scope, rights), *values))


def _who(scope: Scope, rights: Rights) -> tuple[Value, ...]:
    return (scope.person_id, int(rights.is_hr), int(rights.is_manager), *scope.location_ids)


def _filters(asked: TicketQuery) -> tuple[str, list[Value]]:
    filters = {"ticket.status": asked.status, "ticket.form_type": asked.form_type}
    given = {column: value.value for column, value in filters.items() if value is not None}
    return "".join(f" AND {column} = ?" for column in given), list(given.values())
