"""Photos of items and documents of safety sheets: everybody sees them, who keeps the catalogue gives them."""

from app_workers.inventory.domain.files import DOCUMENT, PHOTO, Slot, given_file
from app_workers.inventory.models.catalogue import Item, SafetySheet
from app_workers.inventory.models.drafts import VersionOnly
from app_workers.inventory.permissions import MANAGE_CATALOG, VIEW
from app_workers.inventory.routes.items import item_page
from app_workers.inventory.routes.safety import sheet_page
from app_workers.inventory.store.catalogue import outdated
from app_workers.inventory.store.files import file_of, give_file, keep_file
from app_workers.inventory.store.items import find_item
from app_workers.inventory.store.safety import find_sheet, outdated_sheet
from ganger.context import Context
from ganger.errors import AppError
from ganger.forms import Form
from ganger.http import Response
from ganger.multipart import Posted, read_posted
from ganger.routing import Route

# A file never changes under its id. Only the person's own browser keeps it: what they may see may change.
_KEPT = "private, max-age=31536000, immutable"


async def post_photo(ctx: Context) -> Response:
    """Give the item of the page the photo of its form."""
    item = await find_item(ctx.db, ctx.params["item_id"])
    posted = await read_posted(ctx.request, PHOTO.max_post_bytes)
    done = await _given(ctx, PHOTO, item.id, item.image_upload_id, posted)
    return await _item_answer(ctx, item, done, "The photo is saved.")


async def post_photo_removed(ctx: Context) -> Response:
    """Take the photo off the item of the page."""
    item = await find_item(ctx.db, ctx.params["item_id"])
    posted = Posted(await ctx.request.form())
    done = await _changed(ctx, PHOTO, item.id, item.image_upload_id, posted, None)
    return await _item_answer(ctx, item, done, "The photo is removed.")


async def post_document(ctx: Context) -> Response:
    """Give the sheet of the page the document of its form."""
    sheet = await find_sheet(ctx.db, ctx.params["sheet_id"])
    posted = await read_posted(ctx.request, DOCUMENT.max_post_bytes)
    done = await _given(ctx, DOCUMENT, sheet.id, sheet.file_upload_id, posted)
    return await _sheet_answer(ctx, sheet, done, "The document is saved.")


async def post_document_removed(ctx: Context) -> Response:
    """Take the document off the sheet of the page."""
    sheet = await find_sheet(ctx.db, ctx.params["sheet_id"])
    posted = Posted(await ctx.request.form())
    done = await _changed(ctx, DOCUMENT, sheet.id, sheet.file_upload_id, posted, None)
    return await _sheet_answer(ctx, sheet, done, "The document is removed.")


async def get_photo(ctx: Context) -> Response:
    """Send the photo of an item."""
    return await _sent(ctx, PHOTO, ctx.params["item_id"])


async def get_document(ctx: Context) -> Response:
    """Send the document of a sheet, to be shown by the browser."""
    return await _sent(ctx, DOCUMENT, ctx.params["sheet_id"])


async def _sent(ctx: Context, slot: Slot, holder_id: str) -> Response:
    found = await file_of(ctx.db, ctx.scope, slot, holder_id, ctx.params["upload_id"])
    opened = await ctx.objects.open(found.object_key)
    headers = {
        "content-type": found.media_type,
        "content-length": str(opened.size_bytes),
        "content-disposition": "inline",
        "cache-control": _KEPT,
    }
    return Response(headers=headers, stream=opened.stream)


async def _given(
    ctx: Context, slot: Slot, holder_id: str, before: str | None, posted: Posted
) -> bool | AppError:
    given = given_file(slot, posted.files)
    if isinstance(given, AppError):
        return given
    upload_id = await keep_file(ctx.db, ctx.objects, ctx.scope, ctx.actor, given)
    return await _changed(ctx, slot, holder_id, before, posted, upload_id)


async def _changed(
    ctx: Context, slot: Slot, holder_id: str, before: str | None, posted: Posted, upload_id: str | None
) -> bool | AppError:
    try:
        asked = VersionOnly.checked({"version": posted.fields.get("version")})
    except AppError as error:
        return error
    return await give_file(ctx.db, ctx.actor, slot, holder_id, asked.version, before, upload_id)


async def _item_answer(ctx: Context, item: Item, done: bool | AppError, message: str) -> Response:
    if done is True:
        return ctx.redirect(f"/items/{item.id}", message)
    current = await find_item(ctx.db, item.id)
    return await item_page(ctx, current, Form(), done or outdated(current))


async def _sheet_answer(ctx: Context, sheet: SafetySheet, done: bool | AppError, message: str) -> Response:
    if done is True:
        return ctx.redirect(f"/safety/{sheet.id}", message)
    current = await find_sheet(ctx.db, sheet.id)
    return sheet_page(ctx, current, done or outdated_sheet(current))


ROUTES = (
    Route("POST", "/items/{item_id}/photo", post_photo, MANAGE_CATALOG),
    Route("POST", "/items/{item_id}/photo/remove", post_photo_removed, MANAGE_CATALOG),
    Route("GET", "/items/{item_id}/photo/{upload_id}", get_photo, VIEW),
    Route("POST", "/safety/{sheet_id}/document", post_document, MANAGE_CATALOG),
    Route("POST", "/safety/{sheet_id}/document/remove", post_document_removed, MANAGE_CATALOG),
    Route("GET", "/safety/{sheet_id}/document/{upload_id}", get_document, VIEW),
)
