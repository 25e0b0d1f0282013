"""The messages that did not arrive on one day, as managers are told of them the next."""

from datetime import date, timedelta

from app_workers.handouts import packet_labels
from app_workers.handouts.permissions import GIVE
from app_workers.handouts.routes.seen import note_packets_seen
from app_workers.handouts.store.failures import failed_on
from ganger.context import Context
from ganger.http import Response
from ganger.records import Record
from ganger.routing import Route


class DayQuery(Record):
    """Which clinic day is asked about; without one yesterday."""

    on: date | None = None


async def get_failures(ctx: Context) -> Response:
    """Show what failed on a day at the person's locations."""
    day = ctx.query(DayQuery).on or ctx.today - timedelta(days=1)
    failures = await failed_on(ctx.db, ctx.scope, day)
    await note_packets_seen(ctx, failures)
    return ctx.page(
        "packet_failures.html",
        page_title="Messages that did not arrive",
        labels=packet_labels,
        day=day,
        failures=failures,
    )


ROUTES = (Route("GET", "/failures", get_failures, GIVE),)
