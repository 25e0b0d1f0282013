"""Requests: the person's own list and one request, as pages and for programs."""

import asyncio
from http import HTTPStatus
from uuid import uuid4

from app_workers.management import labels
from app_workers.management.domain.access import Rights
from app_workers.management.domain.approvals import may_decide
from app_workers.management.domain.audience import readers
from app_workers.management.domain.comments import is_editable as is_comment_editable
from app_workers.management.domain.comments import is_removable
from app_workers.management.domain.states import (
    decided_steps,
    is_editable,
    may_comment_internally,
    may_prioritise,
    may_remove,
    may_take,
    next_states,
)
from app_workers.management.models.answers import WholeTicket
from app_workers.management.models.tickets import (
    QUERY_LISTS,
    Decision,
    Entry,
    Ticket,
    TicketQuery,
    TicketScope,
)
from app_workers.management.store.attachments import attachments_of
from app_workers.management.store.history import colleagues, decisions_of, history_of
from app_workers.management.store.members import members_at
from app_workers.management.store.tickets import find_ticket, tickets_asked_for
from ganger.clock import epoch_ms
from ganger.context import Context, Listed, items
from ganger.errors import AppError, ValidationFailed
from ganger.http import Json, Response


async def get_requests_page(ctx: Context) -> Response:
    """Show the requests that the person made or that are about them."""
    asked = ctx.query(TicketQuery, *QUERY_LISTS).model_copy(update={"scope": TicketScope.MINE})
    tickets, total = await tickets_asked_for(ctx.db, ctx.scope, Rights.of(ctx.user), asked, ctx.now)
    return ctx.page(
        "requests.html",
        page_title="My requests",
        labels=labels,
        asked=asked,
        tickets=tickets,
        total=total,
        url=f"{ctx.url('/requests')}?{ctx.request.query_string}",
    )


async def get_tickets(ctx: Context) -> Json[Listed[Ticket]]:
    """List the requests that the person made or that are about them, those to decide, or those to work on."""
    asked = ctx.query(TicketQuery, *QUERY_LISTS)
    tickets, total = await tickets_asked_for(ctx.db, ctx.scope, Rights.of(ctx.user), asked, ctx.now)
    return ctx.json(items(tickets, asked.page, asked.limit, total))


async def get_request_page(ctx: Context) -> Response:
    """Show a request with its history and what the person can do with it."""
    ticket = await find_ticket(ctx.db, ctx.scope, Rights.of(ctx.user), ctx.params["ticket_number"])
    return await request_page(ctx, ticket, {}, None)


async def get_ticket(ctx: Context) -> Json[WholeTicket]:
    """Return a request with its history and decisions."""
    ticket = await find_ticket(ctx.db, ctx.scope, Rights.of(ctx.user), ctx.params["ticket_number"])
    history, decisions = await _told(ctx, ticket)
    files = await attachments_of(ctx.db, ctx.scope, ticket)
    return ctx.json({"ticket": ticket, "history": history, "decisions": decisions, "attachments": files})


async def request_page(
    ctx: Context, ticket: Ticket, typed: dict[str, str], refusal: AppError | None
) -> Response:
    """The page of a request; after a refusal with what was typed."""
    rights = Rights.of(ctx.user)
    (history, decisions), people, files, members = await asyncio.gather(
        _told(ctx, ticket),
        colleagues(ctx.db),
        attachments_of(ctx.db, ctx.scope, ticket),
        members_at(ctx.db, ctx.now),
    )
    names = {person.id: person.name for person in people}
    names |= {place.id: place.name for place in ctx.scope.locations}
    return ctx.page(
        "request.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=ticket.title,
        labels=labels,
        ticket=ticket,
        history=history,
        answers=labels.answers(ticket.form_data, names),
        files=files,
        can_remove=lambda file: may_remove(file.uploaded_by, ctx.user.id, rights),
        people=people,
        typed=typed,
        refusal=refusal,
        errors=refusal.fields if isinstance(refusal, ValidationFailed) else {},
        client_ref=str(uuid4()),
        now_ms=epoch_ms(ctx.now),
        own_comments=_own_comments(ctx, history),
        mentionable=[
            member.name for member in readers(ticket, members, is_internal=False) if member.id != ctx.user.id
        ],
        states=next_states(ticket, ctx.user.id, rights, ctx.now),
        can_decide=may_decide(ticket, decisions, ctx.user.id, rights),
        can_edit=is_editable(ticket, ctx.user.id, decided_steps(decisions)),
        can_assign=rights.is_manager and not ticket.needs_approval,
        can_take=not rights.is_manager and may_take(ticket, rights),
        can_prioritise=may_prioritise(ticket, ctx.user.id, rights),
        can_be_internal=may_comment_internally(ticket, ctx.user.id, rights),
    )


def _own_comments(ctx: Context, history: list[Entry]) -> dict[str, bool]:
    """The comments that the person may take away, by id, and whether they may also change them."""
    return {
        entry.id: is_comment_editable(entry.author_id, ctx.user.id, entry.created_at, ctx.now)
        for entry in history
        if entry.kind == "comment"
        and entry.deleted_at is None
        and is_removable(entry.author_id, ctx.user.id, ctx.user.role)
    }


async def _told(ctx: Context, ticket: Ticket) -> tuple[list[Entry], list[Decision]]:
    is_internal = may_comment_internally(ticket, ctx.user.id, Rights.of(ctx.user))
    return await asyncio.gather(
        history_of(ctx.db, ctx.scope, ticket, with_internal=is_internal),
        decisions_of(ctx.db, ctx.scope, ticket),
    )
