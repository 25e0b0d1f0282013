"""Making a request and changing what it says: by the form, and by a program."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from uuid import uuid4

from app_workers.management import labels
from app_workers.management.domain.access import Rights
from app_workers.management.domain.checks import form_problem
from app_workers.management.domain.drafts import Draft, draft_of
from app_workers.management.domain.states import decided_steps, is_editable
from app_workers.management.domain.typed import Typed, read_typed, typed_again
from app_workers.management.errors import NotEditable
from app_workers.management.fields import Control, controls_of
from app_workers.management.models.forms import (
    FORMS,
    Form,
    FormType,
    MeetingRequest,
    PunchFix,
    SupportTicket,
)
from app_workers.management.models.tickets import Colleague, FormChange, NewTicket, Ticket
from app_workers.management.store.changes import Note, change_ticket, create_ticket, edited, no_other_request
from app_workers.management.store.history import colleagues, decisions_of
from app_workers.management.store.tickets import find_ticket
from ganger.context import Context
from ganger.errors import AppError, BadRequest, NotFound, ValidationFailed
from ganger.http import Response

_MAX_KEY = 100


@dataclass(frozen=True, slots=True)
class _Page:
    """What a form's page shows. `ticket` is the request that is changed, if it is not a new one."""

    form_type: FormType
    people: list[Colleague]
    typed: Mapping[str, str] = field(default_factory=dict)
    refusal: AppError | None = None
    ticket: Ticket | None = None
    controls: Mapping[str, str] = field(default_factory=dict)


async def get_tiles_page(ctx: Context) -> Response:
    """Show the forms to choose from."""
    return ctx.page("tiles.html", page_title="New request", labels=labels)


async def get_form_page(ctx: Context) -> Response:
    """Show an empty form."""
    form_type = _form_type(ctx.params["form_type"])
    return _form_page(ctx, _Page(form_type, await _others(ctx), _usual(ctx, form_type)))


def _usual(ctx: Context, form_type: FormType) -> Mapping[str, str]:
    """What an empty form begins with, as if it had been typed."""
    if form_type is FormType.TIME_OFF_REQUEST:
        return {"full_day": "on"}
    return {"location_id": ctx.user.location.id} if form_type is FormType.SUPPORT_TICKET else {}


async def post_form(ctx: Context) -> Response:
    """Send the form; if it cannot be, show it again as it was typed."""
    form_type = _form_type(ctx.params["form_type"])
    values = await ctx.request.form()
    key = values.pop("client_ref", "")
    typed, people = read_typed(form_type, values), await _others(ctx)
    outcome = await _send(ctx, form_type, typed.data, people, key)
    if isinstance(outcome, AppError):
        return _form_page(ctx, _Page(form_type, people, values, outcome, controls=typed.controls))
    return ctx.redirect(f"/requests/{outcome.ticket_number}", f"Request {outcome.ticket_number} was sent.")


async def post_ticket(ctx: Context) -> Response:
    """Make a request; the same Idempotency-Key again changes nothing."""
    asked = await ctx.parse(NewTicket)
    key = ctx.request.headers.get("idempotency-key", "")
    outcome = await _send(ctx, asked.form_type, asked.form_data, await _others(ctx), key)
    if isinstance(outcome, AppError):
        raise outcome
    return ctx.json(outcome, HTTPStatus.CREATED)


async def get_edit_page(ctx: Context) -> Response:
    """Show the form of a request as it was sent."""
    ticket = await _ticket(ctx)
    if not await _is_editable(ctx, ticket):
        raise NotFound("This request can no longer be changed.")
    page = _Page(ticket.form_type, await _others(ctx), ticket=ticket)
    return _form_page(ctx, replace(page, typed=typed_again(ticket.form_type, ticket.form_data)))


async def post_edit(ctx: Context) -> Response:
    """Save what the form says now; if it cannot be, show it again as it was typed."""
    ticket = await _ticket(ctx)
    values = await ctx.request.form()
    version = _version(values.pop("version", ""))
    typed, people = read_typed(ticket.form_type, values), await _others(ctx)
    # Whom it is about was said when it was sent; the page has no control for it any more.
    kept = {"employee_id": ticket.subject_user_id} if ticket.form_data.get("employee_id") else {}
    refusal = await _edit(ctx, ticket, typed.data | kept, people, version)
    if refusal is not None:
        now = await _ticket(ctx)  # with the version that the next attempt needs
        return _form_page(ctx, _Page(ticket.form_type, people, values, refusal, now, typed.controls))
    return ctx.redirect(f"/requests/{ticket.ticket_number}", "The request was changed.")


async def patch_ticket(ctx: Context) -> Response:
    """Change what a request's form says."""
    ticket = await _ticket(ctx)
    asked = await ctx.parse(FormChange)
    refusal = await _edit(ctx, ticket, asked.form_data, await _others(ctx), asked.version)
    if refusal is not None:
        raise refusal
    return ctx.json(await _ticket(ctx))


async def _edit(
    ctx: Context, ticket: Ticket, data: Mapping[str, object], people: list[Colleague], version: int
) -> AppError | None:
    if not await _is_editable(ctx, ticket):
        return NotEditable("This request can no longer be changed.")
    draft = _draft(ctx, ticket.form_type, data, people)
    if isinstance(draft, AppError):
        return draft
    if str(draft.form_data.get("employee_id") or ctx.user.id) != ticket.subject_user_id:
        return ValidationFailed({"employee_id": "cannot be changed"})
    more = no_other_request(ctx.scope, draft, ticket.subject_user_id, ticket.id)
    rights, note, columns = Rights.of(ctx.user), Note("system", "Form changed"), edited(draft)
    return await change_ticket(ctx.db, ctx.scope, rights, ctx.actor, ticket, version, columns, note, more)


async def _send(
    ctx: Context, form_type: FormType, data: Mapping[str, object], people: list[Colleague], key: str
) -> Ticket | AppError:
    """Make the request once, if the rules allow it; the refusal is a value, for a form shows it in place."""
    if not 1 <= len(key) <= _MAX_KEY:
        return BadRequest(f"Send an Idempotency-Key of at most {_MAX_KEY} characters.")
    draft = _draft(ctx, form_type, data, people)
    if isinstance(draft, AppError):
        return draft
    subject_id = str(draft.form_data.get("employee_id") or ctx.user.id)
    rights = Rights.of(ctx.user)
    return await create_ticket(ctx.db, ctx.scope, rights, ctx.actor, draft, subject_id, key)


def _draft(
    ctx: Context, form_type: FormType, data: Mapping[str, object], people: list[Colleague]
) -> Draft | AppError:
    try:
        form = FORMS[form_type].checked(data)
    except ValidationFailed as error:
        return error
    problem = form_problem(form, ctx.now) or _people_problem(ctx, form, {person.id for person in people})
    if problem is not None:
        return problem
    place, kind = "Any location", ""
    if isinstance(form, SupportTicket | MeetingRequest) and form.location_id is not None:
        place = ctx.scope.at(form.location_id).locations[0].name
    if isinstance(form, SupportTicket):
        kind = labels.spelt(form.request_type.value)
    return draft_of(form_type, form, place, kind, ctx.now)


def _people_problem(ctx: Context, form: Form, others: set[str]) -> ValidationFailed | None:
    """What is wrong with the people that a form names: they work here, and only managers send for others."""
    if isinstance(form, MeetingRequest) and not set(form.participant_ids) <= others | {ctx.user.id}:
        return ValidationFailed({"participant_ids": "names somebody who does not work here"})
    if isinstance(form, PunchFix) and form.employee_id not in (None, ctx.user.id):
        if not Rights.of(ctx.user).is_manager:
            return ValidationFailed({"employee_id": "must be yourself"})
        if form.employee_id not in others:
            return ValidationFailed({"employee_id": "does not work here"})
    return None


async def _ticket(ctx: Context) -> Ticket:
    return await find_ticket(ctx.db, ctx.scope, Rights.of(ctx.user), ctx.params["ticket_number"])


async def _is_editable(ctx: Context, ticket: Ticket) -> bool:
    decisions = await decisions_of(ctx.db, ctx.scope, ticket)
    return is_editable(ticket, ctx.user.id, decided_steps(decisions))


async def _others(ctx: Context) -> list[Colleague]:
    return [person for person in await colleagues(ctx.db) if person.id != ctx.user.id]


def _form_type(text: str) -> FormType:
    try:
        return FormType(text)
    except ValueError as error:
        raise NotFound("There is no such form.") from error


def _version(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _form_page(ctx: Context, page: _Page) -> Response:
    """The form with what was typed and why it was refused; its reference is always fresh."""
    rights = Rights.of(ctx.user)
    controls = controls_of(
        page.form_type, ctx.scope.locations, page.people, for_others=rights.is_manager and not page.ticket
    )
    return ctx.page(
        "form.html",
        page.refusal.status if page.refusal else HTTPStatus.OK,
        page_title=labels.FORMS[page.form_type],
        labels=labels,
        form_type=page.form_type,
        controls=controls,
        typed=page.typed,
        errors=_field_errors(page, controls),
        refusal=page.refusal,
        ticket=page.ticket,
        client_ref=str(uuid4()),
    )


def _field_errors(page: _Page, controls: list[Control]) -> dict[str, str]:
    """A sentence for each control that the refusal is about."""
    typed, names = Typed({}, page.controls), {control.name: control.label for control in controls}
    match page.refusal.details if page.refusal else {}:
        case {"fields": dict() as fields}:
            found = {typed.control(name): text for name, text in fields.items()}
            return {name: f"{names[name]} {text}" for name, text in found.items() if name in names}
        case {"field": str() as name}:
            return {name: str(page.refusal)}
    return {}
