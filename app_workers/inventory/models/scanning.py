"""Scanned codes, and those that nobody knows yet."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.stock import Lot, StockLevel
from ganger.records import Record


class Parsed(Record):
    """What a code says by itself."""

    barcode: str = Field(description="normalised")
    lot_number: str | None = None
    expires_on: date | None = None


class Scanned(Record):
    """The item that a code leads to."""

    item: Item
    units_per_scan: int


class ScanQuery(Record):
    """A scanned code, at which location; without one, at the person's own."""

    code: str = Field(min_length=1, max_length=200)
    location_id: str | None = None


class ScanPageQuery(Record):
    """The same on the page, which waits for a code."""

    code: str | None = Field(default=None, max_length=200)
    location_id: str | None = None


class RecentScan(Record):
    """A scan that its person may want again; `item_name` is None where the code led nowhere."""

    code: str
    item_name: str | None


class ScanHit(Record):
    """The item that a code leads to, with its stock at the location."""

    item: Item
    units_per_scan: int
    stock: StockLevel | None
    lots: list[Lot]
    parsed: Parsed


class UnmatchedStatus(StrEnum):
    """What became of a code that led nowhere."""

    PENDING = "pending"
    RESOLVED = "resolved"
    IGNORED = "ignored"


class Unmatched(Record):
    """A code that was scanned and led to no item."""

    id: str
    barcode: str
    scan_count: int
    status: UnmatchedStatus
    item_id: str | None
    suggested_name: str | None = Field(description="by whoever scanned it")
    last_seen_at: str


class NameSuggestion(Record):
    """What an unknown code is, as whoever scanned it says."""

    suggested_name: str = Field(min_length=1, max_length=200)


class UnmatchedQuery(Record):
    """Which of these codes, the most scanned first."""

    status: UnmatchedStatus = UnmatchedStatus.PENDING
    page: int = Field(default=1, ge=1)
    limit: int = Field(default=50, ge=1, le=100)


class Resolution(Record):
    """The item that a code is to lead to from now on."""

    item_id: str
