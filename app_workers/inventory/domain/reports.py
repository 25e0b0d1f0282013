"""Reports, made of what was counted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from app_workers.inventory.models.catalogue import Category
from app_workers.inventory.models.reports import (
    AccuracyLine,
    AccuracyReport,
    CountTally,
    Tally,
    UsageLine,
    UsageReport,
    ValueLine,
    ValueReport,
    WasteLine,
    WasteReport,
)

_ITEM = {"item_id", "name", "sku", "stock_unit"}


def percent(part: int, whole: int) -> float | None:
    """A part of a whole in percent with one decimal, half up; None of nothing."""
    return (2000 * part + whole) // (2 * whole) / 10 if whole else None


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


def value_report(first: date, last: date, lines: Sequence[ValueLine]) -> ValueReport:
    """What was in stock, by location and category."""
    value_cents = sum(line.value_cents for line in lines)
    return ValueReport(first=first, last=last, value_cents=value_cents, lines=list(lines))


def accuracy_report(first: date, last: date, tallies: Sequence[CountTally]) -> AccuracyReport:
    """How well what was counted agreed with what was expected."""
    counted, exact = sum(tally.counted for tally in tallies), sum(tally.exact for tally in tallies)
    lines = [
        AccuracyLine(**tally.model_dump(), accuracy_percent=percent(tally.exact, tally.counted))
        for tally in tallies
    ]
    return AccuracyReport(
        first=first,
        last=last,
        counted=counted,
        exact=exact,
        accuracy_percent=percent(exact, counted),
        lines=lines,
    )


def value_by_category(report: ValueReport) -> list[tuple[Category, int]]:
    """What all locations of the report hold of each category in cents, the dearest first."""
    totals = Counter[Category]()
    for line in report.lines:
        totals[line.category] += line.value_cents
    return totals.most_common()
