"""The history of a request and its decisions, read; and who works here."""

from app_workers.management.models.tickets import Colleague, Decision, Entry, Ticket
from ganger.db import Database, Value
from ganger.scope import Scope

# Participants of a meeting see its history wherever it is; who else may see which request, `tickets` says.
_HISTORY = """
    SELECT entry.id, entry.author_id, person.name AS author_name, entry.kind, entry.content,
        entry.is_internal, entry.new_status, entry.created_at, entry.edited_at, entry.deleted_at
    FROM ticket_comments AS entry
    JOIN tickets AS ticket ON ticket.id = entry.ticket_id
    LEFT JOIN users AS person ON person.id = entry.author_id
    WHERE entry.ticket_id = ? AND (
        ticket.location_id IS NULL OR ticket.location_id IN ({marks})
        OR ? IN (ticket.submitter_id, ticket.assigned_to) OR ticket.form_type = 'meeting_request'
    ) AND (entry.is_internal = 0 OR ?)
    ORDER BY entry.created_at, entry.id LIMIT 500
"""
_DECISIONS = """
    SELECT decision.step, decision.approver_id, decision.action
    FROM ticket_approvals AS decision
    JOIN tickets AS ticket ON ticket.id = decision.ticket_id
    WHERE decision.ticket_id = ? AND (ticket.location_id IS NULL OR ticket.location_id IN ({marks}))
    ORDER BY decision.created_at, decision.id
"""
_COLLEAGUES = "SELECT id, name FROM users WHERE is_active = 1 ORDER BY name, id"


async def history_of(db: Database, scope: Scope, ticket: Ticket, *, with_internal: bool) -> list[Entry]:
    """What happened to a request that the person was shown, oldest first."""
    values: tuple[Value, ...] = (ticket.id, *scope.location_ids, scope.person_id, int(with_internal))
    rows = await db.rows(_HISTORY.format(marks=scope.marks), *values)
    return [Entry.model_validate(row | {"is_internal": bool(row["is_internal"])}) for row in rows]


async def decisions_of(db: Database, scope: Scope, ticket: Ticket) -> list[Decision]:
    """The decisions on a request that the person was shown, oldest first."""
    rows = await db.rows(_DECISIONS.format(marks=scope.marks), ticket.id, *scope.location_ids)
    return [Decision.model_validate(row) for row in rows]


async def colleagues(db: Database) -> list[Colleague]:
    """Everybody who works here now, by name."""
    return [Colleague.model_validate(row) for row in await db.rows(_COLLEAGUES)]
