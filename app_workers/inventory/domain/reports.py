"""Reports, made of what was counted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from app_workers.inventory.models.catalogue import Category
from app_workers.inventory.models.reports import (
    AccuracyLine,
    AccuracyReport,
    CountTally,
    Receipts,
    SpendLine,
    SpendReport,
    Tally,
    UsageLine,
    UsageReport,
    ValueLine,
    ValueReport,
    WasteLine,
    WasteReport,
)
from ganger.clock import clinic_date
from ganger.percent import percent

_Bought = tuple[str, str, str, Category]  # month, location, vendor and category
_ITEM = {"item_id", "name", "sku", "stock_unit"}


def pace(scans: int, seconds: int) -> float | None:
    """Scans in a minute with one decimal, half up; None where no time passed."""
    return (1200 * scans + seconds) // (2 * seconds) / 10 if seconds else None


def usage_report(first: date, last: date, tallies: Iterable[Tally]) -> UsageReport:
    """What was used, the dearest first."""
    lines = [
        UsageLine(**tally.model_dump(include=_ITEM), units=tally.used, value_cents=tally.used_cents)
        for tally in tallies
        if tally.used
    ]
    return UsageReport(
        first=first,
        last=last,
        units=sum(line.units for line in lines),
        value_cents=sum(line.value_cents for line in lines),
        lines=sorted(lines, key=lambda line: (-line.value_cents, line.name, line.item_id)),
    )


def waste_report(first: date, last: date, tallies: Sequence[Tally]) -> WasteReport:
    """What was wasted, the dearest first; the rate is of all that was used or wasted."""
    lines = [
        WasteLine(
            **tally.model_dump(include={*_ITEM, "used", "wasted"}),
            rate_percent=percent(tally.wasted, tally.used + tally.wasted),
            value_cents=tally.wasted_cents,
        )
        for tally in tallies
        if tally.wasted
    ]
    used, wasted = sum(tally.used for tally in tallies), sum(tally.wasted for tally in tallies)
    return WasteReport(
        first=first,
        last=last,
        used=used,
        wasted=wasted,
        rate_percent=percent(wasted, used + wasted),
        value_cents=sum(line.value_cents for line in lines),
        lines=sorted(lines, key=lambda line: (-line.value_cents, line.name, line.item_id)),
    )


def spend_report(first: date, last: date, receipts: Iterable[Receipts]) -> SpendReport:
    """What was spent by month, location, vendor and category, on the day at the clinics."""
    packs, spent = Counter[_Bought](), Counter[_Bought]()
    for each in receipts:
        month = f"{clinic_date(each.hour):%Y-%m}"
        bought = (month, each.location_id, each.vendor_name, each.category)
        packs[bought] += each.packs
        spent[bought] += each.spent_cents
    lines = [
        SpendLine(
            month=month,
            location_id=location_id,
            vendor_name=vendor_name,
            category=category,
            packs=packs[month, location_id, vendor_name, category],
            spent_cents=cents,
        )
        for (month, location_id, vendor_name, category), cents in sorted(spent.items())
    ]
    return SpendReport(first=first, last=last, spent_cents=spent.total(), lines=lines)


def spent_by(
    report: SpendReport, field: Literal["month", "location_id", "vendor_name", "category"]
) -> list[tuple[str, int]]:
    """What was spent in cents by one field of the lines: months in their order, else the dearest first."""
    totals = Counter[str]()
    for line in report.lines:
        totals[getattr(line, field)] += line.spent_cents
    return sorted(totals.items()) if field == "month" else totals.most_common()


def value_report(first: date, last: date, lines: Sequence[ValueLine]) -> ValueReport:
    """What was in stock, by location and category."""
    value_cents = sum(line.value_cents for line in lines)
    return ValueReport(first=first, last=last, value_cents=value_cents, lines=list(lines))


def accuracy_report(first: date, last: date, tallies: Sequence[CountTally]) -> AccuracyReport:
    """How well what was counted agreed with what was expected."""
    counted, exact = sum(tally.counted for tally in tallies), sum(tally.exact for tally in tallies)
    lines = [
        AccuracyLine(
            **tally.model_dump(),
            accuracy_percent=percent(tally.exact, tally.counted),
            scans_per_minute=pace(tally.scans, tally.scan_seconds),
        )
        for tally in tallies
    ]
    return AccuracyReport(
        first=first,
        last=last,
        counted=counted,
        exact=exact,
        accuracy_percent=percent(exact, counted),
        scans_per_minute=pace(
            sum(tally.scans for tally in tallies), sum(tally.scan_seconds for tally in tallies)
        ),
        lines=lines,
    )


def value_by_category(report: ValueReport) -> list[tuple[Category, int]]:
    """What all locations of the report hold of each category in cents, the dearest first."""
    totals = Counter[Category]()
    for line in report.lines:
        totals[line.category] += line.value_cents
    return totals.most_common()
