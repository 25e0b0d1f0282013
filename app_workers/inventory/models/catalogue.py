"""The practice's catalogue. A quantity counts stock units of its item; `_cents` are US cents."""

from datetime import date
from enum import StrEnum

from pydantic import Field

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


class StockUnit(StrEnum):
    """What one of an item is."""

    EACH = "each"
    BOX = "box"
    PACK = "pack"
    BOTTLE = "bottle"
    VIAL = "vial"
    TUBE = "tube"
    ROLL = "roll"
    KIT = "kit"


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
    stock_unit: StockUnit
    unit_cost_cents: int
    is_lot_tracked: bool
    is_hazardous: bool
    is_controlled: bool
    safety_sheet_id: str | None
    image_upload_id: str | None
    status: ItemStatus
    version: int


class Barcode(Record):
    """A code that leads to an item."""

    barcode: str = Field(description="product codes are padded to 14 digits")
    item_id: str
    units_per_scan: int


class Vendor(Record):
    """Somebody who sells supplies."""

    id: str
    name: str
    account_number: str | None
    order_url: str | None
    contact_email: str | None
    contact_phone: str | None
    is_active: bool
    version: int


class Offer(Record):
    """What a vendor sells an item for."""

    item_id: str
    vendor_id: str
    vendor_name: str
    vendor_sku: str | None
    pack_size: int
    pack_cost_cents: int
    min_order_packs: int
    lead_time_days: int
    is_preferred: bool
    price_updated_at: str
    version: int


class SafetySheet(Record):
    """What has to be known about a hazardous product."""

    id: str
    product_name: str
    manufacturer: str
    chemical_name: str | None
    cas_number: str | None
    hazard_classes: list[str]
    first_aid: str
    precautions: str | None
    emergency_procedures: str | None
    issued_on: date | None
    revision: str | None
    verified_at: str
    verified_by: str
    file_upload_id: str | None
    version: int


class SheetQuery(Record):
    """Which safety sheets, by product."""

    search: str | None = Field(default=None, max_length=100, description="in product, chemical or CAS number")
    page: int = Field(default=1, ge=1)
    limit: int = Field(default=50, ge=1, le=100)


class VendorQuery(Record):
    """Which vendors, by name."""

    page: int = Field(default=1, ge=1)
    limit: int = Field(default=50, ge=1, le=100)
