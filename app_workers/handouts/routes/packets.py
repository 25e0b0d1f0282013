"""A packet that was given out: what it says, its code, who opened it, and what is done with it."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus

from markupsafe import Markup

from app_workers.handouts import packet_labels
from app_workers.handouts.consents import consents_for
from app_workers.handouts.domain.links import latest_end
from app_workers.handouts.giving import draw_again
from app_workers.handouts.handling import extend_code, print_packet, revoke_packet, unlock_packet
from app_workers.handouts.live import packet_topic
from app_workers.handouts.models.packets import Extension, Packet, PacketStatus, Revocation
from app_workers.handouts.permissions import GIVE
from app_workers.handouts.routes.forms_of_packets import field_errors
from app_workers.handouts.routes.packet_files import current
from app_workers.handouts.routes.seen import note_packet_seen
from app_workers.handouts.site import address_of_code
from app_workers.handouts.store.deliveries import deliveries_of
from app_workers.handouts.store.happenings import happenings_of
from app_workers.handouts.store.packet_writes import duplicate
from app_workers.handouts.store.packets import find_packet
from ganger.codes import shown_code
from ganger.context import Context
from ganger.document_html import blocks_html
from ganger.documents import read_document
from ganger.errors import AppError, ValidationFailed
from ganger.http import Response, see_other
from ganger.qr import printed_qr_svg
from ganger.routing import Route


async def get_packet_page(ctx: Context) -> Response:
    """Show a packet; a draft is shown where it is filled in."""
    packet = await current(ctx)
    if packet.status is PacketStatus.DRAFT:
        return see_other(ctx.url(f"/generate/{packet.id}"))
    return await packet_page(ctx, packet)


async def post_print_form(ctx: Context) -> Response:
    """Write down that the packet is printed, and open what goes to the printer."""
    outcome = await print_packet(ctx, await _packet(ctx))
    if isinstance(outcome, AppError):
        return await packet_page(ctx, await _packet(ctx), outcome)
    return see_other(ctx.url(f"/packets/{outcome.id}/pdf"))


async def post_draw_form(ctx: Context) -> Response:
    """Let the PDF be made again that could not be made."""
    return await _after(ctx, await draw_again(ctx, await _packet(ctx)), "The packet is made again.")


async def post_revoke_form(ctx: Context) -> Response:
    """Take the packet back for the reason of the form."""
    packet, form = await _packet(ctx), await ctx.form(Revocation)
    if form.record is None:
        return await packet_page(ctx, packet, ValidationFailed(form.errors), form.values)
    return await _after(ctx, await revoke_packet(ctx, packet, form.record), "The packet is taken back.")


async def post_extend_form(ctx: Context) -> Response:
    """Let the code open for longer."""
    packet, form = await _packet(ctx), await ctx.form(Extension)
    if form.record is None:
        return await packet_page(ctx, packet, ValidationFailed(form.errors), form.values)
    outcome = await extend_code(ctx, packet, form.record)
    return await _after(ctx, outcome, "The code opens for longer now.")


async def post_unlock_form(ctx: Context) -> Response:
    """Let the packet be opened again."""
    return await _after(ctx, await unlock_packet(ctx, await _packet(ctx)), "The packet opens again.")


async def post_duplicate_form(ctx: Context) -> Response:
    """Draft the same packet anew."""
    packet = await duplicate(ctx.db, ctx.scope, ctx.actor, await _packet(ctx))
    return ctx.redirect(f"/generate/{packet.id}", "This is a new draft of the same packet. Correct it here.")


async def _packet(ctx: Context) -> Packet:
    return await find_packet(ctx.db, ctx.scope, ctx.params["packet_id"])


async def _after(ctx: Context, outcome: Packet | AppError, said: str) -> Response:
    if isinstance(outcome, AppError):
        return await packet_page(ctx, await _packet(ctx), outcome)
    return ctx.redirect(f"/packets/{outcome.id}", said)


async def packet_page(
    ctx: Context, packet: Packet, refusal: AppError | None = None, typed: Mapping[str, str] | None = None
) -> Response:
    """The page of a packet, with what was refused on it and what was typed."""
    # Forms of other pages lead here too when they are refused, so each showing is written down.
    await note_packet_seen(ctx, packet)
    deliveries, happenings, consents = await asyncio.gather(
        deliveries_of(ctx.db, ctx.scope, packet.id),
        happenings_of(ctx.db, ctx.scope, packet.id),
        consents_for(ctx, packet),
    )
    documents = [read_document(each) for each in packet.rendered]
    return ctx.page(
        "packet.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title="Packet",
        labels=packet_labels,
        packet=packet,
        topic=packet_topic(packet.id),
        is_locked=bool(packet.access_locked_until and packet.access_locked_until > ctx.now.isoformat()),
        code=shown_code(packet.qr_code) if packet.qr_code else None,
        qr=printed_qr_svg(address_of_code(ctx.services.site, packet.qr_code)) if packet.qr_code else None,
        latest=latest_end(_instant(packet), packet.is_general) if packet.generated_at else None,
        # The markup is made of escaped text alone.
        documents=[(each.title, Markup(blocks_html(each.blocks, 3))) for each in documents],  # noqa: S704
        deliveries=deliveries,
        happenings=happenings,
        consents=consents,
        typed=typed or {},
        errors=field_errors(refusal),
        refusal=refusal,
    )


def _instant(packet: Packet) -> datetime:
    return datetime.fromisoformat(packet.generated_at or packet.created_at)


ROUTES = (
    Route("GET", "/packets/{packet_id}", get_packet_page, GIVE),
    Route("POST", "/packets/{packet_id}/print", post_print_form, GIVE),
    Route("POST", "/packets/{packet_id}/generate", post_draw_form, GIVE),
    Route("POST", "/packets/{packet_id}/revoke", post_revoke_form, GIVE),
    Route("POST", "/packets/{packet_id}/extend-qr", post_extend_form, GIVE),
    Route("POST", "/packets/{packet_id}/unlock", post_unlock_form, GIVE),
    Route("POST", "/packets/{packet_id}/duplicate", post_duplicate_form, GIVE),
)
