"""The start page."""

from app_workers.handouts.permissions import VIEW
from ganger.context import Context
from ganger.http import Response
from ganger.routing import Route


async def get_overview(ctx: Context) -> Response:
    """Show where the app begins."""
    return ctx.page("overview.html", page_title="Patient handouts")


ROUTES = (Route("GET", "/", get_overview, VIEW),)
