"""What people do with a request: move it on, assign it, decide it."""

from app_workers.management import labels
from app_workers.management.domain.access import Rights
from app_workers.management.domain.approvals import after_decision, decision_problem
from app_workers.management.domain.states import (
    assignment_problem,
    may_prioritise,
    next_states,
    payment_problem,
)
from app_workers.management.errors import AssigneeInactive
from app_workers.management.models.tickets import (
    Action,
    Assignment,
    DecisionRequest,
    Priority,
    PriorityChange,
    Status,
    StatusChange,
    Ticket,
    TicketChange,
)
from app_workers.management.routes.requests import request_page
from app_workers.management.routes.sending import edit
from app_workers.management.store.changes import (
    Note,
    assigned_columns,
    decision,
    outcome_columns,
)
from app_workers.management.store.history import colleagues, decisions_of
from app_workers.management.store.tickets import find_ticket
from app_workers.management.telling import Desk, change_and_tell
from ganger.clock import iso_utc
from ganger.context import Context
from ganger.db import Value
from ganger.errors import AppError, Forbidden, InvalidTransition, ValidationFailed
from ganger.forms import Form, R
from ganger.http import Json, Response

_DECIDED = {
    Action.APPROVED: "Approved",
    Action.DENIED: "Denied",
    Action.INFO_REQUESTED: "Information requested",
}


async def post_move(ctx: Context) -> Response:
    """Put the request of the page in another state."""
    ticket, form = await _asked(ctx, StatusChange)
    return await _answer(ctx, ticket, form, form.record and await _move(ctx, ticket, form.record))


async def post_status(ctx: Context) -> Json[Ticket]:
    """Put a request in another state."""
    ticket = await _ticket(ctx)
    return await _told(ctx, await _move(ctx, ticket, await ctx.parse(StatusChange)))


async def post_assign(ctx: Context) -> Response:
    """Give the request of the page to somebody."""
    ticket, form = await _asked(ctx, Assignment)
    return await _answer(ctx, ticket, form, form.record and await _assign(ctx, ticket, form.record))


async def post_assignment(ctx: Context) -> Json[Ticket]:
    """Give a request to somebody."""
    ticket = await _ticket(ctx)
    return await _told(ctx, await _assign(ctx, ticket, await ctx.parse(Assignment)))


async def post_priority(ctx: Context) -> Response:
    """Say how soon the request of the page is looked at."""
    ticket, form = await _asked(ctx, PriorityChange)
    return await _answer(ctx, ticket, form, form.record and await _prioritise(ctx, ticket, form.record))


async def patch_ticket(ctx: Context) -> Json[Ticket]:
    """Change what a request's form says, or its priority."""
    ticket = await _ticket(ctx)
    asked = await ctx.parse(TicketChange)
    match asked:
        case TicketChange(form_data=dict() as data, priority=None):
            return await _told(ctx, await edit(ctx, ticket, data, asked.version))
        case TicketChange(form_data=None, priority=Priority() as priority):
            wanted = PriorityChange(priority=priority, version=asked.version)
            return await _told(ctx, await _prioritise(ctx, ticket, wanted))
    raise ValidationFailed({"form_data": "or the priority is changed, one at a time"})


async def post_decide(ctx: Context) -> Response:
    """Decide the request of the page."""
    ticket, form = await _asked(ctx, DecisionRequest)
    return await _answer(ctx, ticket, form, form.record and await _decide(ctx, ticket, form.record))


async def post_decision(ctx: Context) -> Json[Ticket]:
    """Decide a request."""
    ticket = await _ticket(ctx)
    return await _told(ctx, await _decide(ctx, ticket, await ctx.parse(DecisionRequest)))


async def _move(ctx: Context, ticket: Ticket, asked: StatusChange) -> AppError | None:
    if asked.status not in next_states(ticket, ctx.user.id, Rights.of(ctx.user), ctx.now):
        return InvalidTransition("This request cannot go there from its state.", status=ticket.status.value)
    problem = payment_problem(ticket, asked)
    if problem is not None:
        return problem
    columns: dict[str, Value] = {"status": asked.status.value}
    if asked.status in (Status.COMPLETED, Status.OPEN):
        is_over = asked.status is Status.COMPLETED
        columns["completed_at"] = iso_utc(ctx.now) if is_over else None
        columns["completed_by"] = ctx.user.id if is_over else None
    if asked.payment_reference:
        columns["payment_reference"] = asked.payment_reference
    said = labels.STATUSES[asked.status]
    note = Note("status_change", f"{said}: {asked.note}" if asked.note else said)
    return await change_and_tell(Desk.of(ctx), ticket, asked.version, columns, note)


async def _assign(ctx: Context, ticket: Ticket, asked: Assignment) -> AppError | None:
    problem = assignment_problem(ticket, asked.user_id, ctx.user.id, Rights.of(ctx.user))
    if problem is not None:
        return problem
    names = {person.id: person.name for person in await colleagues(ctx.db)}
    if asked.user_id is not None and asked.user_id not in names:
        return AssigneeInactive("Whoever should do it does not work here now.", field="user_id")
    note = Note("assignment", f"Assigned to {names[asked.user_id]}" if asked.user_id else "Unassigned")
    return await change_and_tell(
        Desk.of(ctx), ticket, asked.version, assigned_columns(ctx.actor, asked.user_id), note
    )


async def _prioritise(ctx: Context, ticket: Ticket, asked: PriorityChange) -> AppError | None:
    if not may_prioritise(ticket, ctx.user.id, Rights.of(ctx.user)):
        return Forbidden("Only managers and the assignee say how soon it is looked at.")
    note = Note("system", f"Priority {labels.PRIORITIES[asked.priority].lower()}")
    return await change_and_tell(
        Desk.of(ctx), ticket, asked.version, {"priority": asked.priority.value}, note
    )


async def _decide(ctx: Context, ticket: Ticket, asked: DecisionRequest) -> AppError | None:
    decisions = await decisions_of(ctx.db, ctx.scope, ticket)
    problem = decision_problem(ticket, decisions, asked, ctx.user.id, Rights.of(ctx.user))
    if problem is not None:
        return problem
    status, step = after_decision(ticket, asked.action)
    columns = outcome_columns(ctx.actor, status, step, asked.comments)
    said = f"{_DECIDED[asked.action]} (step {ticket.approval_step} of {ticket.approval_steps})"
    note = Note("approval", f"{said}: {asked.comments}" if asked.comments else said)
    more = [decision(ctx.scope, ctx.actor, ticket, asked.action, asked.comments)]
    return await change_and_tell(Desk.of(ctx), ticket, asked.version, columns, note, more)


async def _ticket(ctx: Context) -> Ticket:
    return await find_ticket(ctx.db, ctx.scope, Rights.of(ctx.user), ctx.params["ticket_number"])


async def _asked(ctx: Context, model: type[R]) -> tuple[Ticket, Form[R]]:
    return await _ticket(ctx), await ctx.form(model)


async def _answer(ctx: Context, ticket: Ticket, form: Form[R], refusal: object) -> Response:
    """Lead back to the request, or show it again with what was typed and why nothing was saved."""
    if form.record is None:
        refusal = ValidationFailed(form.errors)
    if isinstance(refusal, AppError):
        return await request_page(ctx, await _ticket(ctx), dict(form.values), refusal)
    return ctx.redirect(f"/requests/{ticket.ticket_number}", "Saved.")


async def _told(ctx: Context, refusal: AppError | None) -> Json[Ticket]:
    if refusal is not None:
        raise refusal
    return ctx.json(await _ticket(ctx))
