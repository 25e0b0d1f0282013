"""Safety sheets: the practice's own, for everybody on staff."""

import asyncio
import json

from app_workers.inventory.models.catalogue import SafetySheet, SheetQuery
from app_workers.inventory.models.drafts import SheetDraft
from app_workers.inventory.store.edits import update
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import Database, ExpectationFailed, Row, Value, containing, expect, insert
from ganger.errors import NotFound, VersionConflict
from ganger.ids import new_id

_COLUMNS = ", ".join(
    "hazard_classes_json" if name == "hazard_classes" else name for name in SafetySheet.model_fields
)
_SHEET = f"SELECT {_COLUMNS} FROM safety_sheets WHERE id = ?"  # noqa: S608
_FOUND = """
    FROM safety_sheets
    WHERE product_name LIKE ?1 ESCAPE '\\' OR chemical_name LIKE ?1 ESCAPE '\\'
        OR cas_number LIKE ?1 ESCAPE '\\'
"""
_PAGE = f"SELECT {_COLUMNS}" + _FOUND + "ORDER BY product_name, id LIMIT ?2 OFFSET ?3"
_TOTAL = "SELECT COUNT(*) AS total" + _FOUND
_NAMES = "SELECT id, product_name FROM safety_sheets ORDER BY product_name, id LIMIT 1000"
_ITEMS = "SELECT id FROM inventory_items WHERE safety_sheet_id = ?"
_SAME_SHEET = "SELECT version = ? FROM safety_sheets WHERE id = ?"


async def sheets(db: Database, asked: SheetQuery) -> tuple[list[SafetySheet], int]:
    """One page of the sheets by product; and how many there are."""
    pattern = containing(asked.search or "")
    rows, totals = await asyncio.gather(
        db.rows(_PAGE, pattern, asked.limit, (asked.page - 1) * asked.limit), db.rows(_TOTAL, pattern)
    )
    return [_sheet(row) for row in rows], int(totals[0]["total"] or 0)


async def sheet_names(db: Database) -> dict[str, str]:
    """The products of all sheets by id, to choose from."""
    return {str(row["id"]): str(row["product_name"]) for row in await db.rows(_NAMES)}


async def items_of_sheet(db: Database, sheet_id: str) -> list[str]:
    """The ids of the items that a sheet is for."""
    return [str(row["id"]) for row in await db.rows(_ITEMS, sheet_id)]


async def find_sheet(db: Database, sheet_id: str) -> SafetySheet:
    """One sheet.

    Raises:
        NotFound: there is none with this id.
    """
    row = await db.row(_SHEET, sheet_id)
    if row is None:
        raise NotFound("There is no such safety sheet.")
    return _sheet(row)


async def add_sheet(db: Database, actor: Actor, draft: SheetDraft) -> SafetySheet:
    """Write a new sheet, verified now."""
    sheet_id, at = new_id(actor.at), iso_utc(actor.at)
    columns = {"id": sheet_id, **_columns(actor, draft), "created_at": at, "updated_at": at}
    fields = {"product_name": draft.product_name}
    await db.batch(
        [
            insert("safety_sheets", columns),
            audit_row(actor, "inventory:add-sheet", "safety_sheet", sheet_id, None, fields),
        ]
    )
    return await find_sheet(db, sheet_id)


async def edit_sheet(
    db: Database, actor: Actor, sheet: SafetySheet, draft: SheetDraft
) -> SafetySheet | VersionConflict:
    """Write a sheet as it is to be, verified now."""
    plain = sheet.plain()
    fields = {"changed": sorted(name for name, value in draft.plain().items() if plain[name] != value)}
    try:
        await db.batch(
            [
                expect("sheet as read", _SAME_SHEET, draft.version, sheet.id),
                update("safety_sheets", sheet.id, _columns(actor, draft), actor),
                audit_row(actor, "inventory:verify-sheet", "safety_sheet", sheet.id, None, fields),
            ]
        )
    except ExpectationFailed:
        return outdated_sheet(await find_sheet(db, sheet.id))
    return await find_sheet(db, sheet.id)


def outdated_sheet(current: SafetySheet) -> VersionConflict:
    """The refusal of an edit of a sheet that somebody else edited first."""
    return VersionConflict("Somebody changed this sheet after you opened it.", current=current.plain())


def _columns(actor: Actor, draft: SheetDraft) -> dict[str, Value]:
    plain = draft.plain()
    columns: dict[str, Value] = {name: plain[name] for name in plain.keys() - {"hazard_classes", "version"}}
    return columns | {
        "hazard_classes_json": json.dumps(draft.hazard_classes),
        "verified_at": iso_utc(actor.at),
        "verified_by": actor.user_id,
    }


def _sheet(row: Row) -> SafetySheet:
    facts = {name: row[name] for name in SafetySheet.model_fields if name != "hazard_classes"}
    return SafetySheet.model_validate(facts | {"hazard_classes": json.loads(str(row["hazard_classes_json"]))})
