"""What one location has of an item, and what of it has to hold still when a change is carried out.

Whoever takes from a shelf means it from whatever is there, so a change relies on no more than it needs: a
hundred people may take from one shelf at once, and none of them is in another's way until too little is left.
"""

import asyncio
import json
from collections.abc import Sequence

from app_workers.inventory.domain.changes import Entry, Shelf
from app_workers.inventory.models.stock import LotStatus
from app_workers.inventory.store.levels import all_lots_of
from ganger.db import Database, Statement, expect
from ganger.scope import Scope

_ON_HAND = "SELECT quantity_on_hand FROM inventory_stock WHERE item_id = ? AND location_id IN ({marks})"

_AS_SEEN = (
    "COALESCE((SELECT version FROM inventory_stock WHERE item_id = ? AND location_id IN ({marks})), 0) = ?"
)
_ENOUGH = "COALESCE((" + _ON_HAND + "), 0) + ? >= 0"
# Of a lot that is emptied nothing may be left: more of it would have to go before the next lot does.
_ENOUGH_OF_LOT = """
    SELECT status = ? AND (quantity + ? = 0 OR quantity + ? > 0 AND NOT ?) FROM inventory_lots
    WHERE item_id = ? AND location_id IN ({marks}) AND lot_number = ?
"""
_NO_SUCH_LOT = """
    SELECT COUNT(*) = 0 FROM inventory_lots
    WHERE item_id = ? AND location_id IN ({marks}) AND lot_number = ?
"""
# One that came since, or was given free, may expire sooner than those that were chosen.
_NO_OTHER_LOT = """
    SELECT COUNT(*) = 0 FROM inventory_lots
    WHERE item_id = ? AND location_id IN ({marks}) AND status = 'available' AND quantity > 0
        AND id NOT IN (SELECT value FROM json_each(?))
"""


async def read_shelf(db: Database, place: Scope, item_id: str) -> Shelf:
    """What the one location of `place` has of an item."""
    sql = _ON_HAND.format(marks=place.marks)
    stock, lots = await asyncio.gather(
        db.row(sql, item_id, *place.location_ids), all_lots_of(db, place, item_id)
    )
    return Shelf(int(stock["quantity_on_hand"] or 0) if stock else 0, lots)


def as_seen(place: Scope, item_id: str, version: int) -> Statement:
    """The expectation that nothing at all has changed since somebody saw the stock in this version."""
    sql = _AS_SEEN.format(marks=place.marks)
    return expect("stock as seen", sql, item_id, *place.location_ids, version)


def still_possible(place: Scope, item_id: str, shelf: Shelf, entries: Sequence[Entry]) -> list[Statement]:
    """The expectations under which entries that were planned from a shelf are what would be planned now.

    Args:
        shelf: as it was read at the one location of `place`.
    """
    relied_on = [_entry_possible(place, item_id, shelf, entry) for entry in entries]
    if any(entry.change < 0 and entry.lot_number is not None for entry in entries):
        relied_on.append(_no_other_lot(place, item_id, shelf))
    return relied_on


def _entry_possible(place: Scope, item_id: str, shelf: Shelf, entry: Entry) -> Statement:
    where = (item_id, *place.location_ids)
    if entry.lot_number is None:
        return expect("enough on hand", _ENOUGH.format(marks=place.marks), *where, entry.change)
    lot = next((lot for lot in shelf.lots if lot.lot_number == entry.lot_number), None)
    if lot is None:
        return expect("lot still unknown", _NO_SUCH_LOT.format(marks=place.marks), *where, entry.lot_number)
    is_emptied = int(lot.quantity + entry.change == 0)
    return expect(
        "enough of the lot",
        _ENOUGH_OF_LOT.format(marks=place.marks),
        *(lot.status.value, entry.change, entry.change, is_emptied),
        *(*where, entry.lot_number),
    )


def _no_other_lot(place: Scope, item_id: str, shelf: Shelf) -> Statement:
    known = [lot.id for lot in shelf.lots if lot.status is LotStatus.AVAILABLE and lot.quantity]
    sql = _NO_OTHER_LOT.format(marks=place.marks)
    return expect("no other lot", sql, item_id, *place.location_ids, json.dumps(known))
