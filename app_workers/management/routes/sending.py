"""Making a request and changing what it says: by the form, and by a program."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from uuid import uuid4

from app_workers.management import labels
from app_workers.management.domain.access import Rights
from app_workers.management.domain.checks import form_problem
from app_workers.management.domain.drafts import Draft, asks_for_more, draft_of
from app_workers.management.domain.files import MAX_POST_BYTES, files_problem
from app_workers.management.domain.states import decided_steps, is_editable
from app_workers.management.domain.typed import Typed, item_rows, read_typed, rows_changed, typed_again
from app_workers.management.errors import (
    FileTooLarge,
    FileTypeNotAllowed,
    ReceiptRequired,
    TooManyFiles,
)
from app_workers.management.fields import Control, controls_of, names_of
from app_workers.management.models.files import Upload
from app_workers.management.models.forms import (
    FORMS,
    ExpenseReimbursement,
    Form,
    FormType,
    MeetingRequest,
    PunchFix,
    SupportTicket,
)
from app_workers.management.models.tickets import Colleague, NewTicket, Ticket
from app_workers.management.routes.attachments import kept_files
from app_workers.management.store.changes import Note, edited
from app_workers.management.store.clashes import no_other_request
from app_workers.management.store.creation import NewRequest
from app_workers.management.store.history import colleagues, decisions_of
from app_workers.management.store.settings import second_approval_cents
from app_workers.management.store.tickets import find_ticket
from app_workers.management.store.uploads import own_uploads
from app_workers.management.telling import Desk, change_and_tell, create_and_tell
from ganger.context import Context
from ganger.errors import AppError, BadRequest, NotEditable, NotFound, ValidationFailed
from ganger.http import Json, Response
from ganger.ids import new_id
from ganger.multipart import read_posted

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
    files: Sequence[Upload] = ()


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
    """Send the form; if it cannot be, show it again as it was typed, with the files that came along.

    Buttons of the form that add or remove a row of items only show it again.
    """
    form_type = _form_type(ctx.params["form_type"])
    posted = await read_posted(ctx.request, MAX_POST_BYTES)
    values = dict(posted.fields)
    key = values.pop("client_ref", "")
    files, refusal = await kept_files(ctx, posted)
    changed = rows_changed(values) if form_type is FormType.EXPENSE_REIMBURSEMENT else None
    page = _Page(form_type, await _others(ctx), changed or values, refusal, files=files)
    typed = read_typed(form_type, values)
    outcome: Ticket | AppError | None = refusal
    if outcome is None and changed is None:
        outcome = await _send(ctx, _Sent(form_type, typed.data, files, key), page.people)
    if isinstance(outcome, Ticket):
        number = outcome.ticket_number
        return ctx.redirect(f"/requests/{number}", f"Request {number} was sent.")
    return _form_page(ctx, replace(page, refusal=outcome, controls=typed.controls))


async def post_ticket(ctx: Context) -> Json[Ticket]:
    """Make a request; the same Idempotency-Key again changes nothing."""
    asked = await ctx.parse(NewTicket)
    key = ctx.request.headers.get("idempotency-key", "")
    files = await own_uploads(ctx.db, ctx.scope, asked.file_upload_ids)
    if {each.id for each in files} != set(asked.file_upload_ids):
        raise ValidationFailed({"file_upload_ids": "names a file that is not there"})
    outcome = await _send(ctx, _Sent(asked.form_type, asked.form_data, files, key), await _others(ctx))
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
    changed = rows_changed(values) if ticket.form_type is FormType.EXPENSE_REIMBURSEMENT else None
    if changed is not None:
        # Nothing was saved, so what the person saw is still the version that they opened.
        opened = ticket.model_copy(update={"version": version})
        return _form_page(ctx, _Page(ticket.form_type, await _others(ctx), changed, ticket=opened))
    typed, people = read_typed(ticket.form_type, values), await _others(ctx)
    # Whom it is about was said when it was sent; the page has no control for it any more.
    kept = {"employee_id": ticket.subject_user_id} if ticket.form_data.get("employee_id") else {}
    refusal = await edit(ctx, ticket, typed.data | kept, version)
    if refusal is not None:
        now = await _ticket(ctx)  # with the version that the next attempt needs
        return _form_page(ctx, _Page(ticket.form_type, people, values, refusal, now, typed.controls))
    return ctx.redirect(f"/requests/{ticket.ticket_number}", "The request was changed.")


async def edit(ctx: Context, ticket: Ticket, data: Mapping[str, object], version: int) -> AppError | None:
    """Change what a request's form says, if the rules allow it."""
    decided = decided_steps(await decisions_of(ctx.db, ctx.scope, ticket))
    if not is_editable(ticket, ctx.user.id, decided):
        return NotEditable("This request can no longer be changed.")
    draft = await _draft(ctx, ticket.form_type, data, await _others(ctx))
    if isinstance(draft, AppError):
        return draft
    if str(draft.form_data.get("employee_id") or ctx.user.id) != ticket.subject_user_id:
        return ValidationFailed({"employee_id": "cannot be changed"})
    if decided and ticket.form_type is FormType.EXPENSE_REIMBURSEMENT:
        if asks_for_more(ticket.form_data, draft.form_data):
            return ValidationFailed({"items": "must not come to more than what was approved"})
        draft = replace(draft, steps=ticket.approval_steps)
    more = no_other_request(ctx.scope, draft, ticket.subject_user_id, ticket.id)
    note = Note("system", "Form changed")
    return await change_and_tell(Desk.of(ctx), ticket, version, edited(draft), note, more)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A new request as it was asked for; `key` tells it from others of the same person."""

    form_type: FormType
    data: Mapping[str, object]
    files: Sequence[Upload]
    key: str


async def _send(ctx: Context, sent: _Sent, people: list[Colleague]) -> Ticket | AppError:
    """Make the request once, if the rules allow it; the refusal is a value, for a form shows it in place."""
    if not 1 <= len(sent.key) <= _MAX_KEY:
        return BadRequest(f"Send an Idempotency-Key of at most {_MAX_KEY} characters.")
    draft = await _draft(ctx, sent.form_type, sent.data, people)
    if isinstance(draft, AppError):
        return draft
    problem = files_problem(sent.form_type, sent.files)
    if problem is not None:
        return problem
    subject_id = str(draft.form_data.get("employee_id") or ctx.user.id)
    new = NewRequest(new_id(ctx.now), draft, subject_id, sent.key, sent.files)
    return await create_and_tell(Desk.of(ctx), new)


async def _draft(
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
    if not isinstance(form, ExpenseReimbursement):
        return draft_of(form_type, form, place, kind, ctx.now)
    limit = await second_approval_cents(ctx.db, ctx.scope)
    return draft_of(form_type, form, place, kind, ctx.now, limit)


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
        page.form_type,
        ctx.scope.locations,
        page.people,
        for_others=rights.is_manager and not page.ticket,
        rows=item_rows(page.typed),
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
        files=page.files,
        client_ref=str(uuid4()),
    )


def _field_errors(page: _Page, controls: list[Control]) -> dict[str, str]:
    """A sentence for each control that the refusal is about."""
    typed, names = Typed({}, page.controls), names_of(controls)
    match page.refusal.details if page.refusal else {}:
        case {"fields": dict() as fields}:
            found = {typed.control(name): text for name, text in fields.items()}
            return {name: f"{names[name]} {text}" for name, text in found.items() if name in names}
        case {"field": str() as name}:
            return {typed.control(name): str(page.refusal)}
    if isinstance(page.refusal, FileTooLarge | FileTypeNotAllowed | ReceiptRequired | TooManyFiles):
        return {"files": str(page.refusal)}
    return {}
