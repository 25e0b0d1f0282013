"""Items from a table: what each row asks for, and what all of them would change."""

import csv
from collections.abc import Iterator, Mapping, Set
from hashlib import sha256
from io import StringIO

from app_workers.inventory.domain.catalogue import is_tracked
from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.drafts import ItemDraft, cents
from app_workers.inventory.models.imports import ImportPlan, ItemChange, RowProblem
from ganger.errors import ValidationFailed

MAX_ROWS = 1_000
NEEDED = ("sku", "name", "category", "stock_unit")
COLUMNS = (*NEEDED, "description", "unit_cost", "is_lot_tracked", "is_hazardous", "is_controlled")

Row = tuple[int, dict[str, str]]


def read_rows(text: str) -> list[Row]:
    """The rows that are not empty, numbered as a spreadsheet numbers them; cells that are empty are left out.

    Commas or, as spreadsheets copy them, tabs stand between the cells.

    Raises:
        ValidationFailed: the header is not one of ours, or there are too many rows or none.
    """
    head, _, _ = text.partition("\n")
    reader = csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter="\t" if "\t" in head else ",")
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        problem = _header_problem(header)
        if problem is not None:
            raise ValidationFailed({"text": problem})
        rows = list(_rows(header, reader))
    except csv.Error as error:
        raise ValidationFailed({"text": "is not a table"}) from error
    if not rows:
        raise ValidationFailed({"text": "has no row below its header"})
    if len(rows) > MAX_ROWS:
        raise ValidationFailed({"text": f"must have at most {MAX_ROWS} rows"})
    return rows


def skus_of(rows: list[Row]) -> list[str]:
    """The SKUs of the rows, as they are kept."""
    return sorted({cells.get("sku", "").upper() for _, cells in rows})


def plan_import(rows: list[Row], known: Mapping[str, Item], on_hand: Set[str]) -> ImportPlan:
    """What the rows would add and change.

    Args:
        known: the items of the catalogue that have one of the rows' SKUs, by SKU.
        on_hand: ids of those of which there is something anywhere.
    """
    added: list[ItemDraft] = []
    changed: list[ItemChange] = []
    problems: list[RowProblem] = []
    seen: set[str] = set()
    unchanged = 0
    for number, cells in rows:
        before = known.get(cells.get("sku", "").upper())
        try:
            draft = _draft(cells, before)
            _check(draft, before, seen, on_hand)
        except ValidationFailed as problem:
            problems.append(RowProblem(row=number, fields=dict(problem.fields)))
            continue
        seen.add(draft.sku)
        if before is None:
            added.append(draft)
        elif changed_fields(before, draft):
            changed.append(ItemChange(before=before, after=draft))
        else:
            unchanged += 1
    return ImportPlan(added=added, changed=changed, unchanged=unchanged, problems=problems)


def changed_fields(before: Item, after: ItemDraft) -> dict[str, tuple[object, object]]:
    """What differs, by field as before and after."""
    was, now = before.plain(), after.plain() | {"is_lot_tracked": is_tracked(after)}
    return {name: (was[name], value) for name, value in now.items() if was[name] != value}


def fingerprint(plan: ImportPlan) -> str:
    """By what a person says that they have seen just this: it holds versions too."""
    return sha256(plan.model_dump_json().encode()).hexdigest()


def _header_problem(header: list[str]) -> str | None:
    missing = [name for name in NEEDED if name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    if missing:
        return f"needs a header row with {', '.join(missing)}"
    if unknown or len(set(header)) < len(header):
        return f"may have these columns, each once: {', '.join(COLUMNS)}"
    return None


def _rows(header: list[str], reader: Iterator[list[str]]) -> Iterator[Row]:
    for number, cells in enumerate(reader, 2):
        given = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if cell.strip()}
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            raise ValidationFailed({"text": f"has more cells in row {number} than in its header"})
        if given:
            yield number, given


def _draft(cells: Mapping[str, str], before: Item | None) -> ItemDraft:
    """The item of a row; where its cell is empty an item that is known stays as it is."""
    facts: dict[str, object] = dict(cells)
    if "unit_cost" in facts:
        try:
            facts["unit_cost_cents"] = cents(facts.pop("unit_cost"))
        except ValueError as error:
            raise ValidationFailed({"unit_cost": str(error)}) from error
    base = before.model_dump(include=set(ItemDraft.model_fields)) if before else {}
    return ItemDraft.checked(base | facts)


def _check(draft: ItemDraft, before: Item | None, seen: Set[str], on_hand: Set[str]) -> None:
    if draft.sku in seen:
        raise ValidationFailed({"sku": "stands in an earlier row too"})
    if before and before.id in on_hand and before.is_lot_tracked != is_tracked(draft):
        raise ValidationFailed({"is_lot_tracked": "is switched only while none is on hand anywhere"})
