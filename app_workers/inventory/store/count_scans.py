"""Scans of a session: looked up, and written in one batch that others' scans cannot get in the way of.

A count is the sum of its scans, worked out anew by each batch from the scans themselves. Two people who count
the same shelf at once therefore both count, in whatever order their batches come.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from app_workers.inventory.domain.count_scans import Countable, Counted, key_of, understand
from app_workers.inventory.domain.counting import blind, scan_problem
from app_workers.inventory.domain.scanning import MAX_CODE, parse_scan
from app_workers.inventory.errors import BarcodeUnknown
from app_workers.inventory.models.counts import CountSession, NewScan, ScanProblem, ScanResult
from app_workers.inventory.store.count_writes import scan_statements
from app_workers.inventory.store.counts import find_count, these_entries
from app_workers.inventory.store.scanning import count_unmatched
from ganger.audit import Actor
from ganger.db import ConstraintFailed, Database, ExpectationFailed
from ganger.errors import AppError, Conflict
from ganger.scope import Scope

# The last row of a key holds: a barcode comes before a SKU that reads the same.
_ITEMS = """
    SELECT given.value ->> 'key' AS key, item.id AS item_id, item.is_lot_tracked, 1 AS units_per_scan
    FROM json_each(?1) AS given JOIN inventory_items AS item ON item.id = given.value ->> 'item_id'
    UNION ALL
    SELECT given.value ->> 'key', item.id, item.is_lot_tracked, 1
    FROM json_each(?1) AS given JOIN inventory_items AS item ON item.sku = given.value ->> 'sku'
    UNION ALL
    SELECT given.value ->> 'key', item.id, item.is_lot_tracked, code.units_per_scan
    FROM json_each(?1) AS given
    JOIN inventory_barcodes AS code ON code.barcode = given.value ->> 'barcode'
    JOIN inventory_items AS item ON item.id = code.item_id
"""
_LOTS = """
    SELECT item_id, lot_number, expires_on FROM inventory_lots
    WHERE item_id IN (SELECT value FROM json_each(?)) AND location_id IN ({marks})
"""
_KNOWN = """
    SELECT client_ref, entry_id FROM count_scans
    WHERE client_ref IN (SELECT value FROM json_each(?)) AND session_id = ? AND location_id IN ({marks})
"""
_ATTEMPTS = 5


async def record_scans(
    db: Database, place: Scope, actor: Actor, count_id: str, scans: Sequence[NewScan]
) -> list[ScanResult] | AppError:
    """Count the scans that a session does not know yet.

    Returns:
        What became of each, in their order; or the refusal of all, when there is a new one and the session
        takes none.
    """
    for _ in range(_ATTEMPTS):
        session = await find_count(db, place, count_id)
        known = await _known(db, place, session, scans)
        fresh = list({scan.client_ref: scan for scan in reversed(scans)}.values())[::-1]
        fresh = [scan for scan in fresh if str(scan.client_ref) not in known]
        problem = scan_problem(session) if fresh else None
        if problem is not None:
            return problem
        meanings = understand(fresh, await _countables(db, place, fresh))
        counted = [meaning for meaning in meanings.values() if isinstance(meaning, Counted)]
        try:
            if counted:
                await db.batch(scan_statements(place, actor, session, counted))
        except (ConstraintFailed, ExpectationFailed):
            continue  # a twin of the request, or another change in between: what is known is read anew
        problems = {ref: each for ref, each in meanings.items() if isinstance(each, AppError)}
        await _count_unknown(db, place, actor, fresh, problems)
        return await _results(db, place, session, scans, problems, set(known))
    return Conflict("Others change the same things at this moment. Send this again.")


async def _known(
    db: Database, place: Scope, session: CountSession, scans: Sequence[NewScan]
) -> dict[str, str]:
    """The entries of those scans that came before."""
    refs = json.dumps([str(scan.client_ref) for scan in scans])
    rows = await db.rows(_KNOWN.format(marks=place.marks), refs, session.id, *place.location_ids)
    return {str(row["client_ref"]): str(row["entry_id"]) for row in rows}


async def _countables(db: Database, place: Scope, scans: Sequence[NewScan]) -> dict[str, Countable]:
    asked = [
        {
            "key": key_of(scan),
            "item_id": scan.item_id,
            "sku": scan.barcode.strip().upper() if scan.barcode else None,
            "barcode": parse_scan(scan.barcode).barcode if scan.barcode else None,
        }
        for scan in scans
    ]
    if not asked:
        return {}
    items = await db.rows(_ITEMS, json.dumps(asked))
    item_ids = json.dumps(sorted({str(row["item_id"]) for row in items}))
    lots: dict[str, dict[str, date | None]] = {}
    for row in await db.rows(_LOTS.format(marks=place.marks), item_ids, *place.location_ids):
        expires_on = date.fromisoformat(str(row["expires_on"])) if row["expires_on"] else None
        lots.setdefault(str(row["item_id"]), {})[str(row["lot_number"])] = expires_on
    return {
        str(row["key"]): Countable(
            item_id=str(row["item_id"]),
            is_lot_tracked=bool(row["is_lot_tracked"]),
            units_per_scan=int(row["units_per_scan"] or 1),
            lots=lots.get(str(row["item_id"]), {}),
        )
        for row in items
    }


async def _count_unknown(
    db: Database, place: Scope, actor: Actor, scans: Sequence[NewScan], problems: Mapping[str, AppError]
) -> None:
    """Count the codes that led nowhere, so that somebody links them."""
    for scan in scans:
        parsed = parse_scan(scan.barcode or "")
        is_unknown = isinstance(problems.get(str(scan.client_ref)), BarcodeUnknown)
        if is_unknown and 1 <= len(parsed.barcode) <= MAX_CODE:
            await count_unmatched(db, place, actor, parsed, scan.barcode or "")


async def _results(
    db: Database,
    place: Scope,
    session: CountSession,
    scans: Sequence[NewScan],
    problems: Mapping[str, AppError],
    seen: set[str],
) -> list[ScanResult]:
    """What became of each scan; `seen` are those that came before, and grows by each that is told."""
    entry_of = await _known(db, place, session, scans)
    entries = await these_entries(db, place, session.id, sorted(set(entry_of.values())))
    results = []
    for scan in scans:
        ref = str(scan.client_ref)
        if ref in problems:
            problem = ScanProblem(code=problems[ref].code, message=str(problems[ref]))
            results.append(ScanResult(client_ref=scan.client_ref, error=problem))
        else:
            entry = blind(entries[entry_of[ref]])
            results.append(ScanResult(client_ref=scan.client_ref, entry=entry, duplicate=ref in seen))
        seen.add(ref)
    return results
