"""Packets for programs."""

from http import HTTPStatus

from app_workers.handouts.giving import (
    assembled_of,
    begin_packet,
    draw_again,
    edit_packet,
    give_out,
    templates_of,
)
from app_workers.handouts.handling import extend_code, print_packet, revoke_packet, unlock_packet
from app_workers.handouts.models.answers import FilledPacket
from app_workers.handouts.models.packets import (
    Extension,
    ListedPacket,
    Packet,
    PacketEdit,
    PacketSearch,
    PacketStart,
    PacketStatus,
    Revocation,
)
from app_workers.handouts.permissions import GIVE
from app_workers.handouts.routes.packet_days import days_of
from app_workers.handouts.routes.packet_files import current
from app_workers.handouts.routes.seen import note_packet_seen, note_packets_seen
from app_workers.handouts.store.packet_writes import duplicate
from app_workers.handouts.store.packets import find_packet, search_packets
from ganger.context import Context, Listed, items
from ganger.errors import AppError
from ganger.http import Json
from ganger.routing import Route


async def post_packet(ctx: Context) -> Json[Packet]:
    """Begin a packet."""
    packet, is_new = await begin_packet(ctx, await ctx.parse(PacketStart))
    return ctx.json(packet, HTTPStatus.CREATED if is_new else HTTPStatus.OK)


async def get_packet(ctx: Context) -> Json[Packet]:
    """Return a packet."""
    packet = await current(ctx)
    await note_packet_seen(ctx, packet)
    return ctx.json(packet)


async def patch_packet(ctx: Context) -> Json[FilledPacket]:
    """Choose templates of a draft and fill them in; what is still wrong is told."""
    asked = await ctx.parse(PacketEdit)
    packet = _done(await edit_packet(ctx, await _packet(ctx), asked))
    templates = await templates_of(ctx, [each.template_id for each in packet.templates])
    problems = (await assembled_of(ctx, packet, templates)).problems
    filled: FilledPacket = {"packet": packet, "problems": [*problems]}
    return ctx.json(filled)


async def post_search(ctx: Context) -> Json[Listed[ListedPacket]]:
    """List packets; asked for in a body, for a search may name a patient."""
    asked = await ctx.parse(PacketSearch)
    scope = ctx.scope.at(asked.location_id) if asked.location_id else ctx.scope
    listed, total = await search_packets(ctx.db, scope, asked, *days_of(asked, ctx.today))
    await note_packets_seen(ctx, listed)
    return ctx.json(items(listed, asked.page, asked.limit, total))


async def post_generate(ctx: Context) -> Json[Packet]:
    """Give a packet out; one that could not be drawn is drawn again."""
    packet = await _packet(ctx)
    is_failed = packet.status is PacketStatus.FAILED
    outcome = await (draw_again(ctx, packet) if is_failed else give_out(ctx, packet))
    return ctx.json(_done(outcome), HTTPStatus.ACCEPTED)


async def post_print(ctx: Context) -> Json[Packet]:
    """Write down that a packet is printed."""
    return ctx.json(_done(await print_packet(ctx, await _packet(ctx))))


async def post_revoke(ctx: Context) -> Json[Packet]:
    """Take a packet back."""
    asked = await ctx.parse(Revocation)
    return ctx.json(_done(await revoke_packet(ctx, await _packet(ctx), asked)))


async def post_extend(ctx: Context) -> Json[Packet]:
    """Let a packet's code open for longer."""
    asked = await ctx.parse(Extension)
    return ctx.json(_done(await extend_code(ctx, await _packet(ctx), asked)))


async def post_unlock(ctx: Context) -> Json[Packet]:
    """Let a locked packet be opened again."""
    return ctx.json(_done(await unlock_packet(ctx, await _packet(ctx))))


async def post_duplicate(ctx: Context) -> Json[Packet]:
    """Draft the same packet anew."""
    packet = await duplicate(ctx.db, ctx.scope, ctx.actor, await _packet(ctx))
    return ctx.json(packet, HTTPStatus.CREATED)


async def _packet(ctx: Context) -> Packet:
    return await find_packet(ctx.db, ctx.scope, ctx.params["packet_id"])


def _done(outcome: Packet | AppError) -> Packet:
    if isinstance(outcome, AppError):
        raise outcome
    return outcome


ROUTES = (
    Route("POST", "/api/v1/packets", post_packet, GIVE),
    Route("POST", "/api/v1/packets/search", post_search, GIVE),
    Route("GET", "/api/v1/packets/{packet_id}", get_packet, GIVE),
    Route("PATCH", "/api/v1/packets/{packet_id}", patch_packet, GIVE),
    Route("POST", "/api/v1/packets/{packet_id}/generate", post_generate, GIVE),
    Route("POST", "/api/v1/packets/{packet_id}/print", post_print, GIVE),
    Route("POST", "/api/v1/packets/{packet_id}/revoke", post_revoke, GIVE),
    Route("POST", "/api/v1/packets/{packet_id}/extend-qr", post_extend, GIVE),
    Route("POST", "/api/v1/packets/{packet_id}/unlock", post_unlock, GIVE),
    Route("POST", "/api/v1/packets/{packet_id}/duplicate", post_duplicate, GIVE),
)
