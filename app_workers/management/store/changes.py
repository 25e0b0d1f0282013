"""The batches that make and change requests, each with its history and its audit row."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from app_workers.management.domain.access import Rights
from app_workers.management.domain.drafts import Draft
from app_workers.management.models.tickets import Action, Status, Ticket
from app_workers.management.store.clashes import clash
from app_workers.management.store.tickets import ticket_of_id
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import (
    Database,
    ExpectationFailed,
    Statement,
    Value,
    expect,
)
from ganger.errors import AppError, VersionConflict
from ganger.ids import new_id
from ganger.scope import Scope

_AS_READ = """
    SELECT version = ? FROM tickets WHERE id = ? AND (
        location_id IS NULL OR location_id IN ({marks}) OR ? IN (submitter_id, assigned_to)
    )
"""
_ENTRY = """
    INSERT INTO ticket_comments (
        id, ticket_id, author_id, kind, content, is_internal, old_status, new_status, created_at
    )
    SELECT ?, id, ?, ?, ?, ?, ?, ?, ? FROM tickets WHERE id = ? AND (
        location_id IS NULL OR location_id IN ({marks}) OR ? IN (submitter_id, assigned_to)
        OR form_type = 'meeting_request'
    )
"""
_ENTRY = """
    INSERT INTO ticket_comments (
        id, ticket_id, author_id, kind, content, is_internal, old_status, new_status, created_at
    )
    SELECT ?, id, ?, ?, ?, ?, ?, ?, ? FROM tickets WHERE id = ? AND (
        location_id IS NULL OR location_id IN ({marks}) OR ? IN (submitter_id, assigned_to)
        OR form_type = 'meeting_request'
    )
"""
_IS_THERE = """
    SELECT TRUE FROM tickets WHERE id = ? AND (
        location_id IS NULL OR location_id IN ({marks}) OR ? IN (submitter_id, assigned_to)
        OR form_type = 'meeting_request'
    )
"""
_CHANGE = """
    UPDATE tickets SET {columns}, version = version + 1, updated_at = ?
    WHERE id = ? AND (
        location_id IS NULL OR location_id IN ({marks}) OR ? IN (submitter_id, assigned_to)
    )
"""
_AS_IT_WAS = "request as read"
_DECIDE = """
    INSERT INTO ticket_approvals (id, ticket_id, step, approver_id, action, comments, created_at)
    SELECT ?, id, approval_step, ?, ?, ?, ? FROM tickets
    WHERE id = ? AND (location_id IS NULL OR location_id IN ({marks}))
"""


_NUMBER_OF = """
    SELECT ticket_number FROM tickets
    WHERE id = ? AND (location_id IS NULL OR location_id IN ({marks}))
"""


@dataclass(frozen=True, slots=True)
class Note:
    """A line of a request's history."""

    kind: str
    content: str
    is_internal: bool = False
    is_by_system: bool = False


async def change_ticket(
    db: Database,
    scope: Scope,
    rights: Rights,
    actor: Actor,
    ticket: Ticket,
    version: int,
    columns: Mapping[str, Value],
    note: Note,
    more: Sequence[Statement] = (),
) -> AppError | None:
    """Change columns of a request that stands as it was read, and say so in its history.

    Args:
        ticket: as read for this request, for the rules were asked about it.
        version: the one that the person saw.
        more: what else belongs to the change, in the same batch.
    """
    if version != ticket.version:
        return _outdated(ticket)
    return await change_tickets(db, scope, rights, actor, [ticket], columns, note, more)


async def change_tickets(
    db: Database,
    scope: Scope,
    rights: Rights,
    actor: Actor,
    tickets: Sequence[Ticket],
    columns: Mapping[str, Value],
    note: Note,
    more: Sequence[Statement] = (),
) -> AppError | None:
    """Change the same columns of requests that all stand as they were read; or of none of them.

    Args:
        more: what else belongs to the change, carried out once, while the first request is as it was.
    """
    first, *others = tickets
    change = _changed(scope, actor, first, columns, note, more)
    for ticket in others:
        change += _changed(scope, actor, ticket, columns, note, ())
    try:
        await db.batch(change)
    except ExpectationFailed as failure:
        if str(failure) != _AS_IT_WAS:
            return clash(str(failure))
        read = [await ticket_of_id(db, scope, rights, ticket.id) for ticket in tickets]
        other = [now for now, then in zip(read, tickets, strict=True) if now.version != then.version]
        return _outdated((other or read)[0])
    return None


def entry(
    scope: Scope,
    actor: Actor,
    ticket_id: str,
    note: Note,
    status: tuple[Status | None, Status | None],
    place: int = 0,
) -> Statement:
    """The statement that adds a line to a history; `place` orders lines of one batch."""
    old, new = status
    said = (
        new_id(actor.at + timedelta(milliseconds=place)),
        None if note.is_by_system else actor.user_id,
        note.kind,
        note.content,
        int(note.is_internal),
        old.value if old and old is not new else None,
        new.value if new and old is not new else None,
        iso_utc(actor.at),
    )
    return Statement(
        _ENTRY.format(marks=scope.marks), (*said, ticket_id, *scope.location_ids, scope.person_id)
    )


def still_there(scope: Scope, ticket: Ticket) -> Statement:
    """What a batch expects that adds something to a request which the person was shown."""
    place = (ticket.id, *scope.location_ids, scope.person_id)
    return expect("request is there", _IS_THERE.format(marks=scope.marks), *place)


def decision(scope: Scope, actor: Actor, ticket: Ticket, action: Action, comments: str | None) -> Statement:
    """The statement that keeps a decision on the present step."""
    what = (new_id(actor.at), actor.user_id, action.value, comments, iso_utc(actor.at))
    return Statement(_DECIDE.format(marks=scope.marks), (*what, ticket.id, *scope.location_ids))


def number_of(scope: Scope, ticket_id: str) -> Statement:
    """The query of a request's number, for statements that stand in its own batch."""
    return Statement(_NUMBER_OF.format(marks=scope.marks), (ticket_id, *scope.location_ids))


def edited(draft: Draft) -> dict[str, Value]:
    """The columns of a request that follow from its form."""
    return {
        "title": draft.title,
        "description": draft.description,
        "form_data": json.dumps(draft.form_data),
        "location_id": draft.location_id,
        "approval_steps": draft.steps,
    }


def assigned_columns(actor: Actor, user_id: str | None) -> dict[str, Value]:
    """The columns that an assignment changes."""
    return {"assigned_to": user_id, "assigned_at": iso_utc(actor.at) if user_id else None}


def outcome_columns(actor: Actor, status: Status, step: int, comments: str | None) -> dict[str, Value]:
    """The columns that a decision changes."""
    columns: dict[str, Value] = {"status": status.value, "approval_step": step}
    if status is Status.APPROVED:
        columns["approved_at"] = iso_utc(actor.at)
    if status is Status.DENIED:
        columns["denial_reason"] = comments
    return columns


def _changed(
    scope: Scope,
    actor: Actor,
    ticket: Ticket,
    columns: Mapping[str, Value],
    note: Note,
    more: Sequence[Statement],
) -> list[Statement]:
    names = ", ".join(f"{name} = ?" for name in columns)
    place = (ticket.id, *scope.location_ids, scope.person_id)
    status = columns.get("status", ticket.status.value)
    return [
        expect(_AS_IT_WAS, _AS_READ.format(marks=scope.marks), ticket.version, *place),
        *more,
        Statement(
            _CHANGE.format(columns=names, marks=scope.marks), (*columns.values(), iso_utc(actor.at), *place)
        ),
        entry(scope, actor, ticket.id, note, (ticket.status, Status(str(status)))),
        audit_row(
            actor,
            f"management:{note.kind.replace('_', '-')}",
            "ticket",
            ticket.id,
            ticket.location_id,
            {"status": [ticket.status.value, status], "changed": sorted(columns)},
        ),
    ]


def _outdated(current: Ticket) -> VersionConflict:
    return VersionConflict("Somebody changed this request after you opened it.", current=current.plain())
