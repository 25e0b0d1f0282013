"""The start page: the packets of today, and what to look after."""

import asyncio

from app_workers.handouts import packet_labels
from app_workers.handouts.permissions import GIVE
from app_workers.handouts.routes.seen import note_packets_seen
from app_workers.handouts.store.packets import packets_since, packets_to_look_at
from ganger.context import Context
from ganger.http import Response
from ganger.routing import Route


async def get_overview(ctx: Context) -> Response:
    """Show today's packets at the person's own location, and locked or expiring ones at all of theirs."""
    here = ctx.scope.at(ctx.user.location.id)
    today, attention = await asyncio.gather(
        packets_since(ctx.db, here, ctx.today), packets_to_look_at(ctx.db, ctx.scope, ctx.now)
    )
    await note_packets_seen(ctx, [*today, *attention])
    return ctx.page(
        "overview.html",
        page_title="Patient handouts",
        labels=packet_labels,
        location=here.locations[0],
        today=today,
        attention=attention,
        at=ctx.now.isoformat(),
    )


ROUTES = (Route("GET", "/", get_overview, GIVE),)
