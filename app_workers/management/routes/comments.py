"""Comments: adding one, changing what it says, taking it away; by the page and by a program."""

import asyncio
from http import HTTPStatus

from app_workers.management import live
from app_workers.management.domain.access import Rights
from app_workers.management.domain.audience import mentioned
from app_workers.management.domain.comments import edit_problem, is_removable
from app_workers.management.domain.states import may_comment_internally
from app_workers.management.models.comments import (
    MAX_MENTIONS,
    Comment,
    CommentChange,
    CommentForm,
    NewComment,
)
from app_workers.management.models.tickets import Ticket
from app_workers.management.notices import Told, of_comment
from app_workers.management.routes.requests import request_page
from app_workers.management.store.changes import Note
from app_workers.management.store.comments import (
    add_comment,
    commenters,
    edit_comment,
    find_comment,
    remove_comment,
)
from app_workers.management.store.members import members_at
from app_workers.management.store.tickets import find_ticket, ticket_of_id
from app_workers.management.telling import Desk, tell_all
from ganger.context import Context
from ganger.errors import AppError, BadRequest, Forbidden, NotFound, ValidationFailed
from ganger.http import Json, Response
from ganger.ids import new_id

_MAX_KEY = 100


async def post_comment(ctx: Context) -> Response:
    """Add the comment of the page; if it cannot be, show the page again with what was typed."""
    ticket = await _ticket(ctx)
    form = await ctx.form(CommentForm)
    outcome: object = ValidationFailed(form.errors)
    if form.record is not None:
        asked = NewComment(content=form.record.content, is_internal=form.record.is_internal)
        outcome = await _add(ctx, ticket, asked, form.record.client_ref)
    if isinstance(outcome, AppError):
        return await request_page(ctx, await _ticket(ctx), dict(form.values), outcome)
    return ctx.redirect(f"/requests/{ticket.ticket_number}", "Saved.")


async def post_new_comment(ctx: Context) -> Json[Comment]:
    """Add a comment; the same Idempotency-Key again changes nothing."""
    ticket = await _ticket(ctx)
    key = ctx.request.headers.get("idempotency-key")
    if key is not None and not 1 <= len(key) <= _MAX_KEY:
        raise BadRequest(f"An Idempotency-Key has at most {_MAX_KEY} characters.")
    outcome = await _add(ctx, ticket, await ctx.parse(NewComment), key)
    if isinstance(outcome, AppError):
        raise outcome
    return ctx.json(outcome, HTTPStatus.CREATED)


async def get_comment_page(ctx: Context) -> Response:
    """Show a comment with what its author can still do with it."""
    ticket, comment = await _found(ctx)
    if not is_removable(comment.author_id, ctx.user.id, ctx.user.role):
        raise NotFound("There is no such comment.")
    return _comment_page(ctx, ticket, comment, {}, None)


async def post_edit_comment(ctx: Context) -> Response:
    """Save what the comment of the page says now; if it cannot be, show it again with what was typed."""
    ticket, comment = await _found(ctx)
    form = await ctx.form(CommentChange)
    refusal = await _edit(ctx, ticket, comment, form.record) if form.record else ValidationFailed(form.errors)
    if refusal is not None:
        return _comment_page(ctx, ticket, comment, dict(form.values), refusal)
    return ctx.redirect(f"/requests/{ticket.ticket_number}#entry-{comment.id}", "The comment was changed.")


async def patch_comment(ctx: Context) -> Json[Comment]:
    """Change what a comment says."""
    ticket, comment = await _found(ctx)
    refusal = await _edit(ctx, ticket, comment, await ctx.parse(CommentChange))
    if refusal is not None:
        raise refusal
    return ctx.json(await find_comment(ctx.db, ctx.scope, comment.id))


async def post_remove_comment(ctx: Context) -> Response:
    """Take the comment of the page away."""
    ticket, comment = await _found(ctx)
    await _remove(ctx, ticket, comment)
    return ctx.redirect(f"/requests/{ticket.ticket_number}", "The comment was removed.")


async def delete_comment(ctx: Context) -> Response:
    """Take a comment away; one that is gone already stays so."""
    ticket, comment = await _found(ctx, with_removed=True)
    if comment.deleted_at is None:
        await _remove(ctx, ticket, comment)
    return Response(status=HTTPStatus.NO_CONTENT)


async def _add(ctx: Context, ticket: Ticket, asked: NewComment, client_ref: str | None) -> Comment | AppError:
    if asked.is_internal and not may_comment_internally(ticket, ctx.user.id, Rights.of(ctx.user)):
        return Forbidden("Internal comments are for those who work on the request.")
    comment_id = new_id(ctx.now)
    told = await _told(ctx, ticket, asked, comment_id, is_internal=asked.is_internal, is_new=True)
    if isinstance(told, AppError):
        return told
    note = Note("comment", asked.content, asked.is_internal)
    made = await add_comment(ctx.db, ctx.scope, ctx.actor, ticket, note, comment_id, told, client_ref)
    if isinstance(made, Comment) and made.id == comment_id:
        tell_all(Desk.of(ctx), told)
        live.tell_comment(ctx.live, ticket.id, comment_id, ctx.now, is_internal=asked.is_internal)
    return made


async def _edit(ctx: Context, ticket: Ticket, comment: Comment, asked: CommentChange) -> AppError | None:
    problem = edit_problem(comment.author_id, ctx.user.id, comment.created_at, ctx.now)
    if problem is not None:
        return problem
    told = await _told(ctx, ticket, asked, comment.id, is_internal=comment.is_internal, is_new=False)
    if isinstance(told, AppError):
        return told
    refusal = await edit_comment(ctx.db, ctx.scope, ctx.actor, ticket, comment, asked.content, told)
    if refusal is None:
        tell_all(Desk.of(ctx), told)
        live.tell_comment(ctx.live, ticket.id, comment.id, ctx.now, is_internal=comment.is_internal)
    return refusal


async def _remove(ctx: Context, ticket: Ticket, comment: Comment) -> None:
    if not is_removable(comment.author_id, ctx.user.id, ctx.user.role):
        raise Forbidden("Only who wrote a comment, or a superadmin, removes it.")
    refusal = await remove_comment(ctx.db, ctx.scope, ctx.actor, ticket, comment)
    if refusal is not None:
        raise refusal
    live.tell_comment(ctx.live, ticket.id, comment.id, ctx.now, is_internal=comment.is_internal)


async def _told(
    ctx: Context,
    ticket: Ticket,
    asked: NewComment | CommentChange,
    comment_id: str,
    *,
    is_internal: bool,
    is_new: bool,
) -> list[Told] | AppError:
    """Who is told of a comment, or why it mentions too many."""
    members, earlier_ids = await asyncio.gather(
        members_at(ctx.db, ctx.now), commenters(ctx.db, ctx.scope, ticket)
    )
    named = dict.fromkeys([*asked.mentions, *mentioned(asked.content, members)])
    if len(named) > MAX_MENTIONS:
        return ValidationFailed({"content": f"must mention at most {MAX_MENTIONS} people"})
    return of_comment(
        ticket,
        comment_id,
        is_internal=is_internal,
        mentioned_ids=named,
        earlier_ids=earlier_ids,
        members=members,
        actor_id=ctx.user.id,
        is_new=is_new,
    )


async def _ticket(ctx: Context) -> Ticket:
    return await find_ticket(ctx.db, ctx.scope, Rights.of(ctx.user), ctx.params["ticket_number"])


async def _found(ctx: Context, *, with_removed: bool = False) -> tuple[Ticket, Comment]:
    """The comment with its request, if the person may read both.

    Raises:
        NotFound: they may not, or it was removed.
    """
    rights = Rights.of(ctx.user)
    comment = await find_comment(ctx.db, ctx.scope, ctx.params["comment_id"])
    ticket = await ticket_of_id(ctx.db, ctx.scope, rights, comment.ticket_id)
    is_gone = comment.deleted_at is not None and not with_removed
    is_hidden = comment.is_internal and not may_comment_internally(ticket, ctx.user.id, rights)
    if is_gone or is_hidden:
        raise NotFound("There is no such comment.")
    return ticket, comment


def _comment_page(
    ctx: Context, ticket: Ticket, comment: Comment, typed: dict[str, str], refusal: AppError | None
) -> Response:
    is_editable = edit_problem(comment.author_id, ctx.user.id, comment.created_at, ctx.now) is None
    return ctx.page(
        "comment.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title="Comment",
        ticket=ticket,
        comment=comment,
        typed=typed,
        refusal=refusal,
        is_editable=is_editable,
    )
