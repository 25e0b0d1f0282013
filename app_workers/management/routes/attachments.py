"""Files: uploads of one's own, and those of a request."""

from http import HTTPStatus

from app_workers.management.domain.access import Rights
from app_workers.management.domain.files import MAX_FILES, MAX_POST_BYTES, file_problem
from app_workers.management.domain.states import may_remove
from app_workers.management.domain.typed import KEPT_FILE
from app_workers.management.models.files import Attachment, NewAttachment, Upload
from app_workers.management.models.tickets import Ticket
from app_workers.management.routes.requests import request_page
from app_workers.management.store.attachments import (
    attach,
    attachments_of,
    find_attachment,
    note_download,
    remove_attachment,
)
from app_workers.management.store.tickets import find_ticket
from app_workers.management.store.uploads import keep_upload, own_uploads, sweep_uploads
from ganger.context import Context
from ganger.errors import AppError, Forbidden, ValidationFailed
from ganger.http import Json, Response
from ganger.multipart import Posted, PostedFile, read_posted
from ganger.uploads import as_attachment, file_name_of

_MOST = 2 * MAX_FILES  # of a form that anybody can fill in; more than a request may have is refused anyway


async def post_upload(ctx: Context) -> Json[Upload]:
    """Keep one file, for a request of the person's own to take it within a day."""
    posted = await read_posted(ctx.request, MAX_POST_BYTES)
    if len(posted.files) != 1:
        raise ValidationFailed({"file": "must be one file"})
    kept = await _keep(ctx, posted.files[0])
    if isinstance(kept, AppError):
        raise kept
    return ctx.json(kept, HTTPStatus.CREATED)


async def post_new_attachment(ctx: Context) -> Json[Attachment | None]:
    """Give an upload to a request; the same one again changes nothing."""
    ticket = await _ticket(ctx)
    asked = await ctx.parse(NewAttachment)
    if await _has(ctx, ticket, asked.file_upload_id) is None:
        files = await own_uploads(ctx.db, ctx.scope, [asked.file_upload_id])
        if not files:
            raise ValidationFailed({"file_upload_id": "names a file that is not there"})
        refusal = await attach(ctx.db, ctx.scope, ctx.actor, ticket, files)
        if refusal is not None:
            raise refusal
    return ctx.json(await _has(ctx, ticket, asked.file_upload_id), HTTPStatus.CREATED)


async def delete_attachment(ctx: Context) -> Response:
    """Take a file off a request."""
    refusal = await _remove(ctx, await _ticket(ctx))
    if refusal is not None:
        raise refusal
    return Response(status=HTTPStatus.NO_CONTENT)


async def post_files(ctx: Context) -> Response:
    """Give the files that were chosen on the page to its request."""
    ticket = await _ticket(ctx)
    posted = await read_posted(ctx.request, MAX_POST_BYTES)
    files, refusal = await kept_files(ctx, posted)
    if refusal is None and not files:
        refusal = ValidationFailed({"files": "must be chosen"})
    if refusal is None:
        refusal = await attach(ctx.db, ctx.scope, ctx.actor, ticket, files)
    return await _answer(ctx, ticket, refusal)


async def post_remove(ctx: Context) -> Response:
    """Take a file of the page off its request."""
    ticket = await _ticket(ctx)
    return await _answer(ctx, ticket, await _remove(ctx, ticket))


async def get_attachment(ctx: Context) -> Response:
    """Send a file of a request, to be saved; that it was opened is written down first."""
    ticket = await _ticket(ctx)
    place = (ctx.db, ctx.scope, ticket)
    found, key = await find_attachment(*place, ctx.params["attachment_id"])
    opened = await ctx.objects.open(key)
    await note_download(ctx.db, ctx.scope, ctx.actor, ticket, found)
    headers = {"content-type": found.media_type, "content-disposition": as_attachment(found.file_name)}
    return Response(headers=headers, stream=opened.stream)


async def kept_files(ctx: Context, posted: Posted) -> tuple[list[Upload], AppError | None]:
    """The files of a posted form: those kept from earlier attempts, and what came along.

    Besides them the refusal of the first one that is not taken; the others are kept all the same.
    """
    ids = [name.removeprefix(KEPT_FILE) for name in posted.fields if name.startswith(KEPT_FILE)]
    files, refusal = await own_uploads(ctx.db, ctx.scope, ids[:_MOST]), None
    for file in posted.files[:_MOST]:
        kept = await _keep(ctx, file)
        if isinstance(kept, AppError):
            refusal = refusal or kept
        else:
            files.append(kept)
    return files, refusal


async def _keep(ctx: Context, file: PostedFile) -> Upload | AppError:
    name = file_name_of(file.name)
    problem = file_problem(name, file.content)
    if problem is not None:
        return problem
    await sweep_uploads(ctx.db, ctx.objects, ctx.scope, ctx.actor)
    return await keep_upload(ctx.db, ctx.objects, ctx.scope, ctx.actor, name, file.content)


async def _remove(ctx: Context, ticket: Ticket) -> AppError | None:
    found, _ = await find_attachment(ctx.db, ctx.scope, ticket, ctx.params["attachment_id"])
    if not may_remove(found.uploaded_by, ctx.user.id, Rights.of(ctx.user)):
        return Forbidden("Only managers and whoever added a file remove it.")
    return await remove_attachment(ctx.db, ctx.scope, ctx.actor, ticket, found)


async def _has(ctx: Context, ticket: Ticket, upload_id: str) -> Attachment | None:
    files = await attachments_of(ctx.db, ctx.scope, ticket)
    return next((each for each in files if each.file_upload_id == upload_id), None)


async def _ticket(ctx: Context) -> Ticket:
    return await find_ticket(ctx.db, ctx.scope, Rights.of(ctx.user), ctx.params["ticket_number"])


async def _answer(ctx: Context, ticket: Ticket, refusal: AppError | None) -> Response:
    if refusal is not None:
        return await request_page(ctx, ticket, {}, refusal)
    return ctx.redirect(f"/requests/{ticket.ticket_number}", "Saved.")
