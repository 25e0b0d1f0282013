"""Reports: counts of requests as a page, for programs, and the requests themselves as a table."""

from datetime import date

from app_workers.management import labels
from app_workers.management.domain.access import Rights
from app_workers.management.domain.reports import stats_of
from app_workers.management.models.reports import Exported, Stats
from app_workers.management.store.reports import MAX_EXPORTED, counted, exported, note_export
from ganger.context import Context
from ganger.errors import Forbidden, ValidationFailed
from ganger.http import Json, Response
from ganger.periods import PeriodQuery, period, period_or_usual
from ganger.spreadsheets import CSV, csv_text
from ganger.ui.formats import clinic_time
from ganger.uploads import as_attachment

_HEADER = (
    "Number", "Form", "Title", "Status", "Priority", "Location", "Sent by", "Assigned to",
    "Sent", "Due", "Completed", "Overdue",
)  # fmt: skip


async def get_reports_page(ctx: Context) -> Response:
    """Show the counts of some days; days that make no period are said, with the usual ones shown."""
    first, last, refusal = period_or_usual(ctx.query(PeriodQuery), ctx.today)
    return ctx.page(
        "reports.html",
        *((refusal.status,) if refusal else ()),
        page_title="Reports",
        labels=labels,
        stats=await _stats(ctx, first, last),
        refusal=refusal,
    )


async def get_stats(ctx: Context) -> Json[Stats]:
    """Count requests, by status, form and priority."""
    return ctx.json(await _stats(ctx, *period(ctx.query(PeriodQuery), ctx.today)))


async def get_export(ctx: Context) -> Response:
    """Send the requests of some days as a table; that it was asked for is written down first."""
    first, last = period(ctx.query(PeriodQuery), ctx.today)
    rows = await exported(ctx.db, ctx.scope, _rights(ctx), first, last, ctx.now)
    if len(rows) > MAX_EXPORTED:
        raise ValidationFailed({"to": f"leaves more than {MAX_EXPORTED} requests; choose fewer days"})
    await note_export(ctx.db, ctx.actor, first, last, len(rows))
    text = csv_text(_HEADER, (_cells(row) for row in rows))
    headers = {
        "content-type": CSV,
        "content-disposition": as_attachment(f"requests {first} to {last}.csv"),
    }
    return Response(text, headers=headers)


async def _stats(ctx: Context, first: date, last: date) -> Stats:
    tallies, hours = await counted(ctx.db, ctx.scope, _rights(ctx), first, last, ctx.now)
    return stats_of(first, last, tallies, hours)


def _rights(ctx: Context) -> Rights:
    """The person's rights, of which they need one at least to see reports."""
    rights = Rights.of(ctx.user)
    if not (rights.is_manager or rights.is_hr or rights.is_finance):
        raise Forbidden("Reports are for managers, HR and finance.")
    return rights


def _cells(row: Exported) -> list[str | None]:
    times = (row.created_at, row.due_at, row.completed_at)
    return [
        row.ticket_number,
        labels.FORMS[row.form_type],
        row.title,
        labels.STATUSES[row.status],
        labels.PRIORITIES[row.priority],
        row.location_name,
        row.submitter_name,
        row.assignee_name,
        *(clinic_time(at) if at else None for at in times),
        "yes" if row.is_overdue else "no",
    ]
