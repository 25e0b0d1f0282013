"""Vendors and what they sell items for."""

import asyncio
import json
from collections.abc import Sequence

from app_workers.inventory.errors import AlreadyExists
from app_workers.inventory.models.catalogue import Item, Offer, Vendor, VendorQuery
from app_workers.inventory.models.drafts import OfferDraft, VendorDraft, VendorEdit
from app_workers.inventory.store.edits import update
from app_workers.inventory.store.rows import record
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Statement, Value, expect, insert
from ganger.errors import NotFound, VersionConflict
from ganger.ids import new_id

_VENDOR_COLUMNS = ", ".join(Vendor.model_fields)
_VENDOR = f"SELECT {_VENDOR_COLUMNS} FROM inventory_vendors WHERE id = ?"  # noqa: S608
_VENDORS = f"SELECT {_VENDOR_COLUMNS} FROM inventory_vendors ORDER BY name LIMIT ? OFFSET ?"  # noqa: S608
VENDOR_NAMES = "SELECT id, name FROM inventory_vendors ORDER BY name LIMIT ?"
_TOTAL = "SELECT COUNT(*) AS total FROM inventory_vendors"
_SAME_VENDOR = "SELECT version = ? FROM inventory_vendors WHERE id = ?"

_OFFERS = """
    SELECT offer.item_id, offer.vendor_id, vendor.name AS vendor_name, offer.vendor_sku, offer.pack_size,
        offer.pack_cost_cents, offer.min_order_packs, offer.lead_time_days, offer.is_preferred,
        offer.price_updated_at, offer.version
    FROM item_vendors AS offer JOIN inventory_vendors AS vendor ON vendor.id = offer.vendor_id
"""
_OF_ITEM = "WHERE offer.item_id = ? ORDER BY offer.is_preferred DESC, vendor.name"
_IN_FORCE = """
    WHERE vendor.is_active = 1 AND offer.item_id IN (SELECT value FROM json_each(?))
    ORDER BY offer.is_preferred DESC, vendor.name
"""
_SAME_OFFER = "COALESCE((SELECT version FROM item_vendors WHERE item_id = ? AND vendor_id = ?), 0) = ?"
_PREFER_NO_OTHER = """
    UPDATE item_vendors SET is_preferred = 0, version = version + 1, updated_at = ?
    WHERE item_id = ? AND vendor_id <> ? AND is_preferred = 1
"""
_SET_OFFER = """
    INSERT INTO item_vendors (id, item_id, vendor_id, vendor_sku, pack_size, pack_cost_cents, min_order_packs,
        lead_time_days, is_preferred, price_updated_at, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (item_id, vendor_id) DO UPDATE SET
        price_updated_at = CASE WHEN pack_cost_cents = excluded.pack_cost_cents
            AND pack_size = excluded.pack_size THEN price_updated_at ELSE excluded.price_updated_at END,
        vendor_sku = excluded.vendor_sku, pack_size = excluded.pack_size,
        pack_cost_cents = excluded.pack_cost_cents, min_order_packs = excluded.min_order_packs,
        lead_time_days = excluded.lead_time_days, is_preferred = excluded.is_preferred,
        version = version + 1, updated_at = excluded.updated_at
"""


async def vendors(db: Database, asked: VendorQuery) -> tuple[list[Vendor], int]:
    """One page of the vendors by name; and how many there are."""
    rows, totals = await asyncio.gather(
        db.rows(_VENDORS, asked.limit, (asked.page - 1) * asked.limit), db.rows(_TOTAL)
    )
    return [record(Vendor, row) for row in rows], int(totals[0]["total"] or 0)


async def vendor_names(db: Database, limit: int) -> dict[str, str]:
    """The names of the first so many vendors by id, to choose from."""
    return {str(row["id"]): str(row["name"]) for row in await db.rows(VENDOR_NAMES, limit)}


async def find_vendor(db: Database, vendor_id: str) -> Vendor:
    """One vendor.

    Raises:
        NotFound: there is none with this id.
    """
    row = await db.row(_VENDOR, vendor_id)
    if row is None:
        raise NotFound("There is no such vendor.")
    return record(Vendor, row)


async def add_vendor(db: Database, actor: Actor, draft: VendorDraft) -> Vendor | AlreadyExists:
    """Write a new vendor, unless another has the name."""
    vendor_id, at = new_id(actor.at), iso_utc(actor.at)
    columns: dict[str, Value] = {"id": vendor_id, **_columns(draft), "created_at": at, "updated_at": at}
    audit = audit_row(
        actor, "inventory:add-vendor", "inventory_vendor", vendor_id, None, {"name": draft.name}
    )
    try:
        await db.batch([insert("inventory_vendors", columns), audit])
    except ConstraintFailed as failure:
        return _name_taken(failure)
    return await find_vendor(db, vendor_id)


async def edit_vendor(
    db: Database, actor: Actor, vendor: Vendor, edit: VendorEdit
) -> Vendor | AlreadyExists | VersionConflict:
    """Write a vendor as it is to be."""
    columns = _columns(edit) | {"is_active": int(edit.is_active)}
    plain = vendor.plain()
    # How to reach somebody is nobody's business in the log; that it changed is.
    fields = {"changed": sorted(name for name, value in columns.items() if plain[name] != value)}
    try:
        await db.batch(
            [
                expect("vendor as read", _SAME_VENDOR, edit.version, vendor.id),
                update("inventory_vendors", vendor.id, columns, actor),
                audit_row(actor, "inventory:edit-vendor", "inventory_vendor", vendor.id, None, fields),
            ]
        )
    except ExpectationFailed:
        current = await find_vendor(db, vendor.id)
        return VersionConflict("Somebody changed this vendor after you opened it.", current=current.plain())
    except ConstraintFailed as failure:
        return _name_taken(failure)
    return await find_vendor(db, vendor.id)


async def offers_of(db: Database, item_id: str) -> list[Offer]:
    """What an item is sold for, the preferred offer first."""
    return [record(Offer, row) for row in await db.rows(_OFFERS + _OF_ITEM, item_id)]


async def offers_in_force(db: Database, item_ids: Sequence[str]) -> dict[str, list[Offer]]:
    """What active vendors sell each of these items for, the preferred offer first."""
    found: dict[str, list[Offer]] = {}
    for row in await db.rows(_OFFERS + _IN_FORCE, json.dumps(item_ids)):
        found.setdefault(str(row["item_id"]), []).append(record(Offer, row))
    return found


async def set_offer(
    db: Database, actor: Actor, item: Item, vendor: Vendor, draft: OfferDraft
) -> Offer | VersionConflict:
    """Write what a vendor sells an item for; a preferred offer takes the place of another."""
    at, key = iso_utc(actor.at), (item.id, vendor.id)
    facts = (
        draft.vendor_sku, draft.pack_size, draft.pack_cost_cents, draft.min_order_packs,
        draft.lead_time_days, int(draft.is_preferred),
    )  # fmt: skip
    changed = draft.plain() | {"vendor_id": vendor.id}
    batch = [
        expect("offer as read", _SAME_OFFER, *key, draft.version),
        *([Statement(_PREFER_NO_OTHER, (at, *key))] if draft.is_preferred else []),
        Statement(_SET_OFFER, (new_id(actor.at), *key, *facts, at, at, at)),
        audit_row(actor, "inventory:set-offer", "inventory_item", item.id, None, changed),
    ]
    try:
        await db.batch(batch)
    except ExpectationFailed:
        found = [each for each in await offers_of(db, item.id) if each.vendor_id == vendor.id]
        current = found[0].plain() if found else None
        return VersionConflict("Somebody changed this offer after you opened it.", current=current)
    return next(each for each in await offers_of(db, item.id) if each.vendor_id == vendor.id)


def _columns(draft: VendorDraft) -> dict[str, Value]:
    return {
        "name": draft.name,
        "account_number": draft.account_number,
        "order_url": draft.order_url,
        "contact_email": draft.contact_email,
        "contact_phone": draft.contact_phone,
    }


def _name_taken(failure: ConstraintFailed) -> AlreadyExists:
    if "inventory_vendors.name" not in str(failure):
        raise failure
    return AlreadyExists("Name is that of another vendor.", field="name")
