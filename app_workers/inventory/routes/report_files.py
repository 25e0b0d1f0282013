"""Reports as lines of a file for spreadsheets."""

from collections.abc import Mapping, Sequence

from app_workers.inventory import labels
from app_workers.inventory.models.reports import (
    AccuracyReport,
    AnyReport,
    SpendReport,
    UsageReport,
    ValueReport,
    WasteReport,
)
from app_workers.inventory.routes.downloads import Cells, dollars

_ITEM = ("Item", "SKU", "Stock unit")
_COUNTED = (
    "Count", "Location", "Posted (UTC)", "Counted", "As expected", "Accuracy in percent", "Scans per minute",
)  # fmt: skip


def header_and_lines(
    report: AnyReport, place_names: Mapping[str, str]
) -> tuple[Sequence[str], Sequence[Cells]]:
    """The header row of a report, and its lines."""
    match report:
        case UsageReport():
            return (*_ITEM, "Used", "Value"), _usage(report)
        case WasteReport():
            return (*_ITEM, "Used", "Wasted", "Waste rate in percent", "Value wasted"), _waste(report)
        case SpendReport():
            return ("Month", "Location", "Vendor", "Category", "Packs", "Spent"), _spend(report, place_names)
        case ValueReport():
            return ("Location", "Category", "Items", "Value"), _value(report, place_names)
        case AccuracyReport():
            return _COUNTED, _accuracy(report, place_names)


def _usage(report: UsageReport) -> list[Cells]:
    return [
        [line.name, line.sku, labels.STOCK_UNITS[line.stock_unit], line.units, dollars(line.value_cents)]
        for line in report.lines
    ]


def _waste(report: WasteReport) -> list[Cells]:
    return [
        [
            line.name,
            line.sku,
            labels.STOCK_UNITS[line.stock_unit],
            line.used,
            line.wasted,
            _decimal(line.rate_percent),
            dollars(line.value_cents),
        ]
        for line in report.lines
    ]


def _spend(report: SpendReport, place_names: Mapping[str, str]) -> list[Cells]:
    return [
        [
            line.month,
            place_names[line.location_id],
            line.vendor_name,
            labels.CATEGORIES[line.category],
            line.packs,
            dollars(line.spent_cents),
        ]
        for line in report.lines
    ]


def _value(report: ValueReport, place_names: Mapping[str, str]) -> list[Cells]:
    return [
        [
            place_names[line.location_id],
            labels.CATEGORIES[line.category],
            line.items,
            dollars(line.value_cents),
        ]
        for line in report.lines
    ]


def _accuracy(report: AccuracyReport, place_names: Mapping[str, str]) -> list[Cells]:
    return [
        [
            line.name,
            place_names[line.location_id],
            line.posted_at,
            line.counted,
            line.exact,
            _decimal(line.accuracy_percent),
            _decimal(line.scans_per_minute),
        ]
        for line in report.lines
    ]


def _decimal(value: float | None) -> str | None:
    return None if value is None else f"{value:.1f}"
