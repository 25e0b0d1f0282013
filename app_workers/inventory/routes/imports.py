"""Items from a table: shown what it would change, then taken as a whole."""

from http import HTTPStatus

from app_workers.inventory import labels
from app_workers.inventory.domain.importing import (
    COLUMNS,
    MAX_ROWS,
    changed_fields,
    fingerprint,
    plan_import,
    read_rows,
    skus_of,
)
from app_workers.inventory.models.imports import ImportPlan
from app_workers.inventory.permissions import MANAGE_CATALOG
from app_workers.inventory.routes.after import after_import
from app_workers.inventory.routes.forms import field_errors
from app_workers.inventory.store.importing import carry_out, known_items, on_hand_anywhere
from ganger.context import Context
from ganger.errors import AppError, Conflict, ValidationFailed
from ganger.http import MAX_BODY_BYTES, Response
from ganger.multipart import Posted, read_posted
from ganger.routing import Route


async def get_import_page(ctx: Context) -> Response:
    """Show the form for a table."""
    return _page(ctx)


async def post_import(ctx: Context) -> Response:
    """Show what the table would change; take it once the person says that this is what they have seen."""
    posted = await read_posted(ctx.request, MAX_BODY_BYTES)
    text = posted.fields.get("text", "")
    try:
        text = _table(posted)
        plan = await _plan(ctx, text)
    except ValidationFailed as refusal:
        return _page(ctx, text, refusal=refusal)
    confirmed = posted.fields.get("confirmed")
    if plan.problems or confirmed is None:
        return _page(ctx, text, plan)
    if confirmed == fingerprint(plan) and await carry_out(ctx.db, ctx.actor, plan):
        await after_import(ctx)
        told = f"The table is imported: {len(plan.added)} new, {len(plan.changed)} changed."
        return ctx.redirect("/items", told)
    outdated = Conflict(
        "The catalogue was changed after you looked. This is what the table would change now."
    )
    return _page(ctx, text, await _plan(ctx, text), outdated)


async def _plan(ctx: Context, text: str) -> ImportPlan:
    rows = read_rows(text)
    known = await known_items(ctx.db, skus_of(rows))
    on_hand = await on_hand_anywhere(ctx.db, [item.id for item in known.values()])
    return plan_import(rows, known, on_hand)


def _table(posted: Posted) -> str:
    """The text of the file that was chosen, or what was pasted."""
    for file in posted.files:
        try:
            return file.content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationFailed({"text": "must be in a file of UTF-8 text (CSV UTF-8)"}) from error
    return posted.fields.get("text", "")


def _page(
    ctx: Context, text: str = "", plan: ImportPlan | None = None, refusal: AppError | None = None
) -> Response:
    status = HTTPStatus.OK
    if refusal is not None:
        status = refusal.status
    elif plan is not None and plan.problems:
        status = HTTPStatus.BAD_REQUEST
    return ctx.page(
        "item_import.html",
        status,
        page_title="Import items",
        labels=labels,
        columns=COLUMNS,
        max_rows=MAX_ROWS,
        plan=plan,
        changed_fields=changed_fields,
        fingerprint=fingerprint(plan) if plan else None,
        typed={"text": text},
        errors=field_errors(refusal),
        refusal=refusal,
    )


ROUTES = (
    Route("GET", "/items/import", get_import_page, MANAGE_CATALOG),
    Route("POST", "/items/import", post_import, MANAGE_CATALOG),
)
