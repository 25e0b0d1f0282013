"""Comments: one of them read, and the batches that add, change and remove one."""

from datetime import datetime, timedelta

from app_workers.management.errors import RequestReused
from app_workers.management.models.comments import Comment
from app_workers.management.models.tickets import Ticket
from app_workers.management.notices import Told
from app_workers.management.store.changes import Note, still_there
from app_workers.management.store.notifications import telling
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Row, Statement, expect
from ganger.errors import AppError, NotFound, VersionConflict
from ganger.scope import Scope

REMOVED = "removed"  # what is left of the text: it may have been what should never have been written

# Which requests somebody may see, `store.tickets` says; participants see a meeting wherever it is.
_ELSEWHERE = """
    ticket.location_id IS NULL OR ? IN (ticket.submitter_id, ticket.assigned_to)
    OR ticket.form_type = 'meeting_request'
"""
_ADD = """
    INSERT INTO ticket_comments (
        id, ticket_id, author_id, kind, content, is_internal, client_ref, created_at
    )
    SELECT ?, ticket.id, ?, 'comment', ?, ?, ?, ? FROM tickets AS ticket
    WHERE ticket.id = ? AND (ticket.location_id IN ({marks}) OR {elsewhere})
"""
_COMMENT = """
    SELECT entry.id, entry.ticket_id, entry.author_id, person.name AS author_name, entry.content,
        entry.is_internal, entry.created_at, entry.edited_at, entry.deleted_at
    FROM ticket_comments AS entry JOIN tickets AS ticket ON ticket.id = entry.ticket_id
    LEFT JOIN users AS person ON person.id = entry.author_id
    WHERE entry.kind = 'comment' AND (ticket.location_id IN ({marks}) OR {elsewhere})
"""
_OF_ID = " AND entry.id = ?"
_OF_REFERENCE = " AND entry.author_id = ? AND entry.client_ref = ?"
_AUTHORS = """
    SELECT DISTINCT entry.author_id
    FROM ticket_comments AS entry JOIN tickets AS ticket ON ticket.id = entry.ticket_id
    WHERE entry.kind = 'comment' AND entry.deleted_at IS NULL
        AND (ticket.location_id IN ({marks}) OR {elsewhere}) AND entry.ticket_id = ?
"""
_AS_READ = """
    SELECT entry.edited_at IS ? AND entry.deleted_at IS NULL
    FROM ticket_comments AS entry JOIN tickets AS ticket ON ticket.id = entry.ticket_id
    WHERE entry.id = ? AND (ticket.location_id IN ({marks}) OR {elsewhere})
"""
_EDIT = """
    UPDATE ticket_comments SET content = ?, edited_at = ? FROM tickets AS ticket
    WHERE ticket_comments.id = ? AND ticket.id = ticket_comments.ticket_id
        AND (ticket.location_id IN ({marks}) OR {elsewhere})
"""
_REMOVE = _EDIT.replace("edited_at", "deleted_at")


async def find_comment(db: Database, scope: Scope, comment_id: str) -> Comment:
    """One comment; whether the person may see its request and read it, the rules say.

    Raises:
        NotFound: there is none within the person's locations.
    """
    row = await db.row(_sql(_COMMENT, scope) + _OF_ID, *_place(scope), comment_id)
    if row is None:
        raise NotFound("There is no such comment.")
    return _comment(row)


async def commenters(db: Database, scope: Scope, ticket: Ticket) -> list[str]:
    """Ids of those who have commented on a request that the person was shown."""
    rows = await db.rows(_sql(_AUTHORS, scope), *_place(scope), ticket.id)
    return [str(row["author_id"]) for row in rows if row["author_id"]]


async def add_comment(
    db: Database,
    scope: Scope,
    actor: Actor,
    ticket: Ticket,
    note: Note,
    comment_id: str,
    told: list[Told],
    client_ref: str | None,
) -> Comment | AppError:
    """Say something about a request that the person was shown; the same reference again changes nothing."""
    said = {"internal": note.is_internal}
    columns = (comment_id, actor.user_id, note.content, int(note.is_internal), client_ref, iso_utc(actor.at))
    batch = [
        still_there(scope, ticket),
        Statement(_sql(_ADD, scope), (*columns, ticket.id, *_place(scope))),
        audit_row(actor, "management:comment", "ticket", ticket.id, ticket.location_id, said),
        *telling(told, actor.at),
    ]
    try:
        await db.batch(batch)
    except ConstraintFailed as failure:
        if "client_ref" not in str(failure):
            raise
        return await _same_again(db, scope, ticket, note, str(client_ref))
    return await find_comment(db, scope, comment_id)


async def edit_comment(
    db: Database, scope: Scope, actor: Actor, ticket: Ticket, comment: Comment, content: str, told: list[Told]
) -> AppError | None:
    """Let a comment say something else, if it still stands as it was read; nobody is told of it again."""
    write = _write(_EDIT, scope, actor, comment, content)
    said_at = datetime.fromisoformat(comment.created_at)
    telling_more = telling(told, actor.at, quiet_since=said_at - timedelta(milliseconds=1))
    return await _carried_out(
        db, [*_changed(scope, actor, ticket, comment, "edit-comment"), write, *telling_more]
    )


async def remove_comment(
    db: Database, scope: Scope, actor: Actor, ticket: Ticket, comment: Comment
) -> AppError | None:
    """Take what a comment says away, if it still stands as it was read; that there was one stays."""
    write = _write(_REMOVE, scope, actor, comment, REMOVED)
    return await _carried_out(db, [*_changed(scope, actor, ticket, comment, "remove-comment"), write])


def _changed(scope: Scope, actor: Actor, ticket: Ticket, comment: Comment, what: str) -> list[Statement]:
    said = {"comment": comment.id}
    return [
        expect("comment as read", _sql(_AS_READ, scope), comment.edited_at, comment.id, *_place(scope)),
        audit_row(actor, f"management:{what}", "ticket", ticket.id, ticket.location_id, said),
    ]


def _write(text: str, scope: Scope, actor: Actor, comment: Comment, content: str) -> Statement:
    return Statement(_sql(text, scope), (content, iso_utc(actor.at), comment.id, *_place(scope)))


async def _carried_out(db: Database, batch: list[Statement]) -> AppError | None:
    try:
        await db.batch(batch)
    except ExpectationFailed:
        return VersionConflict("This comment was changed or removed in the meantime.")
    return None


async def _same_again(
    db: Database, scope: Scope, ticket: Ticket, note: Note, client_ref: str
) -> Comment | AppError:
    """The comment that this one repeats, if it says the same of the same request."""
    sql = _sql(_COMMENT, scope) + _OF_REFERENCE
    row = await db.row(sql, *_place(scope), scope.person_id, client_ref)
    earlier = _comment(row) if row is not None else None
    if earlier is not None and (earlier.ticket_id, earlier.content) == (ticket.id, note.content):
        return earlier
    return RequestReused("This form was already used for another comment. Send again to add this one too.")


def _comment(row: Row) -> Comment:
    return Comment.model_validate(row | {"is_internal": bool(row["is_internal"])})


def _sql(text: str, scope: Scope) -> str:
    return text.format(marks=scope.marks, elsewhere=_ELSEWHERE)


def _place(scope: Scope) -> tuple[str, ...]:
    return (*scope.location_ids, scope.person_id)
