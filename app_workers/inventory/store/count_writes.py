"""The statements that write scans: however many scans, the same few statements."""

import json
from collections.abc import Sequence

from app_workers.inventory.domain.count_scans import Counted
from app_workers.inventory.models.counts import CountSession
from app_workers.inventory.permissions import COUNT
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import Statement, Value, expect, insert
from ganger.ids import new_id
from ganger.scope import Scope

_IS_COUNTED = "SELECT status = 'in_progress' FROM count_sessions WHERE id = ? AND location_id = ?"
_SAME_ITEMS = """
    NOT EXISTS (
        SELECT 1 FROM json_each(?) AS given
        JOIN inventory_items AS item ON item.id = given.value ->> 'item_id'
        WHERE item.is_lot_tracked <> (given.value ->> 'lot_number' IS NOT NULL)
    )
"""
_STILL_NEW = """
    NOT EXISTS (
        SELECT 1 FROM json_each(?) AS given
        JOIN inventory_lots AS lot ON lot.item_id = given.value ->> 'item_id'
            AND lot.lot_number = given.value ->> 'lot_number'
        WHERE lot.location_id = ?
    )
"""
# Every change of the stock or its lots raises the version, so that who read an older one is told so.
_TOUCH_STOCK = """
    INSERT INTO inventory_stock (id, item_id, location_id, created_at, updated_at)
    SELECT MIN(given.value ->> 'stock_id'), given.value ->> 'item_id', ?, ?, ?
    FROM json_each(?) AS given WHERE TRUE GROUP BY given.value ->> 'item_id'
    ON CONFLICT (item_id, location_id) DO UPDATE SET
        version = version + 1, updated_at = excluded.updated_at
"""
_ADD_ENTRIES = """
    INSERT INTO count_entries (id, session_id, location_id, item_id, lot_id, created_at, updated_at)
    SELECT given.value ->> 'entry_id', ?, ?, given.value ->> 'item_id', lot.id, ?, ?
    FROM json_each(?) AS given
    LEFT JOIN inventory_lots AS lot ON lot.item_id = given.value ->> 'item_id'
        AND lot.location_id = ? AND lot.lot_number = given.value ->> 'lot_number'
    WHERE TRUE ON CONFLICT DO NOTHING
"""
_ADD_SCANS = """
    INSERT INTO count_scans (
        client_ref, session_id, location_id, entry_id, batch_id, quantity, mode, manual, user_id,
        scanned_at, created_at
    )
    SELECT given.value ->> 'client_ref', entry.session_id, entry.location_id, entry.id, ?,
        given.value ->> 'quantity', given.value ->> 'mode', given.value ->> 'manual', ?,
        given.value ->> 'scanned_at', ?
    FROM json_each(?) AS given
    LEFT JOIN inventory_lots AS lot ON lot.item_id = given.value ->> 'item_id'
        AND lot.location_id = ? AND lot.lot_number = given.value ->> 'lot_number'
    JOIN count_entries AS entry ON entry.session_id = ? AND entry.item_id = given.value ->> 'item_id'
        AND COALESCE(entry.lot_id, '') = COALESCE(lot.id, '')
    WHERE entry.location_id = ? ORDER BY given.key
"""
_ON_HAND = """
    COALESCE(CASE WHEN count_entries.lot_id IS NULL THEN (
        SELECT quantity_on_hand FROM inventory_stock
        WHERE item_id = count_entries.item_id AND location_id = count_entries.location_id
    ) ELSE (
        SELECT quantity FROM inventory_lots
        WHERE id = count_entries.lot_id AND location_id = count_entries.location_id
    ) END, 0)
"""
# What waited for its first scan, or was judged already, is counted from zero.
_BEGIN = f"""
    UPDATE count_entries SET status = 'counted', expected_quantity = {_ON_HAND}, counted_quantity = 0,
        counted_after = fresh.first - 1, decided_by = NULL, decided_at = NULL
    FROM (
        SELECT entry_id, MIN(number) AS first FROM count_scans
        WHERE batch_id = ? AND location_id = ? GROUP BY entry_id
    ) AS fresh
    WHERE count_entries.id = fresh.entry_id AND count_entries.location_id = ?
        AND count_entries.status <> 'counted'
"""  # noqa: S608 - our own text
# The last `set` and what came after it, of all scans that count.
_ADD_UP = f"""
    UPDATE count_entries SET counted_quantity = total.counted, counted_by = ?, counted_at = ?, updated_at = ?,
        expected_quantity = CASE WHEN total.is_set THEN {_ON_HAND} ELSE expected_quantity END
    FROM (
        SELECT entry_id, MAX(is_set) AS is_set, SUM(quantity) FILTER (WHERE number >= last_set) AS counted
        FROM (
            SELECT scan.entry_id, scan.number, scan.quantity,
                scan.batch_id = ? AND scan.mode = 'set' AS is_set,
                COALESCE(
                    MAX(CASE scan.mode WHEN 'set' THEN scan.number END) OVER (PARTITION BY scan.entry_id), 0
                ) AS last_set
            FROM (
                SELECT DISTINCT entry_id FROM count_scans WHERE batch_id = ? AND location_id = ?
            ) AS fresh
            JOIN count_entries AS entry ON entry.id = fresh.entry_id
            JOIN count_scans AS scan ON scan.entry_id = entry.id AND scan.number > entry.counted_after
            WHERE entry.location_id = ?
        )
        GROUP BY entry_id
    ) AS total
    WHERE count_entries.id = total.entry_id AND count_entries.location_id = ?
"""  # noqa: S608 - our own text
_NOTE_SCAN = """
    UPDATE count_sessions SET last_scan_at = ?, version = version + 1, updated_at = ?
    WHERE id = ? AND location_id = ?
"""


def scan_statements(
    place: Scope, actor: Actor, session: CountSession, counted: Sequence[Counted]
) -> list[Statement]:
    """The batch that counts scans which the session does not know; one that it does aborts the batch."""
    at, batch_id = iso_utc(actor.at), new_id(actor.at)
    (here,) = place.location_ids
    where = (session.id, here)
    targets, lots = _targets(actor, counted), _new_lots(here, actor, counted)
    new_lots = json.dumps([{"stock_id": new_id(actor.at), **lot} for lot in lots])
    scans = json.dumps([_scan(each) for each in counted])
    known_first = (
        expect("lots as read", _STILL_NEW, new_lots, here),
        Statement(_TOUCH_STOCK, (here, at, at, new_lots)),
        *(insert("inventory_lots", lot) for lot in lots),
    )
    return [
        expect("count is open", _IS_COUNTED, *where),
        expect("items as read", _SAME_ITEMS, targets),
        *(known_first if lots else ()),
        Statement(_ADD_ENTRIES, (*where, at, at, targets, here)),
        Statement(_ADD_SCANS, (batch_id, actor.user_id, at, scans, here, *where)),
        Statement(_BEGIN, (batch_id, here, here)),
        Statement(_ADD_UP, (actor.user_id, at, at, batch_id, batch_id, here, here, here)),
        Statement(_NOTE_SCAN, (at, at, *where)),
        audit_row(actor, COUNT.name, "count_session", *where, {"scans": len(counted)}),
    ]


def _targets(actor: Actor, counted: Sequence[Counted]) -> str:
    """Each item, or lot of it, that is counted, with the id for its entry if it has none yet."""
    keys = dict.fromkeys((each.item_id, each.lot_number) for each in counted)
    return json.dumps(
        [
            {"entry_id": new_id(actor.at), "item_id": item_id, "lot_number": lot_number}
            for item_id, lot_number in keys
        ]
    )


def _new_lots(location_id: str, actor: Actor, counted: Sequence[Counted]) -> list[dict[str, Value]]:
    """The columns of each lot that nobody knew, with the expiry date that its first scan tells."""
    at = iso_utc(actor.at)
    days: dict[tuple[str, str | None], str | None] = {}
    for each in counted:
        if each.is_new_lot:
            expires_on = each.expires_on.isoformat() if each.expires_on else None
            days.setdefault((each.item_id, each.lot_number), expires_on)
    return [
        {
            "id": new_id(actor.at),
            "item_id": item_id,
            "location_id": location_id,
            "lot_number": lot_number,
            "expires_on": expires_on,
            "quantity": 0,
            "created_at": at,
            "updated_at": at,
        }
        for (item_id, lot_number), expires_on in days.items()
    ]


def _scan(counted: Counted) -> dict[str, object]:
    return {
        "client_ref": str(counted.scan.client_ref),
        "item_id": counted.item_id,
        "lot_number": counted.lot_number,
        "quantity": counted.quantity,
        "mode": counted.scan.mode.value,
        "manual": int(counted.scan.manual),
        "scanned_at": iso_utc(counted.scan.scanned_at),
    }
