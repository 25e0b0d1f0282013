"""What a table of items would do to the catalogue."""

from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.drafts import ItemDraft
from ganger.records import Record


class RowProblem(Record):
    """Why a row of the table cannot be taken; the header is row 1."""

    row: int
    fields: dict[str, str]


class ItemChange(Record):
    """An item as it is, and as the table has it."""

    before: Item
    after: ItemDraft


class ImportPlan(Record):
    """What taking the whole table would do; with problems none of it is taken."""

    added: list[ItemDraft]
    changed: list[ItemChange]
    unchanged: int
    problems: list[RowProblem]
