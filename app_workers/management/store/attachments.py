"""The files of requests: taken, listed, opened and removed."""

from collections.abc import Sequence

from app_workers.management.domain.files import (
    MAX_FILES,
    MAX_TOTAL_BYTES,
    RECEIPTS,
    receipt_required,
    too_many_files,
)
from app_workers.management.models.files import Attachment, Upload
from app_workers.management.models.forms import FormType
from app_workers.management.models.tickets import Ticket
from app_workers.management.store.changes import Note, entry, still_there
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Row, Statement, expect, insert
from ganger.errors import AppError, NotFound, ValidationFailed
from ganger.ids import new_id
from ganger.scope import Scope

FREE, ROOM, _RECEIPT, _THERE = "files are free", "room for files", "another receipt", "file is there"
_OF_TICKET = """
    FROM ticket_attachments AS attachment
    JOIN file_uploads AS upload ON upload.id = attachment.file_upload_id
        AND (upload.location_id IS NULL OR upload.location_id IN ({marks}))
    JOIN users AS uploader ON uploader.id = upload.uploaded_by
    WHERE attachment.ticket_id = ? AND attachment.status = 'active'
"""
_COLUMNS = """
    SELECT attachment.id, upload.id AS file_upload_id, upload.file_name, upload.media_type,
        upload.size_bytes, upload.uploaded_by, uploader.name AS uploader_name, attachment.created_at,
        upload.object_key
"""
_ATTACHMENTS = _COLUMNS + _OF_TICKET + " ORDER BY attachment.id"
_ONE = _COLUMNS + _OF_TICKET + " AND attachment.id = ?"
_HAS_ROOM = "SELECT COUNT(*) <= ? AND TOTAL(upload.size_bytes) <= ?" + _OF_TICKET
_IS_THERE = "SELECT COUNT(*)" + _OF_TICKET + " AND attachment.id = ?"
_HAS_RECEIPT = (
    "SELECT COUNT(*) > 0" + _OF_TICKET + f" AND upload.media_type IN ({', '.join('?' * len(RECEIPTS))})"
)
_ARE_FREE = """
    SELECT COUNT(*) = ? FROM unattached_uploads AS free
    JOIN file_uploads AS upload ON upload.id = free.file_upload_id
    WHERE upload.uploaded_by = ? AND free.expires_at > ? AND upload.id IN ({ids})
        AND (upload.location_id IS NULL OR upload.location_id IN ({marks}))
"""
_TAKE = "DELETE FROM unattached_uploads WHERE file_upload_id = ?"
_REMOVE = """
    UPDATE ticket_attachments SET status = 'removed' FROM tickets AS ticket
    WHERE ticket_attachments.id = ? AND ticket_attachments.status = 'active'
        AND ticket.id = ticket_attachments.ticket_id AND (
            ticket.location_id IS NULL OR ticket.location_id IN ({marks})
            OR ? IN (ticket.submitter_id, ticket.assigned_to) OR ticket.form_type = 'meeting_request'
        )
"""


async def attachments_of(db: Database, scope: Scope, ticket: Ticket) -> list[Attachment]:
    """The files of a request that the person was shown, in the order in which they came."""
    rows = await db.rows(_ATTACHMENTS.format(marks=scope.marks), *scope.location_ids, ticket.id)
    return [_attachment(row) for row in rows]


async def find_attachment(
    db: Database, scope: Scope, ticket: Ticket, attachment_id: str
) -> tuple[Attachment, str]:
    """One file of a request that the person was shown, and the key of its object.

    Raises:
        NotFound: the request has no such file.
    """
    place = (*scope.location_ids, ticket.id, attachment_id)
    row = await db.row(_ONE.format(marks=scope.marks), *place)
    if row is None:
        raise NotFound("There is no such file.")
    return _attachment(row), str(row["object_key"])


def attached(scope: Scope, actor: Actor, ticket_id: str, files: Sequence[Upload]) -> list[Statement]:
    """What a batch needs to give these uploads of the person's own to a request."""
    if not files:
        return []
    ids, at = [each.id for each in files], iso_utc(actor.at)
    free = _ARE_FREE.format(ids=", ".join("?" * len(ids)), marks=scope.marks)
    has_room = _HAS_ROOM.format(marks=scope.marks)
    return [
        expect(FREE, free, len(ids), scope.person_id, at, *ids, *scope.location_ids),
        *(
            insert(
                "ticket_attachments",
                {"id": new_id(actor.at), "ticket_id": ticket_id, "file_upload_id": each, "created_at": at},
            )
            for each in ids
        ),
        *(Statement(_TAKE, (each,)) for each in ids),
        expect(ROOM, has_room, MAX_FILES, MAX_TOTAL_BYTES, *scope.location_ids, ticket_id),
    ]


def refused_files(expectation: str) -> AppError | None:
    """What a person is told when an expectation of `attached` fails; None for another one."""
    if expectation == FREE:
        return ValidationFailed({"file_upload_ids": "names a file that is not there any more"})
    return too_many_files() if expectation == ROOM else None


async def attach(
    db: Database, scope: Scope, actor: Actor, ticket: Ticket, files: Sequence[Upload]
) -> AppError | None:
    """Give uploads of the person's own to a request that they were shown."""
    facts = {"file_upload_ids": [each.id for each in files]}
    batch = [
        still_there(scope, ticket),
        *attached(scope, actor, ticket.id, files),
        entry(scope, actor, ticket.id, Note("system", _said("Attached", files)), (None, None)),
        audit_row(actor, "management:attach", "ticket", ticket.id, ticket.location_id, facts),
    ]
    try:
        await db.batch(batch)
    except ExpectationFailed as failure:
        return refused_files(str(failure)) or NotFound("There is no such request.")
    except ConstraintFailed:
        return refused_files(FREE)
    return None


async def remove_attachment(
    db: Database, scope: Scope, actor: Actor, ticket: Ticket, attachment: Attachment
) -> AppError | None:
    """Take a file off a request; an expense keeps one receipt."""
    has_receipt = _HAS_RECEIPT.format(marks=scope.marks)
    is_expense = ticket.form_type is FormType.EXPENSE_REIMBURSEMENT
    facts = {"attachment_id": attachment.id}
    place = (*scope.location_ids, ticket.id, *RECEIPTS)
    batch = [
        expect(_THERE, _IS_THERE.format(marks=scope.marks), *scope.location_ids, ticket.id, attachment.id),
        Statement(_REMOVE.format(marks=scope.marks), (attachment.id, *scope.location_ids, scope.person_id)),
        *([expect(_RECEIPT, has_receipt, *place)] if is_expense else []),
        entry(scope, actor, ticket.id, Note("system", _said("Removed", [attachment])), (None, None)),
        audit_row(actor, "management:remove-attachment", "ticket", ticket.id, ticket.location_id, facts),
    ]
    try:
        await db.batch(batch)
    except ExpectationFailed as failure:
        return receipt_required() if str(failure) == _RECEIPT else NotFound("There is no such file.")
    return None


async def note_download(
    db: Database, scope: Scope, actor: Actor, ticket: Ticket, attachment: Attachment
) -> None:
    """Write into the audit log that the person opens a file, ahead of showing it."""
    facts = {"attachment_id": attachment.id}
    audit = audit_row(actor, "management:download", "ticket", ticket.id, ticket.location_id, facts)
    await db.batch([still_there(scope, ticket), audit])


def _attachment(row: Row) -> Attachment:
    return Attachment.model_validate({name: row[name] for name in Attachment.model_fields})


def _said(what: str, files: Sequence[Upload | Attachment]) -> str:
    return f"{what} {', '.join(each.file_name for each in files)}"
