"""The requests to work on: the list, and giving several of them to somebody."""

from app_workers.management import labels
from app_workers.management.domain.access import Rights
from app_workers.management.domain.states import assignment_problem
from app_workers.management.errors import AssigneeInactive
from app_workers.management.live import QUEUE, user_topic
from app_workers.management.models.answers import Assigned
from app_workers.management.models.tickets import (
    QUERY_LISTS,
    BulkAssignment,
    TicketQuery,
    TicketScope,
)
from app_workers.management.store.changes import Note, assigned_columns
from app_workers.management.store.history import colleagues
from app_workers.management.store.tickets import tickets_asked_for, tickets_numbered
from app_workers.management.telling import Desk, change_all_and_tell
from ganger.clock import epoch_ms
from ganger.context import Context
from ganger.errors import AppError, NotFound, ValidationFailed
from ganger.http import Json, Response

_SCOPES = (TicketScope.ASSIGNED, TicketScope.UNASSIGNED)


async def get_queue_page(ctx: Context) -> Response:
    """Show the requests that the person may work on."""
    return await _queue_page(ctx, None)


async def post_queue_assign(ctx: Context) -> Response:
    """Give the requests that are ticked on the page to somebody."""
    typed = await ctx.request.form_pairs()
    data = {
        "numbers": [value for name, value in typed if name == "selected"],
        "user_id": dict(typed).get("user_id", ""),
    }
    try:
        asked = BulkAssignment.checked(data)
    except ValidationFailed:
        return await _queue_page(ctx, ValidationFailed({"selected": "Choose requests and a person."}))
    refusal = await _assign(ctx, asked)
    if refusal is not None:
        return await _queue_page(ctx, refusal)
    count = len(asked.numbers)
    return ctx.redirect(_here(ctx), f"{count} request{'s were' if count > 1 else ' was'} assigned.")


async def post_assignments(ctx: Context) -> Json[Assigned]:
    """Give several requests to somebody, all or none."""
    asked = await ctx.parse(BulkAssignment)
    refusal = await _assign(ctx, asked)
    if refusal is not None:
        raise refusal
    tickets = await tickets_numbered(ctx.db, ctx.scope, Rights.of(ctx.user), asked.numbers)
    return ctx.json({"items": tickets})


async def _assign(ctx: Context, asked: BulkAssignment) -> AppError | None:
    rights = Rights.of(ctx.user)
    tickets = await tickets_numbered(ctx.db, ctx.scope, rights, asked.numbers)
    if {ticket.ticket_number for ticket in tickets} != set(asked.numbers):
        return NotFound("One of these requests does not exist.")
    for ticket in tickets:
        problem = assignment_problem(ticket, asked.user_id, ctx.user.id, rights)
        if problem is not None:
            return problem
    names = {person.id: person.name for person in await colleagues(ctx.db)}
    if asked.user_id not in names:
        return AssigneeInactive("Whoever should do it does not work here now.", field="user_id")
    columns = assigned_columns(ctx.actor, asked.user_id)
    note = Note("assignment", f"Assigned to {names[asked.user_id]}")
    return await change_all_and_tell(Desk.of(ctx), tickets, columns, note)


async def _queue_page(ctx: Context, refusal: AppError | None) -> Response:
    asked = ctx.query(TicketQuery, *QUERY_LISTS)
    if asked.scope not in _SCOPES:
        asked = asked.model_copy(update={"scope": TicketScope.ALL})
    rights = Rights.of(ctx.user)
    tickets, total = await tickets_asked_for(ctx.db, ctx.scope, rights, asked, ctx.now)
    return ctx.page(
        "queue.html",
        *((refusal.status,) if refusal else ()),
        page_title="Queue",
        labels=labels,
        asked=asked,
        tickets=tickets,
        total=total,
        url=ctx.url(_here(ctx)),
        query=ctx.request.query_string,
        places=ctx.scope.locations,
        people=await colleagues(ctx.db) if rights.is_manager else [],
        refusal=refusal,
        # Who works on none but their own is told of what is given to them, and has nothing else in the queue.
        topic=QUEUE if rights.is_manager or rights.is_agent else user_topic(ctx.user.id),
        now_ms=epoch_ms(ctx.now),
    )


def _here(ctx: Context) -> str:
    """The queue with the filters of this request's address."""
    return f"/queue?{ctx.request.query_string}" if ctx.request.query_string else "/queue"
