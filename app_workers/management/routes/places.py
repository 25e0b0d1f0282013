"""Choosing the location that pages begin with."""

from app_workers.management.domain.places import page_to_return_to
from ganger.context import Context
from ganger.http import Response, see_other
from ganger.location import location_cookie


async def post_location(ctx: Context) -> Response:
    """Keep the person's choice among their locations, and go back to the page that it was made on."""
    values = await ctx.request.form()
    chosen = ctx.scope.at(values.get("location_id", "")).locations[0]
    return see_other(page_to_return_to(values.get("to")), (location_cookie(ctx.user, chosen),))
