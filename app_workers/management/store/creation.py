"""The batch that makes a request, with its number, its first assignment, its history and its audit row."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app_workers.management.domain.access import Rights
from app_workers.management.domain.drafts import Draft
from app_workers.management.errors import RequestReused
from app_workers.management.models.files import Upload
from app_workers.management.models.forms import FormType
from app_workers.management.models.tickets import Colleague, Ticket
from app_workers.management.store.attachments import attached, refused_files
from app_workers.management.store.changes import Note, entry
from app_workers.management.store.clashes import clash, no_other_request
from app_workers.management.store.rotation import TURN, next_agent, turn_taken
from app_workers.management.store.tickets import ticket_of_id, ticket_of_reference
from ganger.audit import Actor, audit_row
from ganger.clock import clinic_date, iso_utc
from ganger.db import ConstraintFailed, Database, DatabaseError, ExpectationFailed, Statement
from ganger.errors import AppError
from ganger.scope import Scope

_NEXT_NUMBER = """
    INSERT INTO ticket_counters (year, last_number) VALUES (?, 1)
    ON CONFLICT (year) DO UPDATE SET last_number = last_number + 1
"""
_NEW_TICKET = """
    INSERT INTO tickets (
        id, ticket_number, form_type, title, description, form_data, submitter_id, subject_user_id,
        location_id, priority, status, approval_step, approval_steps, assigned_to, assigned_at, due_at,
        client_ref, created_at, updated_at
    )
    SELECT ?, year || '-' || printf('%06d', last_number), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
    FROM ticket_counters WHERE year = ?
"""
# Each try is lost to another request that was saved, so it takes this many at the same moment to fail.
_TURNS_TRIED = 10


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What is saved as a new request, and the agent who gets it."""

    id: str
    draft: Draft
    subject_id: str
    client_ref: str
    files: Sequence[Upload]
    agent: Colleague | None = None


# What tells people of a request, for its own batch.
Tell = Callable[[NewRequest], Sequence[Statement]]


async def create_ticket(
    db: Database, scope: Scope, rights: Rights, actor: Actor, new: NewRequest, tell: Tell
) -> Ticket | AppError:
    """Save a request under the next number of the local year; the same reference again changes nothing.

    A support request goes to the agent whose turn it is.

    Args:
        new: its id is a new one; the request that is returned has another if the reference came before.
        tell: gives what tells people of the request, once it is known who works on it.
    """
    for _ in range(_TURNS_TRIED):
        agent = await next_agent(db, actor.at) if new.draft.form_type is FormType.SUPPORT_TICKET else None
        chosen = replace(new, agent=agent)
        made = await _create(db, scope, rights, actor, chosen, tell(chosen))
        if made is not None:
            return made
    raise DatabaseError("Too many requests are being sent at once.")


async def _create(
    db: Database, scope: Scope, rights: Rights, actor: Actor, new: NewRequest, telling: Sequence[Statement]
) -> Ticket | AppError | None:
    """Save the request, or None if somebody else's took the agent's turn meanwhile."""
    try:
        await db.batch([*_creation(scope, actor, new), *telling])
    except ExpectationFailed as failure:
        if str(failure) == TURN:
            return None
        return await _same_again(db, scope, rights, new) or refused_files(str(failure)) or clash(str(failure))
    except ConstraintFailed as failure:
        if "client_ref" not in str(failure):
            raise
        return await _same_again(db, scope, rights, new) or _reused()
    return await ticket_of_id(db, scope, rights, new.id)


async def _same_again(db: Database, scope: Scope, rights: Rights, new: NewRequest) -> Ticket | None:
    """The request that this one repeats, if it says the same."""
    earlier = await ticket_of_reference(db, scope, rights, new.client_ref)
    is_same = (
        earlier is not None
        and earlier.form_type is new.draft.form_type
        and earlier.form_data == json.loads(json.dumps(new.draft.form_data))
    )
    return earlier if is_same else None


def _reused() -> RequestReused:
    return RequestReused("This form was already used for another request. Send again to make this one too.")


def _creation(scope: Scope, actor: Actor, new: NewRequest) -> list[Statement]:
    ticket_id, draft, agent = new.id, new.draft, new.agent
    facts: dict[str, object] = {"form_type": draft.form_type.value, "status": draft.status.value}
    if new.files:
        facts["file_upload_ids"] = [each.id for each in new.files]
    batch = [
        *no_other_request(scope, draft, new.subject_id, ticket_id),
        *(turn_taken(agent, actor.at) if agent else ()),
        Statement(_NEXT_NUMBER, (f"{clinic_date(actor.at):%y}",)),
        _new_ticket(actor, new),
        entry(scope, actor, ticket_id, Note("system", "Sent"), (None, draft.status)),
    ]
    if agent:
        facts["assigned_to"] = agent.id
        note = Note("assignment", f"Assigned to {agent.name}", is_by_system=True)
        batch.append(entry(scope, actor, ticket_id, note, (None, None), place=1))
    audit = ("management:create-request", "ticket", ticket_id, draft.location_id, facts)
    return [*batch, *attached(scope, actor, ticket_id, new.files), audit_row(actor, *audit)]


def _new_ticket(actor: Actor, new: NewRequest) -> Statement:
    at, draft = iso_utc(actor.at), new.draft
    return Statement(
        _NEW_TICKET,
        (
            new.id,
            draft.form_type.value,
            draft.title,
            draft.description,
            json.dumps(draft.form_data),
            actor.user_id,
            new.subject_id,
            draft.location_id,
            draft.priority.value,
            draft.status.value,
            int(draft.steps > 0),
            draft.steps,
            new.agent.id if new.agent else None,
            at if new.agent else None,
            draft.due_at,
            new.client_ref,
            at,
            at,
            f"{clinic_date(actor.at):%y}",
        ),
    )
