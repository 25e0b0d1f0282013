"""A change together with telling those whom it concerns: in its batch, and live once it is carried out."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app_workers.management import live
from app_workers.management.domain.access import Rights
from app_workers.management.domain.audience import Member, ticket_to_be
from app_workers.management.models.tickets import Decision, Status, Ticket
from app_workers.management.notices import Told, decision_wanted, of_change, of_new
from app_workers.management.store.changes import Note, change_ticket, change_tickets, number_of
from app_workers.management.store.creation import NewRequest, create_ticket
from app_workers.management.store.history import decisions_of
from app_workers.management.store.members import members_at
from app_workers.management.store.notifications import telling
from ganger.audit import Actor
from ganger.clock import iso_utc
from ganger.context import Context
from ganger.db import Database, Statement, Value
from ganger.errors import AppError
from ganger.live_rules import Live
from ganger.scope import Scope


@dataclass(frozen=True, slots=True)
class Desk:
    """Who changes something, with what they may do and work with: a person, or the system."""

    db: Database
    live: Live
    scope: Scope
    rights: Rights
    actor: Actor

    @classmethod
    def of(cls, ctx: Context) -> "Desk":
        """The desk of the person who asks."""
        return cls(ctx.db, ctx.live, ctx.scope, Rights.of(ctx.user), ctx.actor)


async def create_and_tell(desk: Desk, new: NewRequest) -> Ticket | AppError:
    """Save a request and tell those whom it wants; the same reference again tells nobody."""
    actor = desk.actor
    members = await members_at(desk.db, actor.at)

    def told(chosen: NewRequest) -> list[Told]:
        ticket = ticket_to_be(
            chosen.draft,
            chosen.id,
            actor.user_id,
            chosen.subject_id,
            chosen.agent,
            members,
            iso_utc(actor.at),
        )
        return of_new(ticket, members, actor.user_id)

    def tell(chosen: NewRequest) -> list[Statement]:
        return telling(told(chosen), actor.at, word=number_of(desk.scope, chosen.id))

    made = await create_ticket(desk.db, desk.scope, desk.rights, actor, new, tell)
    if isinstance(made, Ticket) and made.id == new.id:
        tell_all(desk, of_new(made, members, actor.user_id))
        live.tell_ticket(desk.live, made, actor.at)
    return made


async def change_and_tell(
    desk: Desk,
    ticket: Ticket,
    version: int,
    columns: Mapping[str, Value],
    note: Note,
    more: Sequence[Statement] = (),
) -> AppError | None:
    """Change columns of a request, and tell those whom the change concerns; see `change_ticket`."""
    after, at = changed(ticket, columns), desk.actor.at
    members, decisions = await asyncio.gather(
        members_at(desk.db, at), decisions_of(desk.db, desk.scope, ticket)
    )
    told = told_of(ticket, after, members, decisions, desk.actor.user_id)
    refusal = await change_ticket(
        desk.db,
        desk.scope,
        desk.rights,
        desk.actor,
        ticket,
        version,
        columns,
        note,
        [*more, *telling(told, at)],
    )
    if refusal is None:
        tell_all(desk, told)
        live.tell_ticket(desk.live, after, at)
    return refusal


async def change_all_and_tell(
    desk: Desk, tickets: Sequence[Ticket], columns: Mapping[str, Value], note: Note
) -> AppError | None:
    """Change the same columns of several requests, all or none, and tell those whom it concerns."""
    members = await members_at(desk.db, desk.actor.at)
    after = [changed(ticket, columns) for ticket in tickets]
    told = [
        each
        for before, now in zip(tickets, after, strict=True)
        for each in of_change(before, now, members, desk.actor.user_id)
    ]
    more = telling(told, desk.actor.at)
    refusal = await change_tickets(desk.db, desk.scope, desk.rights, desk.actor, tickets, columns, note, more)
    if refusal is None:
        tell_all(desk, told)
        for ticket in after:
            live.tell_ticket(desk.live, ticket, desk.actor.at)
    return refusal


def changed(ticket: Ticket, columns: Mapping[str, Value]) -> Ticket:
    """The request as it will stand, in the next version."""
    known = {name: value for name, value in columns.items() if name in Ticket.model_fields}
    known.pop("form_data", None)  # in the database a text; nobody is told what it says
    return Ticket.model_validate(ticket.plain() | known | {"version": ticket.version + 1})


def told_of(
    before: Ticket,
    after: Ticket,
    members: Sequence[Member],
    decisions: Sequence[Decision],
    actor_id: str,
) -> list[Told]:
    """Who is told what of a change: those whom it concerns, and those whose decision is wanted now."""
    told = of_change(before, after, members, actor_id)
    is_other_step = (after.status, after.approval_step) != (before.status, before.approval_step)
    if after.status is Status.PENDING_APPROVAL and is_other_step:
        told += decision_wanted(after, decisions, members, actor_id)
    return told


def tell_all(desk: Desk, told: Iterable[Told]) -> None:
    """Let the bells of all who were told know."""
    live.tell_people(desk.live, (person_id for each in told for person_id in each.to), desk.actor.at)
