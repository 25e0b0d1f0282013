"""Items, created, edited and discontinued: by the form, and by a program."""

from dataclasses import replace
from http import HTTPStatus

from app_workers.inventory import labels
from app_workers.inventory.domain.catalogue import discontinue_problem
from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.drafts import BarcodeDraft, ItemDraft, ItemEdit, ItemForm, VersionOnly
from app_workers.inventory.permissions import MANAGE_CATALOG
from app_workers.inventory.routes.after import after_item
from app_workers.inventory.routes.forms import field_errors, typed_of
from app_workers.inventory.store.barcodes import add_barcode
from app_workers.inventory.store.catalogue import add_item, discontinue_item, edit_item
from app_workers.inventory.store.items import find_item
from app_workers.inventory.store.safety import sheet_names
from app_workers.inventory.store.scanning import find_unmatched
from ganger.context import Context
from ganger.errors import AppError, ValidationFailed
from ganger.forms import Form, read_form
from ganger.http import Json, Response
from ganger.records import Record
from ganger.routing import Route

_UNMATCHED = "unmatched_id"


class NewItemQuery(Record):
    """Which unknown code the new item is for, if it is for one."""

    unmatched_id: str | None = None


async def get_new_item_page(ctx: Context) -> Response:
    """Show the form for a new item, perhaps for a code that leads nowhere yet."""
    asked = ctx.query(NewItemQuery)
    if asked.unmatched_id is None:
        return await _form_page(ctx, None, Form())
    code = await find_unmatched(ctx.db, asked.unmatched_id)
    return await _form_page(ctx, None, Form({_UNMATCHED: code.id, "name": code.suggested_name or ""}))


async def post_new_item(ctx: Context) -> Response:
    """Write the item of the form; the code that it is for leads to it then."""
    typed = await ctx.request.form()
    unmatched_id = typed.get(_UNMATCHED, "")
    code = await find_unmatched(ctx.db, unmatched_id) if unmatched_id else None
    form = read_form(ItemForm, {name: value for name, value in typed.items() if name != _UNMATCHED})
    form = replace(form, values={**form.values, _UNMATCHED: unmatched_id})
    if form.record is None:
        return await _form_page(ctx, None, form, ValidationFailed(form.errors))
    draft = ItemDraft(**form.record.edit().model_dump(exclude={"version"}))
    outcome = await add_item(ctx.db, ctx.actor, draft)
    if isinstance(outcome, AppError):
        return await _form_page(ctx, None, form, outcome)
    await after_item(ctx, outcome.id)
    said = f"{outcome.name} is in the catalogue."
    if code is not None:
        linked = await add_barcode(ctx.db, ctx.actor, outcome, BarcodeDraft(barcode=code.barcode))
        if isinstance(linked, AppError):
            said += f" Code {code.barcode} leads to another item by now."
    return ctx.redirect(f"/items/{outcome.id}", said)


async def get_edit_item_page(ctx: Context) -> Response:
    """Show the form of an item."""
    item = await find_item(ctx.db, ctx.params["item_id"])
    return await _form_page(ctx, item, Form(typed_of(item, unit_cost_cents="unit_cost")))


async def post_edit_item(ctx: Context) -> Response:
    """Write the item of the form as it is to be."""
    item = await find_item(ctx.db, ctx.params["item_id"])
    form = await ctx.form(ItemForm)
    if form.record is None:
        return await _form_page(ctx, item, form, ValidationFailed(form.errors))
    outcome = await edit_item(ctx.db, ctx.actor, item, form.record.edit())
    if isinstance(outcome, AppError):
        return await _form_page(ctx, await find_item(ctx.db, item.id), form, outcome)
    await after_item(ctx, item.id)
    return ctx.redirect(f"/items/{item.id}", f"{outcome.name} is saved.")


async def get_discontinue_page(ctx: Context) -> Response:
    """Ask whether an item is to be discontinued."""
    item = await find_item(ctx.db, ctx.params["item_id"])
    return ctx.page("discontinue.html", page_title=f"Discontinue {item.name}", item=item)


async def post_discontinue_form(ctx: Context) -> Response:
    """Discontinue the item of the page."""
    form = await ctx.form(VersionOnly)
    if form.record is None:
        raise ValidationFailed(form.errors)
    item = await _discontinue(ctx, form.record)
    return ctx.redirect(f"/items/{item.id}", f"{item.name} is no longer bought.")


async def post_item(ctx: Context) -> Json[Item]:
    """Write a new item."""
    outcome = await add_item(ctx.db, ctx.actor, await ctx.parse(ItemDraft))
    if isinstance(outcome, AppError):
        raise outcome
    await after_item(ctx, outcome.id)
    return ctx.json(outcome, HTTPStatus.CREATED)


async def put_item(ctx: Context) -> Json[Item]:
    """Write an item as it is to be."""
    item = await find_item(ctx.db, ctx.params["item_id"])
    outcome = await edit_item(ctx.db, ctx.actor, item, await ctx.parse(ItemEdit))
    if isinstance(outcome, AppError):
        raise outcome
    await after_item(ctx, item.id)
    return ctx.json(outcome)


async def post_discontinue(ctx: Context) -> Json[Item]:
    """Discontinue an item."""
    return ctx.json(await _discontinue(ctx, await ctx.parse(VersionOnly)))


async def _discontinue(ctx: Context, asked: VersionOnly) -> Item:
    item = await find_item(ctx.db, ctx.params["item_id"])
    outcome = discontinue_problem(item) or await discontinue_item(ctx.db, ctx.actor, item, asked.version)
    if isinstance(outcome, AppError):
        raise outcome
    await after_item(ctx, item.id)
    return outcome


async def _form_page(
    ctx: Context, item: Item | None, form: Form[ItemForm], refusal: AppError | None = None
) -> Response:
    """The form with what was typed and why it was refused; its version is always fresh."""
    return ctx.page(
        "item_form.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"Edit {item.name}" if item else "New item",
        labels=labels,
        item=item,
        sheets=await sheet_names(ctx.db),
        typed=form.values,
        errors=field_errors(refusal),
        refusal=refusal,
    )


ROUTES = (
    Route("GET", "/items/new", get_new_item_page, MANAGE_CATALOG),
    Route("POST", "/items/new", post_new_item, MANAGE_CATALOG),
    Route("GET", "/items/{item_id}/edit", get_edit_item_page, MANAGE_CATALOG),
    Route("POST", "/items/{item_id}/edit", post_edit_item, MANAGE_CATALOG),
    Route("GET", "/items/{item_id}/discontinue", get_discontinue_page, MANAGE_CATALOG),
    Route("POST", "/items/{item_id}/discontinue", post_discontinue_form, MANAGE_CATALOG),
    Route("POST", "/api/v1/items", post_item, MANAGE_CATALOG),
    Route("PUT", "/api/v1/items/{item_id}", put_item, MANAGE_CATALOG),
    Route("POST", "/api/v1/items/{item_id}/discontinue", post_discontinue, MANAGE_CATALOG),
)
