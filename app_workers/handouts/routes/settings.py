"""The values in effect at each location."""

import asyncio

from app_workers.handouts.permissions import VIEW
from app_workers.handouts.store.settings import places_in, settings_at
from ganger.context import Context
from ganger.http import Response
from ganger.routing import Route


async def get_settings_page(ctx: Context) -> Response:
    """Show the values in effect at the person's locations."""
    places = await places_in(ctx.db, ctx.scope)
    values = await asyncio.gather(*(settings_at(ctx.db, ctx.scope.at(place.id)) for place in places))
    return ctx.page("settings.html", page_title="Settings", places=list(zip(places, values, strict=True)))


ROUTES = (Route("GET", "/settings", get_settings_page, VIEW),)
