"""Who is away: a month of approved time off."""

from app_workers.management.domain.month import first_of_last, first_of_month, first_of_next, weeks_of
from app_workers.management.models.calendar import Absence, CalendarQuery
from app_workers.management.store.absences import absences_between
from ganger.context import Context, Listed, items
from ganger.http import Json, Response


async def get_calendar_page(ctx: Context) -> Response:
    """Show who is away in a month, day by day."""
    asked = ctx.query(CalendarQuery)
    first = first_of_month(asked.month, ctx.today)
    return ctx.page(
        "calendar.html",
        page_title="Calendar",
        asked=asked,
        first=first,
        weeks=weeks_of(first, await _absences(ctx, asked)),
        before=f"{first_of_last(first):%Y-%m}",
        after=f"{first_of_next(first):%Y-%m}",
        today=ctx.today,
        places=ctx.scope.locations,
    )


async def get_calendar(ctx: Context) -> Json[Listed[Absence]]:
    """List who is away in a month, by name."""
    found = await _absences(ctx, ctx.query(CalendarQuery))
    return ctx.json(items(found, page=1, limit=len(found), total=len(found)))


async def _absences(ctx: Context, asked: CalendarQuery) -> list[Absence]:
    scope = ctx.scope.at(asked.location_id) if asked.location_id else ctx.scope
    first = first_of_month(asked.month, ctx.today)
    return await absences_between(ctx.db, scope, first, first_of_next(first))
