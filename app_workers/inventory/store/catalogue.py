"""Items, written: the catalogue is the practice's own, so no statement here is about a location's rows.

The one exception asks whether anything is on hand anywhere, and shows no row.
"""

from collections.abc import Mapping

from app_workers.inventory.domain.catalogue import is_tracked
from app_workers.inventory.errors import LotTrackingLocked, SkuExists
from app_workers.inventory.models.catalogue import Item, ItemStatus
from app_workers.inventory.models.drafts import ItemDraft, ItemEdit
from app_workers.inventory.store.edits import changed, update
from app_workers.inventory.store.items import find_item
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Value, expect, insert
from ganger.errors import ValidationFailed, VersionConflict
from ganger.ids import new_id

_SAME_VERSION = "SELECT version = ? FROM inventory_items WHERE id = ?"
_NOTHING_ON_HAND = """
    (SELECT is_lot_tracked = ? FROM inventory_items WHERE id = ?)
    OR NOT EXISTS (SELECT 1 FROM inventory_stock WHERE item_id = ? AND quantity_on_hand > 0)
"""
_LOCKED = "nothing on hand"

Refusal = SkuExists | LotTrackingLocked | VersionConflict | ValidationFailed


async def add_item(db: Database, actor: Actor, draft: ItemDraft) -> Item | Refusal:
    """Write a new item, or say what stands against it."""
    item_id, at = new_id(actor.at), iso_utc(actor.at)
    columns: dict[str, Value] = {
        "id": item_id,
        **columns_of(draft),
        "created_by": actor.user_id,
        "created_at": at,
        "updated_at": at,
    }
    fields: Mapping[str, object] = {"sku": draft.sku, "name": draft.name}
    audit = audit_row(actor, "inventory:add-item", "inventory_item", item_id, None, fields)
    try:
        await db.batch([insert("inventory_items", columns), audit])
    except ConstraintFailed as failure:
        return _refusal(failure)
    return await find_item(db, item_id)


async def edit_item(db: Database, actor: Actor, item: Item, edit: ItemEdit) -> Item | Refusal:
    """Write an item as it is to be, or say what stands against it."""
    columns = columns_of(edit)
    fields = changed(item, columns)
    try:
        await db.batch(
            [
                expect("item as read", _SAME_VERSION, edit.version, item.id),
                expect(_LOCKED, _NOTHING_ON_HAND, int(is_tracked(edit)), item.id, item.id),
                update("inventory_items", item.id, columns, actor),
                audit_row(actor, "inventory:edit-item", "inventory_item", item.id, None, fields),
            ]
        )
    except ExpectationFailed:
        current = await find_item(db, item.id)
        return locked() if current.version == edit.version else outdated(current)
    except ConstraintFailed as failure:
        return _refusal(failure)
    return await find_item(db, item.id)


async def discontinue_item(db: Database, actor: Actor, item: Item, version: int) -> Item | VersionConflict:
    """Take an item out of what is bought; what is left of it can still be used."""
    status: dict[str, Value] = {"status": ItemStatus.DISCONTINUED.value}
    try:
        await db.batch(
            [
                expect("item as read", _SAME_VERSION, version, item.id),
                update("inventory_items", item.id, status, actor),
                audit_row(
                    actor,
                    "inventory:discontinue-item",
                    "inventory_item",
                    item.id,
                    None,
                    changed(item, status),
                ),
            ]
        )
    except ExpectationFailed:
        return outdated(await find_item(db, item.id))
    return await find_item(db, item.id)


def outdated(current: Item) -> VersionConflict:
    """The refusal of an edit of an item that somebody else edited first."""
    return VersionConflict("Somebody changed this item after you opened it.", current=current.plain())


def locked() -> LotTrackingLocked:
    """The refusal of switching lots while something is on hand."""
    return LotTrackingLocked(
        "Lot tracking can be switched only while none of this item is on hand anywhere.",
        field="is_lot_tracked",
    )


def columns_of(draft: ItemDraft) -> dict[str, Value]:
    """An item as its row has it."""
    return {
        "sku": draft.sku,
        "name": draft.name,
        "description": draft.description,
        "category": draft.category.value,
        "stock_unit": draft.stock_unit.value,
        "unit_cost_cents": draft.unit_cost_cents,
        "is_lot_tracked": int(is_tracked(draft)),
        "is_hazardous": int(draft.is_hazardous),
        "is_controlled": int(draft.is_controlled),
        "safety_sheet_id": draft.safety_sheet_id,
    }


def _refusal(failure: ConstraintFailed) -> SkuExists | ValidationFailed:
    if "FOREIGN KEY" in str(failure):
        return ValidationFailed({"safety_sheet_id": "is no safety sheet"})
    if "inventory_items.sku" not in str(failure):
        raise failure
    return SkuExists("SKU is that of another item.", field="sku")
