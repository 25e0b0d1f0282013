"""Setting the levels of an item at a location."""

from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.drafts import LevelsDraft
from app_workers.inventory.models.stock import StockLevel
from app_workers.inventory.store.changes import outdated
from app_workers.inventory.store.levels import levels_of
from ganger.audit import Actor, audit_row
from ganger.clock import clinic_date, iso_utc
from ganger.db import Database, ExpectationFailed, Statement, expect
from ganger.errors import VersionConflict
from ganger.ids import new_id
from ganger.scope import Scope

_SAME_STOCK = "COALESCE((SELECT version FROM inventory_stock WHERE item_id = ? AND location_id = ?), 0) = ?"
_SET_LEVELS = """
    INSERT INTO inventory_stock
        (id, item_id, location_id, reorder_point, par_level, storage_place, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (item_id, location_id) DO UPDATE SET
        reorder_point = excluded.reorder_point, par_level = excluded.par_level,
        storage_place = excluded.storage_place, version = version + 1, updated_at = excluded.updated_at
"""


async def set_levels(
    db: Database, place: Scope, actor: Actor, item: Item, draft: LevelsDraft
) -> StockLevel | VersionConflict:
    """Write the levels at the one location of `place`; an item that was never stocked there gets its row."""
    (location_id,) = place.location_ids
    at = iso_utc(actor.at)
    row = (item.id, location_id, draft.reorder_point, draft.par_level, draft.storage_place)
    fields = draft.plain() | {"item_id": item.id}
    try:
        await db.batch(
            [
                expect("stock as read", _SAME_STOCK, item.id, location_id, draft.version),
                Statement(_SET_LEVELS, (new_id(actor.at), *row, at, at)),
                audit_row(actor, "inventory:set-levels", "inventory_item", item.id, location_id, fields),
            ]
        )
    except ExpectationFailed:
        return await outdated(db, place, item, actor)
    return (await levels_of(db, place, item.id, clinic_date(actor.at)))[0]
