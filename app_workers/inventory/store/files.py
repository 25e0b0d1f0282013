"""Files of the catalogue: kept, given to an item or a sheet, and removed.

A file is loose until something has it, and again once nothing has: a job removes loose ones, the object first
and its row after it, so that no object is ever there without a row.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from app_workers.inventory.domain.files import Slot
from app_workers.inventory.models.files import GivenFile, StoredFile
from app_workers.inventory.store.edits import update
from app_workers.inventory.store.rows import record
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import Database, ExpectationFailed, Statement, expect, insert
from ganger.errors import NotFound
from ganger.ids import new_id
from ganger.objects import Objects
from ganger.scope import Scope

# Longer than one that is on its way takes to arrive.
_ARRIVES_WITHIN = timedelta(hours=1)
_AT_ONCE = 50
# The files of the catalogue are of no location.
_ONE = """
    SELECT upload.id, upload.object_key, upload.file_name, upload.media_type
    FROM {table} AS holder JOIN file_uploads AS upload ON upload.id = holder.{column}
    WHERE holder.id = ? AND upload.id = ? AND (upload.location_id IS NULL OR upload.location_id IN ({marks}))
"""
_LOOSE = """
    SELECT upload.id, upload.object_key, upload.file_name, upload.media_type
    FROM inventory_loose_files AS loose JOIN file_uploads AS upload ON upload.id = loose.file_upload_id
    WHERE loose.removed_after < ? AND (upload.location_id IS NULL OR upload.location_id IN ({marks}))
    ORDER BY loose.removed_after LIMIT ?
"""
_FORGET = "DELETE FROM file_uploads WHERE id = ? AND (location_id IS NULL OR location_id IN ({marks}))"
_TAKEN = "DELETE FROM inventory_loose_files WHERE file_upload_id = ?"
_AS_READ = "SELECT version = ? AND {column} IS ? FROM {table} WHERE id = ?"


async def keep_file(db: Database, objects: Objects, scope: Scope, actor: Actor, given: GivenFile) -> str:
    """Keep a file that was checked, loose as yet; its id.

    Raises:
        FilesUnavailable: it is not kept.
    """
    upload_id, at = new_id(actor.at), iso_utc(actor.at)
    key = f"inventory/{upload_id}"
    row = insert(
        "file_uploads",
        {
            "id": upload_id,
            "location_id": None,
            "object_key": key,
            "file_name": given.name,
            "media_type": given.media_type,
            "size_bytes": len(given.content),
            "sha256": sha256(given.content).hexdigest(),
            "uploaded_by": scope.person_id,
            "created_at": at,
        },
    )
    told = {"media_type": given.media_type, "size_bytes": len(given.content)}
    audit = audit_row(actor, "inventory:upload", "file_upload", upload_id, None, told)
    await db.batch([row, _loose(upload_id, actor.at + _ARRIVES_WITHIN), audit])
    await objects.put(key, given.content, given.media_type)
    return upload_id


async def give_file(
    db: Database,
    actor: Actor,
    slot: Slot,
    holder_id: str,
    version: int,
    before: str | None,
    upload_id: str | None,
) -> bool:
    """Let an item or a sheet have this file in place of the one before, or none; False if it has changed."""
    as_read = _AS_READ.format(table=slot.table, column=slot.column)
    told = {slot.column: [before, upload_id]}
    statements = [
        expect("as read", as_read, version, before, holder_id),
        update(slot.table, holder_id, {slot.column: upload_id}, actor),
        audit_row(actor, f"inventory:change-{slot.field}", slot.record_type, holder_id, None, told),
    ]
    if upload_id is not None:
        statements.append(Statement(_TAKEN, (upload_id,)))
    if before is not None:
        statements.append(_loose(before, actor.at))
    try:
        await db.batch(statements)
    except ExpectationFailed:
        return False
    return True


async def file_of(db: Database, scope: Scope, slot: Slot, holder_id: str, upload_id: str) -> StoredFile:
    """The file that an item or a sheet has.

    Raises:
        NotFound: it has not this one.
    """
    sql = _ONE.format(table=slot.table, column=slot.column, marks=scope.marks)
    row = await db.row(sql, holder_id, upload_id, *scope.location_ids)
    if row is None:
        raise NotFound("There is no such file.")
    return record(StoredFile, row)


async def remove_loose_files(db: Database, objects: Objects, scope: Scope, actor: Actor) -> int:
    """Remove files that nothing has, and how many there were.

    Raises:
        FilesUnavailable: they stay, for the next run.
    """
    sql = _LOOSE.format(marks=scope.marks)
    rows = await db.rows(sql, iso_utc(actor.at), *scope.location_ids, _AT_ONCE)
    found = [record(StoredFile, row) for row in rows]
    if not found:
        return 0
    await objects.delete([file.object_key for file in found])
    forget = _FORGET.format(marks=scope.marks)
    statements = list[Statement]()
    for file in found:
        statements.append(Statement(forget, (file.id, *scope.location_ids)))
        statements.append(audit_row(actor, "inventory:remove-upload", "file_upload", file.id))
    await db.batch(statements)
    return len(found)


def _loose(upload_id: str, after: datetime) -> Statement:
    return insert("inventory_loose_files", {"file_upload_id": upload_id, "removed_after": iso_utc(after)})
