"""The values in effect at each location."""

import asyncio

from app_workers.handouts.permissions import VIEW
from app_workers.handouts.store.settings import places_in, settings_of
from ganger.context import Context
from ganger.http import Response
from ganger.routing import Route


async def get_settings_page(ctx: Context) -> Response:
    """Show the values in effect at the person's locations."""
    places, values = await asyncio.gather(places_in(ctx.db, ctx.scope), settings_of(ctx.db, ctx.scope))
    return ctx.page(
        "settings.html", page_title="Settings", places=[(place, values[place.id]) for place in places]
    )


ROUTES = (Route("GET", "/settings", get_settings_page, VIEW),)
