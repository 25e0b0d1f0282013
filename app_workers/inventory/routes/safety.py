"""Safety sheets: for everybody on staff; added and verified by whoever keeps the catalogue."""

from http import HTTPStatus

from app_workers.inventory.domain.catalogue import is_overdue
from app_workers.inventory.models.catalogue import SafetySheet, SheetQuery
from app_workers.inventory.models.drafts import SheetDraft, SheetForm
from app_workers.inventory.permissions import MANAGE_CATALOG, VIEW
from app_workers.inventory.routes.after import after_item
from app_workers.inventory.routes.forms import field_errors, typed_of
from app_workers.inventory.store.safety import add_sheet, edit_sheet, find_sheet, items_of_sheet, sheets
from ganger.context import Context, Listed, items
from ganger.errors import AppError, ValidationFailed
from ganger.forms import Form
from ganger.http import Json, Response
from ganger.permissions import is_allowed
from ganger.routing import Route


async def get_sheets_page(ctx: Context) -> Response:
    """Show the sheets by product."""
    asked = ctx.query(SheetQuery)
    listed, total = await sheets(ctx.db, asked)
    return ctx.page(
        "sheets.html",
        page_title="Safety sheets",
        asked=asked,
        listed=[(sheet, is_overdue(sheet, ctx.now)) for sheet in listed],
        total=total,
        may_manage=is_allowed(ctx.user, MANAGE_CATALOG),
        url=f"{ctx.url('/safety')}?{ctx.request.query_string}",
    )


async def get_sheet_page(ctx: Context) -> Response:
    """Show a sheet, first aid first."""
    return sheet_page(ctx, await find_sheet(ctx.db, ctx.params["sheet_id"]))


def sheet_page(ctx: Context, sheet: SafetySheet, refusal: AppError | None = None) -> Response:
    """The page of a sheet, and why its document was not changed."""
    return ctx.page(
        "sheet.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=sheet.product_name,
        sheet=sheet,
        is_overdue=is_overdue(sheet, ctx.now),
        may_manage=is_allowed(ctx.user, MANAGE_CATALOG),
        errors=field_errors(refusal),
        refusal=refusal,
    )


async def get_new_sheet_page(ctx: Context) -> Response:
    """Show the form for a new sheet."""
    return _form_page(ctx, None, Form())


async def post_new_sheet(ctx: Context) -> Response:
    """Write the sheet of the form."""
    form = await ctx.form(SheetForm)
    if form.record is None:
        return _form_page(ctx, None, form, ValidationFailed(form.errors))
    sheet = await add_sheet(ctx.db, ctx.actor, form.record)
    return ctx.redirect(f"/safety/{sheet.id}", f"The sheet of {sheet.product_name} is saved and verified.")


async def get_edit_sheet_page(ctx: Context) -> Response:
    """Show the form of a sheet."""
    sheet = await find_sheet(ctx.db, ctx.params["sheet_id"])
    typed = typed_of(sheet) | {"hazard_classes": ", ".join(sheet.hazard_classes)}
    return _form_page(ctx, sheet, Form(typed))


async def post_edit_sheet(ctx: Context) -> Response:
    """Write the sheet of the form as it is to be."""
    sheet = await find_sheet(ctx.db, ctx.params["sheet_id"])
    form = await ctx.form(SheetForm)
    outcome = (
        ValidationFailed(form.errors)
        if form.record is None
        else await edit_sheet(ctx.db, ctx.actor, sheet, form.record)
    )
    if isinstance(outcome, AppError):
        return _form_page(ctx, await find_sheet(ctx.db, sheet.id), form, outcome)
    await _after_sheet(ctx, sheet.id)
    return ctx.redirect(f"/safety/{sheet.id}", "The sheet is saved and verified.")


async def get_sheets(ctx: Context) -> Json[Listed[SafetySheet]]:
    """List the sheets by product."""
    asked = ctx.query(SheetQuery)
    listed, total = await sheets(ctx.db, asked)
    return ctx.json(items(listed, asked.page, asked.limit, total))


async def get_sheet(ctx: Context) -> Json[SafetySheet]:
    """Return a sheet."""
    return ctx.json(await find_sheet(ctx.db, ctx.params["sheet_id"]))


async def post_sheet(ctx: Context) -> Json[SafetySheet]:
    """Write a new sheet."""
    sheet = await add_sheet(ctx.db, ctx.actor, await ctx.parse(SheetDraft))
    return ctx.json(sheet, HTTPStatus.CREATED)


async def put_sheet(ctx: Context) -> Json[SafetySheet]:
    """Write a sheet as it is to be."""
    sheet = await find_sheet(ctx.db, ctx.params["sheet_id"])
    outcome = await edit_sheet(ctx.db, ctx.actor, sheet, await ctx.parse(SheetDraft))
    if isinstance(outcome, AppError):
        raise outcome
    await _after_sheet(ctx, sheet.id)
    return ctx.json(outcome)


async def _after_sheet(ctx: Context, sheet_id: str) -> None:
    for item_id in await items_of_sheet(ctx.db, sheet_id):
        await after_item(ctx, item_id)


def _form_page(
    ctx: Context, sheet: SafetySheet | None, form: Form[SheetForm], refusal: AppError | None = None
) -> Response:
    return ctx.page(
        "sheet_form.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"Verify {sheet.product_name}" if sheet else "New safety sheet",
        sheet=sheet,
        typed=form.values,
        errors=field_errors(refusal),
        refusal=refusal,
    )


ROUTES = (
    Route("GET", "/safety", get_sheets_page, VIEW),
    Route("GET", "/safety/new", get_new_sheet_page, MANAGE_CATALOG),
    Route("POST", "/safety/new", post_new_sheet, MANAGE_CATALOG),
    Route("GET", "/safety/{sheet_id}", get_sheet_page, VIEW),
    Route("GET", "/safety/{sheet_id}/edit", get_edit_sheet_page, MANAGE_CATALOG),
    Route("POST", "/safety/{sheet_id}/edit", post_edit_sheet, MANAGE_CATALOG),
    Route("GET", "/api/v1/safety", get_sheets, VIEW),
    Route("GET", "/api/v1/safety/{sheet_id}", get_sheet, VIEW),
    Route("POST", "/api/v1/safety", post_sheet, MANAGE_CATALOG),
    Route("PUT", "/api/v1/safety/{sheet_id}", put_sheet, MANAGE_CATALOG),
)
