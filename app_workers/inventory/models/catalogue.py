"""The practice's catalogue. A quantity counts stock units of its item; `_cents` are US cents."""

from enum import StrEnum

from ganger.records import Record


class Category(StrEnum):
    """What kind of supply an item is."""

    GLOVES_PPE = "gloves_ppe"
    WOUND_CARE = "wound_care"
    SYRINGES = "syringes"
    PAPER_PRODUCTS = "paper_products"
    ANTISEPTICS = "antiseptics"
    DIAGNOSTIC_SUPPLIES = "diagnostic_supplies"
    SURGICAL_SUPPLIES = "surgical_supplies"
    MEDICATIONS = "medications"
    OTHER = "other"


class ItemStatus(StrEnum):
    """Whether the practice still buys an item."""

    ACTIVE = "active"
    DISCONTINUED = "discontinued"


class Item(Record):
    """One product of the practice's catalogue."""

    id: str
    sku: str
    name: str
    description: str | None
    category: Category
    stock_unit: str
    unit_cost_cents: int
    is_lot_tracked: bool
    is_hazardous: bool
    is_controlled: bool
    status: ItemStatus
