"""Uploads that no request has yet.

The row is written before the object and removed after it, so every object has a row. What nobody attached
in time, and what is left of an upload that broke off, is removed with the next uploads.
"""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from app_workers.management.models.files import NewUpload, Upload
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import Database, Statement, insert
from ganger.ids import new_id
from ganger.objects import FilesUnavailable, Objects
from ganger.scope import Scope
from ganger.uploads import document_type_of

_LASTS = timedelta(hours=24)
# Longer than a batch takes: what is attached in the last moment is not swept away below it.
_SWEPT_AFTER = timedelta(hours=1)
_SWEPT_AT_ONCE = 10
_OWN = """
    SELECT id, file_name, media_type, size_bytes FROM file_uploads
    WHERE uploaded_by = ? AND (location_id IS NULL OR location_id IN ({marks})) AND id IN ({ids})
    ORDER BY id
"""
_EXPIRED = """
    SELECT upload.id, upload.object_key FROM unattached_uploads AS free
    JOIN file_uploads AS upload ON upload.id = free.file_upload_id
    WHERE free.expires_at < ? AND (upload.location_id IS NULL OR upload.location_id IN ({marks}))
    ORDER BY free.expires_at LIMIT ?
"""
_FORGET = """
    DELETE FROM file_uploads
    WHERE id = ? AND (location_id IS NULL OR location_id IN ({marks}))
        AND id IN (SELECT file_upload_id FROM unattached_uploads)
"""


async def keep_upload(
    db: Database, objects: Objects, scope: Scope, actor: Actor, name: str, content: bytes
) -> NewUpload:
    """Keep a file that was checked, for a request to take it within a day.

    Raises:
        FilesUnavailable: nothing is kept.
    """
    upload_id = new_id(actor.at)
    kept = NewUpload(
        id=upload_id,
        file_name=name,
        media_type=document_type_of(name, content) or "application/octet-stream",
        size_bytes=len(content),
        expires_at=iso_utc(actor.at + _LASTS),
    )
    key = f"management/{upload_id}"
    await db.batch(_kept(scope, actor, kept, key, sha256(content).hexdigest()))
    try:
        await objects.put(key, content, kept.media_type)
    except FilesUnavailable:
        await db.batch(_forgotten(scope, actor, upload_id))
        raise
    return kept


async def own_uploads(db: Database, scope: Scope, ids: Sequence[str]) -> list[Upload]:
    """Those of these files that the person uploaded, whether a request has them or not."""
    if not ids:
        return []
    sql = _OWN.format(marks=scope.marks, ids=", ".join("?" * len(ids)))
    return [
        Upload.model_validate(row) for row in await db.rows(sql, scope.person_id, *scope.location_ids, *ids)
    ]


async def sweep_uploads(db: Database, objects: Objects, scope: Scope, actor: Actor) -> None:
    """Remove some of what nobody attached in time."""
    before = iso_utc(actor.at - _SWEPT_AFTER)
    rows = await db.rows(_EXPIRED.format(marks=scope.marks), before, *scope.location_ids, _SWEPT_AT_ONCE)
    if rows:
        await objects.delete([str(row["object_key"]) for row in rows])
        await db.batch([each for row in rows for each in _forgotten(scope, actor, str(row["id"]))])


def _kept(scope: Scope, actor: Actor, upload: NewUpload, key: str, digest: str) -> list[Statement]:
    row = insert(
        "file_uploads",
        {
            "id": upload.id,
            "location_id": None,  # it is the person's own, and then the request's
            "object_key": key,
            "file_name": upload.file_name,
            "media_type": upload.media_type,
            "size_bytes": upload.size_bytes,
            "sha256": digest,
            "uploaded_by": scope.person_id,
            "created_at": iso_utc(actor.at),
        },
    )
    free = insert("unattached_uploads", {"file_upload_id": upload.id, "expires_at": upload.expires_at})
    facts = {"media_type": upload.media_type, "size_bytes": upload.size_bytes}
    return [row, free, audit_row(actor, "management:upload", "file_upload", upload.id, None, facts)]


def _forgotten(scope: Scope, actor: Actor, upload_id: str) -> list[Statement]:
    return [
        Statement(_FORGET.format(marks=scope.marks), (upload_id, *scope.location_ids)),
        audit_row(actor, "management:upload-removed", "file_upload", upload_id),
    ]
