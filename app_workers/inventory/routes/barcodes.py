"""The codes of an item: by the form, and by a program."""

from http import HTTPStatus

from app_workers.inventory.models.catalogue import Barcode
from app_workers.inventory.models.drafts import BarcodeDraft
from app_workers.inventory.permissions import MANAGE_CATALOG
from app_workers.inventory.routes.items import item_page
from app_workers.inventory.store.barcodes import add_barcode, remove_barcode
from app_workers.inventory.store.items import find_item
from ganger.context import Context
from ganger.errors import AppError, ValidationFailed
from ganger.http import Json, Response
from ganger.routing import Route


async def post_barcode_form(ctx: Context) -> Response:
    """Let the code of the form lead to the item; if it cannot, show the item again with what was typed."""
    item = await find_item(ctx.db, ctx.params["item_id"])
    form = await ctx.form(BarcodeDraft)
    if form.record is None:
        return await item_page(ctx, item, form, ValidationFailed(form.errors))
    outcome = await add_barcode(ctx.db, ctx.actor, item, form.record)
    if isinstance(outcome, AppError):
        return await item_page(ctx, item, form, outcome)
    return ctx.redirect(f"/items/{item.id}", f"Barcode {outcome.barcode} leads to {item.name}.")


async def post_remove_barcode(ctx: Context) -> Response:
    """Take a code away from its item."""
    removed = await remove_barcode(ctx.db, ctx.actor, ctx.params["barcode"])
    return ctx.redirect(f"/items/{removed.item_id}", f"Barcode {removed.barcode} is removed.")


async def post_barcode(ctx: Context) -> Json[Barcode]:
    """Let a code lead to an item."""
    item = await find_item(ctx.db, ctx.params["item_id"])
    outcome = await add_barcode(ctx.db, ctx.actor, item, await ctx.parse(BarcodeDraft))
    if not isinstance(outcome, Barcode):
        raise outcome
    return ctx.json(outcome, HTTPStatus.CREATED)


async def delete_barcode(ctx: Context) -> Response:
    """Take a code away from its item."""
    await remove_barcode(ctx.db, ctx.actor, ctx.params["barcode"])
    return Response(status=HTTPStatus.NO_CONTENT)


ROUTES = (
    Route("POST", "/items/{item_id}/barcodes", post_barcode_form, MANAGE_CATALOG),
    Route("POST", "/barcodes/{barcode}/remove", post_remove_barcode, MANAGE_CATALOG),
    Route("POST", "/api/v1/items/{item_id}/barcodes", post_barcode, MANAGE_CATALOG),
    Route("DELETE", "/api/v1/barcodes/{barcode}", delete_barcode, MANAGE_CATALOG),
)
