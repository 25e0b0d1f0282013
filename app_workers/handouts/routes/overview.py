"""The start page: the packets of today, and what to look after."""

import asyncio
from datetime import timedelta

from app_workers.handouts import packet_labels
from app_workers.handouts.live import location_topic
from app_workers.handouts.permissions import GIVE
from app_workers.handouts.routes.seen import note_packets_seen
from app_workers.handouts.store.failures import failed_between
from app_workers.handouts.store.packets import packets_since, packets_to_look_at
from ganger.context import Context
from ganger.http import Response
from ganger.routing import Route

_FAILED_FOR = timedelta(days=7)  # after that nobody waits for it


async def get_overview(ctx: Context) -> Response:
    """Show today's packets at the person's own location; at all of theirs what is locked, ends or failed."""
    here = ctx.scope.at(ctx.user.location.id)
    today, attention, failed = await asyncio.gather(
        packets_since(ctx.db, here, ctx.today),
        packets_to_look_at(ctx.db, ctx.scope, ctx.now),
        failed_between(ctx.db, ctx.scope, ctx.now - _FAILED_FOR, ctx.now),
    )
    failures = [each for each in failed if each.can_retry]
    await note_packets_seen(ctx, [*today, *attention, *failures])
    return ctx.page(
        "overview.html",
        page_title="Patient handouts",
        labels=packet_labels,
        location=here.locations[0],
        today=today,
        attention=attention,
        failures=failures,
        topics=[location_topic(each.id) for each in ctx.scope.locations],
        at=ctx.now.isoformat(),
    )


ROUTES = (Route("GET", "/", get_overview, GIVE),)
