"""How handouts are used: a page of some days, and the same for programs and as a file."""

import asyncio
from datetime import date

from app_workers.handouts import packet_labels
from app_workers.handouts.domain.reports import usage_report
from app_workers.handouts.models.reports import UsageLine, UsageQuery, UsageReport
from app_workers.handouts.permissions import REPORT
from app_workers.handouts.store.reports import failures, given_by_person, given_by_version, note_download
from ganger.context import Context
from ganger.downloads import Format
from ganger.exports import count_export
from ganger.http import File, Json, Response
from ganger.periods import period, period_or_usual
from ganger.routing import Route
from ganger.scope import Scope
from ganger.spreadsheets import CSV, csv_text
from ganger.uploads import as_attachment

_HEADER = (
    "Of", "Name", "Packets", "For patients", "Sent by message", "Opened",
    "Digital rate in percent", "Engagement in percent", "Failed",
)  # fmt: skip
_Cells = tuple[str | int | None, ...]


async def get_reports_page(ctx: Context) -> Response:
    """Show how handouts are used; days that make no period are said, with the usual ones shown."""
    asked = ctx.query(UsageQuery)
    first, last, refusal = period_or_usual(asked, ctx.today)
    return ctx.page(
        "reports.html",
        *((refusal.status,) if refusal else ()),
        page_title="Reports",
        labels=packet_labels,
        asked=asked,
        report=await _report(ctx, _scope(ctx, asked), first, last),
        refusal=refusal,
    )


async def get_usage(ctx: Context) -> Json[UsageReport] | File:
    """Return how handouts are used."""
    asked = ctx.query(UsageQuery)
    scope, (first, last) = _scope(ctx, asked), period(asked, ctx.today)
    if asked.format is Format.JSON:
        return ctx.json(await _report(ctx, scope, first, last))
    await count_export(ctx)
    lines = _lines(await _report(ctx, scope, first, last))
    await note_download(ctx.db, scope, ctx.actor, "usage", len(lines))
    disposition = as_attachment(f"handouts {first} to {last}.csv")
    return File(csv_text(_HEADER, lines), headers={"content-type": CSV, "content-disposition": disposition})


def _scope(ctx: Context, asked: UsageQuery) -> Scope:
    return ctx.scope.at(asked.location_id) if asked.location_id else ctx.scope


async def _report(ctx: Context, scope: Scope, first: date, last: date) -> UsageReport:
    given, versions, failed = await asyncio.gather(
        given_by_person(ctx.db, scope, first, last),
        given_by_version(ctx.db, scope, first, last),
        failures(ctx.db, scope, first, last),
    )
    return usage_report(first, last, given, versions, failed)


def _lines(report: UsageReport) -> list[_Cells]:
    tables = (
        ("Total", [report.total]),
        ("Template", report.templates),
        ("Location", report.locations),
        ("Person", report.staff),
    )
    failed: list[_Cells] = [
        ("Failure", packet_labels.failure(each), *(None,) * 6, each.count) for each in report.failures
    ]
    return [*(_cells(kind, line) for kind, lines in tables for line in lines), *failed]


def _cells(kind: str, line: UsageLine) -> _Cells:
    return (
        kind, line.name, line.packets, line.patient_packets, line.sent, line.opened,
        _decimal(line.digital_rate_percent), _decimal(line.engagement_percent), line.failed,
    )  # fmt: skip


def _decimal(value: float | None) -> str | None:
    return None if value is None else f"{value:.1f}"


ROUTES = (
    Route("GET", "/reports", get_reports_page, REPORT),
    Route("GET", "/api/v1/reports/usage", get_usage, REPORT),
)
