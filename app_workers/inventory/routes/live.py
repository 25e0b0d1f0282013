"""The live topic of a location's stock."""

from app_workers.inventory.live import location_of, topic_of
from app_workers.inventory.permissions import VIEW
from ganger.context import Context
from ganger.http import Response
from ganger.live import join
from ganger.routing import Route


async def get_live(ctx: Context) -> Response:
    """Let the person into the topic of one of their locations."""
    place = ctx.scope.at(location_of(ctx.params["topic"]))
    return await join(ctx, topic_of(place.locations[0].id))


ROUTES = (Route("GET", "/live/{topic}", get_live, VIEW),)
