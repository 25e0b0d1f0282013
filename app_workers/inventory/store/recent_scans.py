"""What a person has scanned last."""

from datetime import datetime

from app_workers.inventory.models.scanning import Parsed, RecentScan
from app_workers.inventory.store.rows import record
from ganger.clock import iso_utc
from ganger.db import Database, Statement
from ganger.scope import Scope

_KEPT = 10
_NOTE = """
    INSERT INTO recent_scans (user_id, location_id, barcode, code, item_id, scanned_at)
    VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET code = excluded.code, item_id = excluded.item_id,
        scanned_at = excluded.scanned_at
"""
_FORGET = """
    DELETE FROM recent_scans
    WHERE user_id = ? AND location_id IN ({marks}) AND scanned_at < (
        SELECT scanned_at FROM recent_scans WHERE user_id = ? AND location_id IN ({marks})
        ORDER BY scanned_at DESC LIMIT 1 OFFSET ?
    )
"""
_RECENT = """
    SELECT scan.code, item.name AS item_name
    FROM recent_scans AS scan LEFT JOIN inventory_items AS item ON item.id = scan.item_id
    WHERE scan.user_id = ? AND scan.location_id IN ({marks})
    ORDER BY scan.scanned_at DESC, scan.barcode LIMIT ?
"""


async def note_scan(
    db: Database, place: Scope, at: datetime, parsed: Parsed, code: str, item_id: str | None
) -> None:
    """Keep a scan of the person at the one location of `place`, and no more than the last ten there."""
    (location_id,) = place.location_ids
    person = place.person_id
    noted = (person, location_id, parsed.barcode, code, item_id, iso_utc(at))
    forgotten = (person, location_id, person, location_id, _KEPT - 1)
    await db.batch([Statement(_NOTE, noted), Statement(_FORGET.format(marks=place.marks), forgotten)])


async def recent_scans(db: Database, place: Scope) -> list[RecentScan]:
    """The person's last scans at the one location of `place`, newest first."""
    sql = _RECENT.format(marks=place.marks)
    return [
        record(RecentScan, row) for row in await db.rows(sql, place.person_id, *place.location_ids, _KEPT)
    ]
