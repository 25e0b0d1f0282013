"""Each report: kept, or made now."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date

from app_workers.inventory.domain.reports import (
    accuracy_report,
    spend_report,
    usage_report,
    value_report,
    waste_report,
)
from app_workers.inventory.models.reports import (
    AccuracyReport,
    AnyReport,
    ReportName,
    SpendReport,
    UsageReport,
    ValueReport,
    WasteReport,
)
from app_workers.inventory.routes.kept import kept_report
from app_workers.inventory.store.reports import (
    posted_counts,
    received_of_orders,
    used_and_wasted,
    values_at_end,
)
from ganger.context import Context
from ganger.scope import Scope


async def usage_of(ctx: Context, scope: Scope, first: date, last: date) -> UsageReport:
    """What was used."""

    async def make() -> UsageReport:
        return usage_report(first, last, await used_and_wasted(ctx.db, scope, first, last))

    return await kept_report(ctx, scope, first, last, UsageReport, make)


async def waste_of(ctx: Context, scope: Scope, first: date, last: date) -> WasteReport:
    """What was wasted."""

    async def make() -> WasteReport:
        return waste_report(first, last, await used_and_wasted(ctx.db, scope, first, last))

    return await kept_report(ctx, scope, first, last, WasteReport, make)


async def spend_of(ctx: Context, scope: Scope, first: date, last: date) -> SpendReport:
    """What was spent."""

    async def make() -> SpendReport:
        return spend_report(first, last, await received_of_orders(ctx.db, scope, first, last))

    return await kept_report(ctx, scope, first, last, SpendReport, make)


async def value_of(ctx: Context, scope: Scope, first: date, last: date) -> ValueReport:
    """What was in stock at the end."""

    async def make() -> ValueReport:
        return value_report(first, last, await values_at_end(ctx.db, scope, last))

    return await kept_report(ctx, scope, first, last, ValueReport, make)


async def accuracy_of(ctx: Context, scope: Scope, first: date, last: date) -> AccuracyReport:
    """How well counts agreed with what was expected."""

    async def make() -> AccuracyReport:
        return accuracy_report(first, last, await posted_counts(ctx.db, scope, first, last))

    return await kept_report(ctx, scope, first, last, AccuracyReport, make)


_MAKERS: Mapping[ReportName, Callable[[Context, Scope, date, date], Awaitable[AnyReport]]] = {
    ReportName.USAGE: usage_of,
    ReportName.WASTE: waste_of,
    ReportName.SPEND: spend_of,
    ReportName.VALUE: value_of,
    ReportName.ACCURACY: accuracy_of,
}


async def report_of(ctx: Context, name: ReportName, scope: Scope, first: date, last: date) -> AnyReport:
    """The report of that name."""
    return await _MAKERS[name](ctx, scope, first, last)
