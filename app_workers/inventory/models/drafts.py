"""What a person types into the catalogue: by program with cents, by form with dollars."""

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from app_workers.inventory.models.catalogue import Category, StockUnit
from ganger.records import Record

MAX_CENTS = 10_000_000
_DOLLARS = re.compile(r"\$?(\d{1,3}(?:,\d{3})*|\d{1,6})(?:\.(\d{2}))?")


def cents(dollars: object) -> int:
    """Cents of an amount as people type it: "8.99", "$12" or "1250".

    Raises:
        ValueError: it is something else.
    """
    match = _DOLLARS.fullmatch(str(dollars).strip())
    if match is None:
        raise ValueError("must be an amount in dollars, like 8.99")
    return int(match[1].replace(",", "")) * 100 + int(match[2] or 0)


Dollars = Annotated[int, BeforeValidator(cents)]
Cents = Annotated[int, Field(ge=0, le=MAX_CENTS)]
Sku = Annotated[
    str,
    StringConstraints(strip_whitespace=True, to_upper=True, min_length=1, max_length=50, pattern=r"^\S+$"),
]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Version = Annotated[int, Field(ge=0, description="of the row as read; 0 where there is none yet")]


class _ItemFacts(Record):
    sku: Sku
    name: Name
    description: str | None = Field(default=None, max_length=1000)
    category: Category
    stock_unit: StockUnit
    is_lot_tracked: bool = Field(default=False, description="always so for medications and controlled items")
    is_hazardous: bool = False
    is_controlled: bool = False
    safety_sheet_id: str | None = None


class ItemDraft(_ItemFacts):
    """A new item."""

    unit_cost_cents: Cents = 0


class ItemEdit(ItemDraft):
    """An item as it is to be."""

    version: Version


class ItemForm(_ItemFacts):
    """An item typed into the form."""

    unit_cost: Dollars = 0
    version: Version = 0

    def edit(self) -> ItemEdit:
        """The same in cents."""
        return ItemEdit(unit_cost_cents=self.unit_cost, **self.model_dump(exclude={"unit_cost"}))


class VersionOnly(Record):
    """A change that is about the whole row."""

    version: Version


class BarcodeDraft(Record):
    """A code that is to lead to an item."""

    barcode: str = Field(min_length=1, max_length=100)
    units_per_scan: int = Field(default=1, ge=1, le=10_000)


class LevelsDraft(Record):
    """The levels of an item at a location."""

    reorder_point: int = Field(ge=0, le=100_000)
    par_level: int = Field(ge=0, le=100_000, description="at least the reorder point; 0 for none")
    storage_place: str | None = Field(default=None, max_length=100)
    version: Version


class LevelsForm(LevelsDraft):
    """Levels typed into the form, with the location that they are for."""

    location_id: str


class VendorDraft(Record):
    """A new vendor."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    account_number: str | None = Field(default=None, max_length=50)
    order_url: str | None = Field(default=None, max_length=500, pattern=r"^https://\S+$")
    contact_email: str | None = Field(default=None, max_length=200, pattern=r"^[^@\s]+@[^@\s]+$")
    contact_phone: str | None = Field(default=None, max_length=30)


class VendorEdit(VendorDraft):
    """A vendor as it is to be."""

    is_active: bool = False
    version: Version


class _OfferFacts(Record):
    vendor_sku: str | None = Field(default=None, max_length=50)
    pack_size: int = Field(ge=1, le=10_000, description="stock units in one orderable pack")
    min_order_packs: int = Field(default=1, ge=1, le=1000)
    lead_time_days: int = Field(default=3, ge=0, le=90)
    is_preferred: bool = False
    version: Version


class OfferDraft(_OfferFacts):
    """What a vendor sells an item for."""

    pack_cost_cents: Cents


class OfferForm(_OfferFacts):
    """An offer typed into the form."""

    vendor_id: str
    pack_cost: Dollars

    def draft(self) -> OfferDraft:
        """The same in cents."""
        return OfferDraft(
            pack_cost_cents=self.pack_cost, **self.model_dump(exclude={"pack_cost", "vendor_id"})
        )


def _separated(text: object) -> object:
    """Words with commas between them, as people type several."""
    return [word.strip() for word in text.split(",") if word.strip()] if isinstance(text, str) else text


HazardClass = Annotated[str, Field(min_length=1, max_length=60)]


class SheetDraft(Record):
    """A safety sheet as it is to be; who saves it says that they verified it."""

    product_name: Name
    manufacturer: Name
    chemical_name: str | None = Field(default=None, max_length=200)
    cas_number: str | None = Field(default=None, pattern=r"^\d{2,7}-\d{2}-\d$")
    hazard_classes: list[HazardClass] = Field(default_factory=list, max_length=12)
    first_aid: str = Field(min_length=1, max_length=4000)
    precautions: str | None = Field(default=None, max_length=4000)
    emergency_procedures: str | None = Field(default=None, max_length=4000)
    issued_on: date | None = None
    revision: str | None = Field(default=None, max_length=50)
    version: Version = 0


class SheetForm(SheetDraft):
    """A sheet typed into the form."""

    hazard_classes: Annotated[list[HazardClass], BeforeValidator(_separated)] = Field(
        default_factory=list, max_length=12
    )
