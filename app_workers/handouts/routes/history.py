"""The packets of the last days; what is searched for is posted, for it may name a patient."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from uuid import uuid4

from app_workers.handouts import packet_labels
from app_workers.handouts.exporting import export_packets
from app_workers.handouts.models.packets import PacketSearch
from app_workers.handouts.permissions import EXPORT, GIVE
from app_workers.handouts.routes.forms_of_packets import field_errors
from app_workers.handouts.routes.packet_days import USUAL_DAYS, days_of
from app_workers.handouts.routes.seen import note_packets_seen
from app_workers.handouts.store.packets import givers_within, search_packets
from ganger.context import Context
from ganger.errors import ValidationFailed
from ganger.forms import Form, read_form
from ganger.http import Response
from ganger.job_pages import job_routes
from ganger.permissions import is_allowed
from ganger.ratelimit import Tier
from ganger.routing import Route

_REFERENCE = 32  # characters of what a form names its export by


async def get_history(ctx: Context) -> Response:
    """Show the packets of the last week."""
    return await _page(ctx, Form(record=PacketSearch()))


async def post_history(ctx: Context) -> Response:
    """Show the packets that a search finds."""
    return await _page(ctx, await ctx.form(PacketSearch))


async def post_export(ctx: Context) -> Response:
    """Ask for what a search finds as files, and lead to where they will be."""
    typed = dict(await ctx.request.form())
    reference = typed.pop("reference", "")[:_REFERENCE] or uuid4().hex
    form = read_form(PacketSearch, typed)
    if form.record is None:
        return await _page(ctx, form)
    try:
        first, last = days_of(form.record, ctx.today)
        job = await export_packets(ctx, form.record, first, last, reference)
    except ValidationFailed as problem:
        return await _page(ctx, replace(form, errors=problem.fields))
    return ctx.redirect(f"/jobs/{job.id}")


async def _page(ctx: Context, form: Form[PacketSearch]) -> Response:
    asked = form.record or PacketSearch()
    refusal = ValidationFailed(form.errors) if form.errors else None
    try:
        first, last = days_of(asked, ctx.today)
    except ValidationFailed as problem:
        refusal, first, last = problem, ctx.today - timedelta(days=USUAL_DAYS - 1), ctx.today
    scope = ctx.scope.at(asked.location_id) if asked.location_id else ctx.scope
    (listed, total), givers = await asyncio.gather(
        search_packets(ctx.db, scope, asked, first, last), givers_within(ctx.db, scope, first, last)
    )
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
        givers=givers,
        pages=(total + asked.limit - 1) // asked.limit,
        places=[{"value": each.id, "label": each.name} for each in ctx.scope.locations],
        errors=field_errors(refusal),
        may_export=is_allowed(ctx.user, EXPORT),
        reference=uuid4().hex,
        at=ctx.now.isoformat(),
    )


ROUTES = (
    Route("GET", "/history", get_history, GIVE),
    Route("POST", "/history", post_history, GIVE),
    Route("POST", "/history/export", post_export, EXPORT, Tier.EXPORT),
    *job_routes(EXPORT),
)
