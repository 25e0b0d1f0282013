"""Items from a table, written in one batch. The catalogue is the practice's own.

What is asked of stock is whether there is any anywhere; no row of it is shown.
"""

import json
from collections.abc import Sequence

from app_workers.inventory.domain.catalogue import is_tracked
from app_workers.inventory.domain.importing import changed_fields
from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.imports import ImportPlan
from app_workers.inventory.store.catalogue import columns_of
from app_workers.inventory.store.rows import record
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Statement, Value, expect
from ganger.ids import new_id

_KNOWN = """
    SELECT * FROM inventory_items WHERE sku IN (SELECT value FROM json_each(?))
"""
_ON_HAND = """
    SELECT DISTINCT item_id FROM inventory_stock
    WHERE quantity_on_hand > 0 AND item_id IN (SELECT value FROM json_each(?))
"""
_SAME_VERSIONS = """
    SELECT NOT EXISTS (
        SELECT 1 FROM json_each(?) AS asked
        LEFT JOIN inventory_items AS item ON item.id = asked.value ->> 'id'
        WHERE item.version IS NOT asked.value ->> 'version'
    )
"""
_NONE_ON_HAND = f"SELECT NOT EXISTS ({_ON_HAND})"
_FIELDS = (
    "sku", "name", "description", "category", "stock_unit", "unit_cost_cents", "is_lot_tracked",
    "is_hazardous", "is_controlled", "safety_sheet_id",
)  # fmt: skip
_ADD = f"""
    INSERT INTO inventory_items (id, {", ".join(_FIELDS)}, created_by, created_at, updated_at)
    SELECT value ->> 'id', {", ".join(f"value ->> '{name}'" for name in _FIELDS)}, ?1, ?2, ?2
    FROM json_each(?3)
"""  # noqa: S608 - names from code
_CHANGE = f"""
    UPDATE inventory_items
    SET {", ".join(f"{name} = asked.value ->> '{name}'" for name in _FIELDS)},
        version = version + 1, updated_at = ?
    FROM json_each(?) AS asked WHERE inventory_items.id = asked.value ->> 'id'
"""  # noqa: S608 - names from code


async def known_items(db: Database, skus: Sequence[str]) -> dict[str, Item]:
    """The items that have one of these SKUs, by SKU."""
    found = [record(Item, row) for row in await db.rows(_KNOWN, json.dumps(skus))]
    return {item.sku: item for item in found}


async def on_hand_anywhere(db: Database, item_ids: Sequence[str]) -> set[str]:
    """Those of these items of which there is something at some location."""
    return {str(row["item_id"]) for row in await db.rows(_ON_HAND, json.dumps(item_ids))}


async def carry_out(db: Database, actor: Actor, plan: ImportPlan) -> bool:
    """Write all of a plan without problems, or nothing and False when the catalogue is not as it was read."""
    at = iso_utc(actor.at)
    added: list[dict[str, Value]] = [{"id": new_id(actor.at), **columns_of(draft)} for draft in plan.added]
    changed: list[dict[str, Value]] = [
        {"id": each.before.id, "version": each.before.version, **columns_of(each.after)}
        for each in plan.changed
    ]
    switched = [
        each.before.id for each in plan.changed if each.before.is_lot_tracked != is_tracked(each.after)
    ]
    fields = {
        "added": [draft.sku for draft in plan.added],
        "changed": {each.before.sku: changed_fields(each.before, each.after) for each in plan.changed},
    }
    try:
        await db.batch(
            [
                expect("items as read", _SAME_VERSIONS, json.dumps(changed)),
                expect("nothing on hand", _NONE_ON_HAND, json.dumps(switched)),
                Statement(_ADD, (actor.user_id, at, json.dumps(added))),
                Statement(_CHANGE, (at, json.dumps(changed))),
                audit_row(actor, "inventory:import-items", "inventory_catalogue", "items", None, fields),
            ]
        )
    except (ExpectationFailed, ConstraintFailed):
        return False
    return True
