"""The live topics: the stock and alerts of a location, its orders, and a count."""

from app_workers.inventory.live import count_of, count_topic_of, location_of
from app_workers.inventory.permissions import VIEW
from app_workers.inventory.store.counts import find_count
from ganger.context import Context
from ganger.http import Response
from ganger.live import join
from ganger.routing import Route


async def get_live(ctx: Context) -> Response:
    """Let the person into a topic of one of their locations, or of a count there."""
    count_id = count_of(ctx.params["topic"])
    if count_id is not None:
        session = await find_count(ctx.db, ctx.scope, count_id)
        return await join(ctx, count_topic_of(session.id))
    ctx.scope.at(location_of(ctx.params["topic"]))
    return await join(ctx, ctx.params["topic"])


ROUTES = (Route("GET", "/live/{topic}", get_live, VIEW),)
