"""What is deleted when its time is over: drafts that nobody finished, old links, packets with their files."""

from dataclasses import dataclass
from datetime import datetime

from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import Database, Statement
from ganger.scope import Scope

_OLD_DRAFTS = """
    SELECT id, location_id, pdf_upload_id FROM generated_handouts
    WHERE location_id IN ({marks}) AND status = 'draft' AND created_at < ? ORDER BY created_at LIMIT ?
"""
_OLD_PACKETS = """
    SELECT packet.id, packet.location_id, packet.pdf_upload_id, file.object_key
    FROM generated_handouts AS packet LEFT JOIN file_uploads AS file ON file.id = packet.pdf_upload_id
    WHERE packet.location_id IN ({marks}) AND (file.id IS NULL OR file.location_id = packet.location_id)
        AND packet.generated_at < ? ORDER BY packet.generated_at LIMIT ?
"""
_DELETE = "DELETE FROM generated_handouts WHERE id = ? AND location_id IN ({marks})"
_DELETE_FILE = "DELETE FROM file_uploads WHERE id = ? AND location_id IN ({marks})"
_OLD_LINKS = "DELETE FROM handout_links WHERE expires_at < ? AND location_id IN ({marks})"


@dataclass(frozen=True, slots=True)
class Ended:
    """A packet whose time is over; `object_key` is that of its file, if it has one."""

    id: str
    location_id: str
    upload_id: str | None = None
    object_key: str | None = None


async def drafts_before(db: Database, scope: Scope, before: datetime, limit: int) -> list[Ended]:
    """Drafts that were begun before then, the oldest first."""
    rows = await db.rows(_OLD_DRAFTS.format(marks=scope.marks), *scope.location_ids, iso_utc(before), limit)
    return [Ended(str(row["id"]), str(row["location_id"])) for row in rows]


async def packets_before(db: Database, scope: Scope, before: datetime, limit: int) -> list[Ended]:
    """Packets that were given out before then, the oldest first."""
    rows = await db.rows(_OLD_PACKETS.format(marks=scope.marks), *scope.location_ids, iso_utc(before), limit)
    return [
        Ended(
            str(row["id"]),
            str(row["location_id"]),
            str(row["pdf_upload_id"]) if row["pdf_upload_id"] else None,
            str(row["object_key"]) if row["object_key"] else None,
        )
        for row in rows
    ]


async def delete_packets(db: Database, scope: Scope, actor: Actor, ended: list[Ended]) -> None:
    """Delete packets with their deliveries and links, and the rows of their files, whose objects are gone."""
    here, statements = scope.location_ids, []
    for each in ended:
        statements.append(Statement(_DELETE.format(marks=scope.marks), (each.id, *here)))
        if each.upload_id is not None:
            statements.append(Statement(_DELETE_FILE.format(marks=scope.marks), (each.upload_id, *here)))
        statements.append(audit_row(actor, "handouts:delete-packet", "handout", each.id, each.location_id))
    if statements:
        await db.batch(statements)


async def delete_links(db: Database, scope: Scope, before: datetime) -> None:
    """Delete the links that ended before then."""
    await db.batch([Statement(_OLD_LINKS.format(marks=scope.marks), (iso_utc(before), *scope.location_ids))])
