"""The packets of the last days; what is searched for is posted, for it may name a patient."""

from datetime import timedelta
from http import HTTPStatus

from app_workers.handouts import packet_labels
from app_workers.handouts.models.packets import PacketSearch
from app_workers.handouts.permissions import GIVE
from app_workers.handouts.routes.forms_of_packets import field_errors
from app_workers.handouts.routes.packet_days import USUAL_DAYS, days_of
from app_workers.handouts.routes.seen import note_packets_seen
from app_workers.handouts.store.packets import search_packets
from ganger.context import Context
from ganger.errors import ValidationFailed
from ganger.forms import Form
from ganger.http import Response
from ganger.routing import Route


async def get_history(ctx: Context) -> Response:
    """Show the packets of the last week."""
    return await _page(ctx, Form(record=PacketSearch()))


async def post_history(ctx: Context) -> Response:
    """Show the packets that a search finds."""
    return await _page(ctx, await ctx.form(PacketSearch))


async def _page(ctx: Context, form: Form[PacketSearch]) -> Response:
    asked = form.record or PacketSearch()
    refusal = ValidationFailed(form.errors) if form.errors else None
    try:
        first, last = days_of(asked, ctx.today)
    except ValidationFailed as problem:
        refusal, first, last = problem, ctx.today - timedelta(days=USUAL_DAYS - 1), ctx.today
    scope = ctx.scope.at(asked.location_id) if asked.location_id else ctx.scope
    listed, total = await search_packets(ctx.db, scope, asked, first, last)
    await note_packets_seen(ctx, listed)
    return ctx.page(
        "packet_history.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title="History of packets",
        labels=packet_labels,
        asked=asked,
        typed=form.values,
        first=first,
        last=last,
        listed=listed,
        total=total,
        pages=(total + asked.limit - 1) // asked.limit,
        places=[{"value": each.id, "label": each.name} for each in ctx.scope.locations],
        errors=field_errors(refusal),
        at=ctx.now.isoformat(),
    )


ROUTES = (
    Route("GET", "/history", get_history, GIVE),
    Route("POST", "/history", post_history, GIVE),
)
