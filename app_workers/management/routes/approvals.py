"""The requests that wait for the person's decision."""

from app_workers.management import labels
from app_workers.management.domain.access import Rights
from app_workers.management.store.tickets import tickets_waiting_for
from ganger.context import Context
from ganger.http import Response

_SHOWN = 100


async def get_approvals_page(ctx: Context) -> Response:
    """Show the requests that wait for the person, oldest first."""
    waiting = await tickets_waiting_for(ctx.db, ctx.scope, Rights.of(ctx.user), _SHOWN)
    return ctx.page("approvals.html", page_title="Approvals", labels=labels, tickets=waiting)
