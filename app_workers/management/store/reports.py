"""What reports count, and what an export holds."""

import asyncio
from datetime import date, datetime, timedelta

from app_workers.management.domain.access import Rights
from app_workers.management.models.reports import Exported, Tally
from ganger.audit import Actor, audit_row
from ganger.clock import clinic_midnight, iso_utc
from ganger.db import Database, Value
from ganger.scope import Scope

MAX_EXPORTED = 10_000
# Managers count work of their locations and of none, HR and finance what they decide, and direct managers
# what is about their people. The values are numbered, and the marks after them go on counting.
_REPORTED = """
    FROM tickets AS ticket
    LEFT JOIN locations AS place ON place.id = ticket.location_id
    LEFT JOIN users AS submitter ON submitter.id = ticket.submitter_id
    LEFT JOIN users AS assignee ON assignee.id = ticket.assigned_to
    WHERE (
        (ticket.form_type IN ('time_off_request', 'punch_fix', 'change_of_availability') AND ?2)
        OR (ticket.form_type = 'expense_reimbursement' AND ?3)
        OR (
            ticket.approval_steps > 0
            AND ticket.subject_user_id IN (SELECT user_id FROM staff_profiles WHERE manager_id = ?4)
        )
        OR (
            ticket.form_type IN ('support_ticket', 'meeting_request', 'impact_filter') AND ?5
            AND (ticket.location_id IS NULL OR ticket.location_id IN ({marks}))
        )
    ) AND ticket.{column} >= ? AND ticket.{column} < ?
"""
_IS_OVERDUE = """
    (ticket.due_at IS NOT NULL AND ticket.due_at < ?1 AND ticket.status IN (
        'open', 'in_progress', 'stalled', 'pending_approval', 'info_requested'
    ))
"""
_TALLIES = (
    f"SELECT ticket.status, ticket.form_type, ticket.priority, COUNT(*) AS count, SUM({_IS_OVERDUE})"
    f" AS overdue {_REPORTED} GROUP BY ticket.status, ticket.form_type, ticket.priority"
)
_AVERAGE = f"""
    SELECT AVG((julianday(ticket.completed_at) - julianday(ticket.created_at)) * 24) AS hours {_REPORTED}
"""
_EXPORTED = f"""
    SELECT ticket.ticket_number, ticket.form_type, ticket.title, ticket.status, ticket.priority,
        place.name AS location_name, submitter.name AS submitter_name, assignee.name AS assignee_name,
        ticket.created_at, ticket.due_at, ticket.completed_at, {_IS_OVERDUE} AS is_overdue
    {_REPORTED} ORDER BY ticket.created_at, ticket.id LIMIT {MAX_EXPORTED + 1}
"""


async def counted(
    db: Database, scope: Scope, rights: Rights, first: date, last: date, at: datetime
) -> tuple[list[Tally], float | None]:
    """The requests made in these days, counted, and the mean hours that those completed in them took."""
    values = _values(scope, rights, first, last, at)
    tallies, average = await asyncio.gather(
        db.rows(_TALLIES.format(marks=scope.marks, column="created_at"), *values),
        db.rows(_AVERAGE.format(marks=scope.marks, column="completed_at"), *values),
    )
    hours = average[0]["hours"]
    return [Tally.model_validate(row) for row in tallies], None if hours is None else float(hours)


async def exported(
    db: Database, scope: Scope, rights: Rights, first: date, last: date, at: datetime
) -> list[Exported]:
    """The requests made in these days, oldest first; one more than MAX_EXPORTED if there are too many."""
    values = _values(scope, rights, first, last, at)
    rows = await db.rows(_EXPORTED.format(marks=scope.marks, column="created_at"), *values)
    return [Exported.model_validate(row | {"is_overdue": bool(row["is_overdue"])}) for row in rows]


async def note_export(db: Database, actor: Actor, first: date, last: date, count: int) -> None:
    """Write into the audit log that the person exports requests, ahead of sending them."""
    audit = audit_row(actor, "management:export", "ticket", f"{first}..{last}", None, {"count": count})
    await db.batch([audit])


def _values(scope: Scope, rights: Rights, first: date, last: date, at: datetime) -> tuple[Value, ...]:
    allowed = (int(rights.is_hr), int(rights.is_finance), scope.person_id, int(rights.is_manager))
    days = (iso_utc(clinic_midnight(first)), iso_utc(clinic_midnight(last + timedelta(days=1))))
    return (iso_utc(at), *allowed, *scope.location_ids, *days)
