"""Reports: a page of the last days, and each by itself for programs and as a file."""

import asyncio
from datetime import timedelta

from app_workers.inventory import labels
from app_workers.inventory.domain.reports import spent_by, value_by_category
from app_workers.inventory.models.reports import AnyReport, ReportName, ReportPageQuery, ReportQuery
from app_workers.inventory.permissions import VIEW
from app_workers.inventory.routes.downloads import csv_file
from app_workers.inventory.routes.report_files import header_and_lines
from app_workers.inventory.routes.reported import (
    accuracy_of,
    report_of,
    spend_of,
    usage_of,
    value_of,
    waste_of,
)
from ganger.context import Context
from ganger.downloads import Format
from ganger.errors import NotFound
from ganger.exports import count_export
from ganger.http import File, Json, Response
from ganger.periods import period
from ganger.routing import Route

_SHOWN = 10  # lines of each table; the file has all


async def get_reports_page(ctx: Context) -> Response:
    """Show what was used, wasted, spent, held and counted in the last days."""
    asked = ctx.query(ReportPageQuery)
    scope = ctx.scope.at(asked.location_id) if asked.location_id else ctx.scope
    days = (ctx.today - timedelta(days=int(asked.days) - 1), ctx.today)
    usage, waste, spend, value, accuracy = await asyncio.gather(
        usage_of(ctx, scope, *days),
        waste_of(ctx, scope, *days),
        spend_of(ctx, scope, *days),
        value_of(ctx, scope, *days),
        accuracy_of(ctx, scope, *days),
    )
    first, last = days
    place = f"&location_id={asked.location_id}" if asked.location_id else ""
    return ctx.page(
        "reports.html",
        page_title="Reports",
        labels=labels,
        asked=asked,
        shown=_SHOWN,
        usage=usage,
        waste=waste,
        spend=spend,
        spent_by=spent_by,
        value=value,
        categories=value_by_category(value),
        accuracy=accuracy,
        place_names={location.id: location.name for location in scope.locations},
        question=f"from={first}&to={last}{place}",
    )


async def get_report(ctx: Context) -> Json[AnyReport] | File:
    """Return one report."""
    if ctx.params["report"] not in list(ReportName):
        raise NotFound("There is no such report.")
    name, asked = ReportName(ctx.params["report"]), ctx.query(ReportQuery)
    scope = ctx.scope.at(asked.location_id) if asked.location_id else ctx.scope
    days = period(asked, ctx.today)
    if asked.format is Format.JSON:
        return ctx.json(await report_of(ctx, name, scope, *days))
    await count_export(ctx)
    report = await report_of(ctx, name, scope, *days)
    places = {location.id: location.name for location in scope.locations}
    return await csv_file(ctx, scope, name.value, *header_and_lines(report, places))


ROUTES = (
    Route("GET", "/reports", get_reports_page, VIEW),
    Route("GET", "/api/v1/reports/{report}", get_report, VIEW),
)
