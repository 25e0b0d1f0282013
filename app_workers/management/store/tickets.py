"""Requests, read."""

import asyncio
import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from app_workers.management.domain.access import Rights
from app_workers.management.models.tickets import Order, Sort, Ticket, TicketQuery, TicketScope
from ganger.clock import clinic_midnight, iso_utc
from ganger.db import Database, Row, Statement, Value, containing
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
        OR (ticket.form_type = 'expense_reimbursement' AND (boss.id = ?1 OR ?4))
        OR (
            ticket.form_type IN ('support_ticket', 'meeting_request', 'impact_filter')
            AND (?3 OR (?5 AND ticket.form_type = 'support_ticket' AND ticket.assigned_to IS NULL))
            AND (ticket.location_id IS NULL OR ticket.location_id IN ({marks}))
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
    AND ticket.form_type IN ('support_ticket', 'meeting_request', 'impact_filter') AND (
        ?3 OR ticket.assigned_to = ?1
        OR (?5 AND ticket.form_type = 'support_ticket' AND ticket.assigned_to IS NULL)
    )
"""
_IN_WORK = " AND ticket.status IN ('open', 'in_progress', 'stalled')"
_WAITING = """
    AND ticket.status = 'pending_approval' AND ticket.submitter_id <> ?1 AND ticket.subject_user_id <> ?1
    AND (
        CASE ticket.form_type WHEN 'expense_reimbursement' THEN ?4 ELSE ?2 END
        OR (
            ticket.approval_step = 1 AND ticket.form_type <> 'punch_fix'
            AND boss.id = ?1
        )
    )
    AND taken.id IS NULL
"""
_OF_SCOPE = {
    TicketScope.MINE: _OWN,
    TicketScope.APPROVALS: _WAITING,
    TicketScope.ASSIGNED: _QUEUE + " AND ticket.assigned_to = ?1",
    TicketScope.UNASSIGNED: _QUEUE + " AND ticket.assigned_to IS NULL",
    TicketScope.ALL: _QUEUE,
}
_PRIORITY_RANK = (
    "CASE ticket.priority WHEN 'urgent' THEN 3 WHEN 'high' THEN 2 WHEN 'normal' THEN 1 ELSE 0 END"
)
_SORTED_BY = {
    Sort.CREATED_AT: "ticket.created_at {order}",
    Sort.UPDATED_AT: "ticket.updated_at {order}",
    # Whatever has no due time comes last in both orders.
    Sort.DUE_AT: "ticket.due_at IS NULL, ticket.due_at {order}",
    Sort.PRIORITY: _PRIORITY_RANK + " {order}",
}
_FOUND = """
    AND (
        ticket.ticket_number LIKE ? ESCAPE '\\' OR ticket.title LIKE ? ESCAPE '\\'
        OR ticket.description LIKE ? ESCAPE '\\'
    )
"""
_OVERDUE = f" AND ticket.due_at < ? {_UNFINISHED}"


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


async def tickets_asked_for(
    db: Database, scope: Scope, rights: Rights, asked: TicketQuery, at: datetime
) -> tuple[list[Ticket], int]:
    """One page of the requests of a query, by default the person's own; and how many there are.

    Managers work on those of their locations and of none, support agents on those that nobody has,
    everybody on those assigned to them.
    """
    whose = asked.scope or TicketScope.MINE
    filters, values = _filters(asked, at)
    is_queue = whose in (TicketScope.ASSIGNED, TicketScope.UNASSIGNED, TicketScope.ALL)
    conditions = _OF_SCOPE[whose] + (_IN_WORK if is_queue and not asked.status else "") + filters
    offset = (asked.page - 1) * asked.limit
    page = _asked(scope, rights, conditions + _sorted(asked, whose), *values, asked.limit, offset)
    rows, totals = await asyncio.gather(
        db.rows(page.sql, *page.values),
        db.rows(_TOTAL.format(marks=scope.marks, conditions=conditions), *_who(scope, rights), *values),
    )
    return [ticket_of(row) for row in rows], int(totals[0]["total"] or 0)


async def tickets_numbered(
    db: Database, scope: Scope, rights: Rights, numbers: Sequence[str]
) -> list[Ticket]:
    """The requests of these numbers, at most 50, that the person may see."""
    marks = ", ".join("?" * len(numbers))
    asked = _asked(scope, rights, f"AND ticket.ticket_number IN ({marks})", *numbers)
    return [ticket_of(row) for row in await db.rows(asked.sql, *asked.values)]


async def own_unfinished(db: Database, scope: Scope, rights: Rights, limit: int) -> list[Ticket]:
    """The person's requests that are not over, newest first."""
    return await tickets_where(db, scope, rights, _OWN + _UNFINISHED + _NEWEST, limit, 0)


async def tickets_waiting_for(db: Database, scope: Scope, rights: Rights, limit: int) -> list[Ticket]:
    """The requests whose present step the person can decide, oldest first."""
    return await tickets_where(db, scope, rights, _WAITING + _OLDEST, limit)


async def tickets_where(
    db: Database, scope: Scope, rights: Rights, conditions: str, *values: Value
) -> list[Ticket]:
    """The requests that the person may see and that meet further conditions on `ticket`, in their order."""
    asked = _asked(scope, rights, conditions, *values)
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
    allowed = (rights.is_hr, rights.is_manager, rights.is_finance, rights.is_agent)
    return (scope.person_id, *(int(each) for each in allowed), *scope.location_ids)


def _filters(asked: TicketQuery, at: datetime) -> tuple[str, list[Value]]:
    """The conditions of a query besides its scope, and their values."""
    conditions, values = [], list[Value]()
    for column, codes in (
        ("status", asked.status),
        ("form_type", asked.form_type),
        ("priority", asked.priority),
    ):
        if codes:
            conditions.append(f" AND ticket.{column} IN ({', '.join('?' * len(codes))})")
            values += [code.value for code in codes]
    for condition, value in (
        (" AND ticket.location_id = ?", asked.location_id),
        (" AND ticket.assigned_to = ?", asked.assigned_to),
        (" AND ticket.created_at >= ?", _begins(asked.created_from)),
        (" AND ticket.created_at < ?", _begins(asked.created_to, days=1)),
        (_OVERDUE, iso_utc(at) if asked.overdue else None),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    if asked.search is not None:
        conditions.append(_FOUND)
        values += [containing(asked.search)] * 3
    return "".join(conditions), values


def _sorted(asked: TicketQuery, whose: TicketScope) -> str:
    is_newest = whose is TicketScope.MINE if asked.sort is None else asked.sort is Sort.PRIORITY
    order = asked.order or (Order.DESC if is_newest else Order.ASC)
    by = _SORTED_BY[asked.sort or Sort.CREATED_AT].format(order=order.value)
    return f" ORDER BY {by}, ticket.id {order.value} LIMIT ? OFFSET ?"


def _begins(day: date | None, days: int = 0) -> str | None:
    return iso_utc(clinic_midnight(day + timedelta(days=days))) if day else None
