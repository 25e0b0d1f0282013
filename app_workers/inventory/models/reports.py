"""Reports of some days at some locations. A quantity counts stock units of its item; `_cents` are US cents.

A `_percent` has one decimal, half up; it is None where there is nothing to divide by.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from app_workers.inventory.models.catalogue import Category, StockUnit
from ganger.downloads import Downloadable
from ganger.periods import PeriodQuery
from ganger.records import Record


class ReportName(StrEnum):
    """What is reported."""

    USAGE = "usage"
    WASTE = "waste"
    SPEND = "spend"
    VALUE = "value"
    ACCURACY = "accuracy"


class Days(StrEnum):
    """How many days the page looks back, today included."""

    WEEK = "7"
    MONTH = "30"
    QUARTER = "90"


class ReportPageQuery(Record):
    """What the page shows; without a location all of one's own."""

    days: Days = Days.MONTH
    location_id: str | None = None


class ReportQuery(PeriodQuery, Downloadable):
    """Which days, at most 366; without a location all of one's own."""

    location_id: str | None = None


class Tally(Record):
    """What was used and wasted of one item, at what it cost then."""

    item_id: str
    name: str
    sku: str
    stock_unit: StockUnit
    used: int
    wasted: int
    used_cents: int
    wasted_cents: int


class CountTally(Record):
    """How a posted count turned out: what was counted, and how much of it was as expected."""

    count_id: str
    name: str
    location_id: str
    posted_at: str
    counted: int
    exact: int
    scans: int
    scan_seconds: int = Field(description="from its first scan to its last one")


class Receipts(Record):
    """What was received of orders within one hour."""

    hour: datetime = Field(description="its beginning")
    location_id: str
    vendor_name: str
    category: Category
    packs: int
    spent_cents: int


class _Report(Record):
    first: date = Field(serialization_alias="from")
    last: date = Field(serialization_alias="to")

    def plain(self) -> dict[str, Any]:
        """The record as JSON values, its days by the names that they are asked for with."""
        return self.model_dump(mode="json", by_alias=True)


class UsageLine(Record):
    """What was used of one item."""

    item_id: str
    name: str
    sku: str
    stock_unit: StockUnit
    units: int
    value_cents: int


class UsageReport(_Report):
    """What was used, the dearest first."""

    units: int
    value_cents: int
    lines: list[UsageLine]


class WasteLine(Record):
    """What was wasted of one item, beside what was used."""

    item_id: str
    name: str
    sku: str
    stock_unit: StockUnit
    used: int
    wasted: int
    rate_percent: float | None
    value_cents: int = Field(description="of what was wasted")


class WasteReport(_Report):
    """What was wasted, the dearest first."""

    used: int
    wasted: int
    rate_percent: float | None = Field(description="wasted of all that was used or wasted")
    value_cents: int
    lines: list[WasteLine]


class ValueLine(Record):
    """What a location held of one category."""

    location_id: str
    category: Category
    items: int
    value_cents: int


class ValueReport(_Report):
    """What was in stock when the last day ended, or is now, at present cost."""

    value_cents: int
    lines: list[ValueLine]


class SpendLine(Record):
    """What a location spent at one vendor on one category, in what was asked for of a month."""

    month: str = Field(description="clinic-local, like 2026-01")
    location_id: str
    vendor_name: str
    category: Category
    packs: int
    spent_cents: int


class SpendReport(_Report):
    """What was spent: the packs that arrived, at the price of their order. Without tax and shipping."""

    spent_cents: int
    lines: list[SpendLine]


class AccuracyLine(CountTally):
    """A posted count with its accuracy."""

    accuracy_percent: float | None
    scans_per_minute: float | None = Field(description="one decimal; None of less than two scans")


class AccuracyReport(_Report):
    """The counts that were posted, newest first."""

    counted: int
    exact: int
    accuracy_percent: float | None = Field(description="counted as expected of all that was counted")
    scans_per_minute: float | None
    lines: list[AccuracyLine]


AnyReport = UsageReport | WasteReport | SpendReport | ValueReport | AccuracyReport
