"""Codes that were scanned and led nowhere: named, linked to an item, or ignored."""

from http import HTTPStatus

from app_workers.inventory import labels
from app_workers.inventory.models.drafts import BarcodeDraft
from app_workers.inventory.models.scanning import (
    NameSuggestion,
    Resolution,
    Unmatched,
    UnmatchedQuery,
    UnmatchedStatus,
)
from app_workers.inventory.permissions import MANAGE_CATALOG, USE, VIEW
from app_workers.inventory.routes.forms import field_errors
from app_workers.inventory.store.barcodes import add_barcode
from app_workers.inventory.store.items import find_item, item_names
from app_workers.inventory.store.scanning import find_unmatched, ignore_unmatched, suggest_name, unmatched
from ganger.context import Context, Listed, items
from ganger.errors import AppError, InvalidTransition, NotFound, ValidationFailed
from ganger.forms import Form
from ganger.http import Json, Response
from ganger.permissions import is_allowed
from ganger.routing import Route


async def get_unmatched_page(ctx: Context) -> Response:
    """Show the codes that led nowhere, the most scanned first."""
    asked = ctx.query(UnmatchedQuery)
    listed, total = await unmatched(ctx.db, asked)
    return ctx.page(
        "unmatched.html",
        page_title="Unknown codes",
        labels=labels,
        asked=asked,
        listed=listed,
        total=total,
        may_manage=is_allowed(ctx.user, MANAGE_CATALOG),
        url=f"{ctx.url('/unmatched')}?{ctx.request.query_string}",
    )


async def get_unmatched_code_page(ctx: Context) -> Response:
    """Show the form that links a code or ignores it."""
    return await _form_page(ctx, await find_unmatched(ctx.db, ctx.params["unmatched_id"]), Form())


async def post_resolve_form(ctx: Context) -> Response:
    """Link the code to the item of the form."""
    code = await find_unmatched(ctx.db, ctx.params["unmatched_id"])
    form = await ctx.form(Resolution)
    outcome = ValidationFailed(form.errors) if form.record is None else await _resolve(ctx, code, form.record)
    if isinstance(outcome, AppError):
        return await _form_page(ctx, code, form, outcome)
    return ctx.redirect(f"/items/{outcome.item_id}", f"Code {code.barcode} leads here now.")


async def post_suggestion(ctx: Context) -> Response:
    """Write down what the code is, as whoever scanned it says on the page of the scan."""
    code = await find_unmatched(ctx.db, ctx.params["unmatched_id"])
    form = await ctx.form(NameSuggestion)
    if form.record is None:
        raise ValidationFailed(form.errors)
    refusal = await suggest_name(ctx.db, ctx.actor, code, form.record.suggested_name)
    if refusal is not None:
        raise refusal
    return ctx.redirect("/scan", "Thank you. Whoever links the code sees it.")


async def post_ignore_form(ctx: Context) -> Response:
    """Ask for the code no more."""
    code = await find_unmatched(ctx.db, ctx.params["unmatched_id"])
    outcome = await ignore_unmatched(ctx.db, ctx.actor, code)
    if isinstance(outcome, AppError):
        return await _form_page(ctx, code, Form(), outcome)
    return ctx.redirect("/unmatched", f"Code {code.barcode} is ignored.")


async def get_unmatched(ctx: Context) -> Json[Listed[Unmatched]]:
    """List the codes that led nowhere."""
    asked = ctx.query(UnmatchedQuery)
    listed, total = await unmatched(ctx.db, asked)
    return ctx.json(items(listed, asked.page, asked.limit, total))


async def post_resolve(ctx: Context) -> Json[Unmatched]:
    """Link a code to an item."""
    code = await find_unmatched(ctx.db, ctx.params["unmatched_id"])
    outcome = await _resolve(ctx, code, await ctx.parse(Resolution))
    if isinstance(outcome, AppError):
        raise outcome
    return ctx.json(outcome)


async def post_ignore(ctx: Context) -> Json[Unmatched]:
    """Ask for a code no more."""
    code = await find_unmatched(ctx.db, ctx.params["unmatched_id"])
    outcome = await ignore_unmatched(ctx.db, ctx.actor, code)
    if isinstance(outcome, AppError):
        raise outcome
    return ctx.json(outcome)


async def _resolve(ctx: Context, code: Unmatched, asked: Resolution) -> Unmatched | AppError:
    """Let the code lead to the item; adding the barcode resolves it in the same batch."""
    if code.status is UnmatchedStatus.RESOLVED and code.item_id != asked.item_id:
        return InvalidTransition("This code is linked already.", status=code.status.value)
    try:
        item = await find_item(ctx.db, asked.item_id)
    except NotFound:
        return ValidationFailed({"item_id": "is no item"})
    outcome = await add_barcode(ctx.db, ctx.actor, item, BarcodeDraft(barcode=code.barcode))
    return outcome if isinstance(outcome, AppError) else await find_unmatched(ctx.db, code.id)


async def _form_page(
    ctx: Context, code: Unmatched, form: Form[Resolution], refusal: AppError | None = None
) -> Response:
    return ctx.page(
        "unmatched_code.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"Unknown code {code.barcode}",
        labels=labels,
        code=code,
        items=await item_names(ctx.db),
        typed=form.values,
        errors=field_errors(refusal),
        refusal=refusal,
    )


ROUTES = (
    Route("GET", "/unmatched", get_unmatched_page, VIEW),
    Route("GET", "/unmatched/{unmatched_id}", get_unmatched_code_page, MANAGE_CATALOG),
    Route("POST", "/unmatched/{unmatched_id}/resolve", post_resolve_form, MANAGE_CATALOG),
    Route("POST", "/unmatched/{unmatched_id}/suggest", post_suggestion, USE),
    Route("POST", "/unmatched/{unmatched_id}/ignore", post_ignore_form, MANAGE_CATALOG),
    Route("GET", "/api/v1/unmatched", get_unmatched, VIEW),
    Route("POST", "/api/v1/unmatched/{unmatched_id}/resolve", post_resolve, MANAGE_CATALOG),
    Route("POST", "/api/v1/unmatched/{unmatched_id}/ignore", post_ignore, MANAGE_CATALOG),
)
