"""The batches that make and change requests, each with its history and its audit row."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app_workers.management.domain.access import Rights
from app_workers.management.domain.drafts import Draft
from app_workers.management.errors import DuplicatePunchFix, RequestReused, TimeOffOverlap
from app_workers.management.models.forms import FormType
from app_workers.management.models.tickets import Action, Status, Ticket
from app_workers.management.store.tickets import ticket_of_id, ticket_of_reference
from ganger.audit import Actor, audit_row
from ganger.clock import clinic_date, iso_utc
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Statement, Value, expect, insert
from ganger.errors import AppError, VersionConflict
from ganger.ids import new_id
from ganger.scope import Scope

_NEXT_NUMBER = """
    INSERT INTO ticket_counters (year, last_number) VALUES (?, 1)
    ON CONFLICT (year) DO UPDATE SET last_number = last_number + 1
"""
_NEW_TICKET = """
    INSERT INTO tickets (
        id, ticket_number, form_type, title, description, form_data, submitter_id, subject_user_id,
        location_id, priority, status, approval_step, approval_steps, due_at, client_ref,
        created_at, updated_at
    )
    SELECT ?, year || '-' || printf('%06d', last_number), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
    FROM ticket_counters WHERE year = ?
"""
_AS_READ = """
    SELECT version = ? FROM tickets WHERE id = ? AND (
        location_id IS NULL OR location_id IN ({marks}) OR ? IN (submitter_id, assigned_to)
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

_DECIDE = """
    INSERT INTO ticket_approvals (id, ticket_id, step, approver_id, action, comments, created_at)
    SELECT ?, id, approval_step, ?, ?, ?, ? FROM tickets
    WHERE id = ? AND (location_id IS NULL OR location_id IN ({marks}))
"""

# Requests about a person have no location, so those of other locations are never looked at.
_UNFINISHED_OF = """
    NOT EXISTS (
        SELECT 1 FROM tickets WHERE subject_user_id = ? AND form_type = ? AND id <> ?
            AND status IN ('pending_approval', 'info_requested', 'approved')
            AND (location_id IS NULL OR location_id IN ({marks})) AND {same}
    )
"""
_SAME_DAYS = "json_extract(form_data, '$.start_date') <= ? AND json_extract(form_data, '$.end_date') >= ?"
_SAME_DATE = "json_extract(form_data, '$.date') = ?"
_NO_OVERLAP, _NO_DUPLICATE = "no other time off", "no other punch fix"


@dataclass(frozen=True, slots=True)
class Note:
    """A line of a request's history."""

    kind: str
    content: str
    is_internal: bool = False


async def create_ticket(
    db: Database, scope: Scope, rights: Rights, actor: Actor, draft: Draft, subject_id: str, client_ref: str
) -> Ticket | AppError:
    """Save a request under the next number of the local year; the same reference again changes nothing."""
    ticket_id, year = new_id(actor.at), f"{clinic_date(actor.at):%y}"
    batch = [
        *no_other_request(scope, draft, subject_id, ticket_id),
        Statement(_NEXT_NUMBER, (year,)),
        _new_ticket(actor, draft, subject_id, ticket_id, client_ref),
        _entry(actor, ticket_id, Note("system", "Sent"), (None, draft.status)),
        audit_row(
            actor,
            "management:create-request",
            "ticket",
            ticket_id,
            draft.location_id,
            {"form_type": draft.form_type.value, "status": draft.status.value},
        ),
    ]
    try:
        await db.batch(batch)
    except ExpectationFailed as failure:
        return await _same_again(db, scope, rights, draft, client_ref) or _refusal(str(failure))
    except ConstraintFailed as failure:
        if "client_ref" not in str(failure):
            raise
        return await _same_again(db, scope, rights, draft, client_ref) or _reused()
    return await ticket_of_id(db, scope, rights, ticket_id)


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
    names = ", ".join(f"{name} = ?" for name in columns)
    place = (ticket.id, *scope.location_ids, scope.person_id)
    status = columns.get("status", ticket.status.value)
    batch = [
        expect("request as read", _AS_READ.format(marks=scope.marks), version, *place),
        *more,
        Statement(
            _CHANGE.format(columns=names, marks=scope.marks), (*columns.values(), iso_utc(actor.at), *place)
        ),
        _entry(actor, ticket.id, note, (ticket.status, Status(str(status)))),
        audit_row(
            actor,
            f"management:{note.kind.replace('_', '-')}",
            "ticket",
            ticket.id,
            ticket.location_id,
            {"status": [ticket.status.value, status], "changed": sorted(columns)},
        ),
    ]
    try:
        await db.batch(batch)
    except ExpectationFailed as failure:
        if str(failure) != "request as read":
            return _refusal(str(failure))
        return _outdated(await ticket_of_id(db, scope, rights, ticket.id))
    return None


async def add_comment(db: Database, scope: Scope, actor: Actor, ticket: Ticket, note: Note) -> None:
    """Say something about a request that the person was shown."""
    place = (ticket.id, *scope.location_ids, scope.person_id)
    said = {"internal": note.is_internal}
    await db.batch(
        [
            expect("request is there", _IS_THERE.format(marks=scope.marks), *place),
            _entry(actor, ticket.id, note, (None, None)),
            audit_row(actor, "management:comment", "ticket", ticket.id, ticket.location_id, said),
        ]
    )


def decision(scope: Scope, actor: Actor, ticket: Ticket, action: Action, comments: str | None) -> Statement:
    """The statement that keeps a decision on the present step."""
    what = (new_id(actor.at), actor.user_id, action.value, comments, iso_utc(actor.at))
    return Statement(_DECIDE.format(marks=scope.marks), (*what, ticket.id, *scope.location_ids))


def edited(draft: Draft) -> dict[str, Value]:
    """The columns of a request that follow from its form."""
    return {
        "title": draft.title,
        "description": draft.description,
        "form_data": json.dumps(draft.form_data),
        "location_id": draft.location_id,
        "priority": draft.priority.value,
    }


def outcome_columns(actor: Actor, status: Status, step: int, comments: str | None) -> dict[str, Value]:
    """The columns that a decision changes."""
    columns: dict[str, Value] = {"status": status.value, "approval_step": step}
    if status is Status.APPROVED:
        columns["approved_at"] = iso_utc(actor.at)
    if status is Status.DENIED:
        columns["denial_reason"] = comments
    return columns


def no_other_request(scope: Scope, draft: Draft, subject_id: str, ticket_id: str) -> list[Statement]:
    """What a batch expects of the person's other requests: none for the same days."""
    data = draft.form_data
    match draft.form_type:
        case FormType.TIME_OFF_REQUEST:
            name, same, values = _NO_OVERLAP, _SAME_DAYS, [data["end_date"], data["start_date"]]
        case FormType.PUNCH_FIX:
            name, same, values = _NO_DUPLICATE, _SAME_DATE, [data["date"]]
        case _:
            return []
    condition = _UNFINISHED_OF.format(marks=scope.marks, same=same)
    texts = [str(value) for value in values]
    place = (subject_id, draft.form_type.value, ticket_id, *scope.location_ids)
    return [expect(name, condition, *place, *texts)]


async def _same_again(
    db: Database, scope: Scope, rights: Rights, draft: Draft, client_ref: str
) -> Ticket | None:
    """The request that this one repeats, if it says the same."""
    earlier = await ticket_of_reference(db, scope, rights, client_ref)
    is_same = (
        earlier is not None
        and earlier.form_type is draft.form_type
        and earlier.form_data == json.loads(json.dumps(draft.form_data))
    )
    return earlier if is_same else None


def _refusal(expectation: str) -> AppError:
    if expectation == _NO_OVERLAP:
        return TimeOffOverlap("There is time off on one of these days already.", field="start_date")
    return DuplicatePunchFix("There is an unfinished punch fix for this date.", field="date")


def _outdated(current: Ticket) -> VersionConflict:
    return VersionConflict("Somebody changed this request after you opened it.", current=current.plain())


def _reused() -> RequestReused:
    return RequestReused("This form was already used for another request. Send again to make this one too.")


def _entry(
    actor: Actor, ticket_id: str, note: Note, status: tuple[Status | None, Status | None]
) -> Statement:
    old, new = status
    columns: dict[str, Value] = {
        "id": new_id(actor.at),
        "ticket_id": ticket_id,
        "author_id": actor.user_id,
        "kind": note.kind,
        "content": note.content,
        "is_internal": int(note.is_internal),
        "old_status": old.value if old and old is not new else None,
        "new_status": new.value if new and old is not new else None,
        "created_at": iso_utc(actor.at),
    }
    return insert("ticket_comments", columns)


def _new_ticket(actor: Actor, draft: Draft, subject_id: str, ticket_id: str, client_ref: str) -> Statement:
    at = iso_utc(actor.at)
    return Statement(
        _NEW_TICKET,
        (
            ticket_id,
            draft.form_type.value,
            draft.title,
            draft.description,
            json.dumps(draft.form_data),
            actor.user_id,
            subject_id,
            draft.location_id,
            draft.priority.value,
            draft.status.value,
            int(draft.steps > 0),
            draft.steps,
            draft.due_at,
            client_ref,
            at,
            at,
            f"{clinic_date(actor.at):%y}",
        ),
    )
