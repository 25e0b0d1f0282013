"""What is done with a packet that was given out: printed, extended, unlocked, taken back, made anew."""

from datetime import datetime

from app_workers.handouts.changing import change_packet
from app_workers.handouts.domain.links import extended_end
from app_workers.handouts.models.packets import Extension, Packet, PacketStatus, Revocation
from app_workers.handouts.packet_errors import NotReady, PacketRevoked
from app_workers.handouts.store import deliveries, packet_writes
from ganger.clock import iso_utc
from ganger.context import Context
from ganger.contracts.communication import CANCEL_MESSAGE, MessageQuestion
from ganger.db import Value
from ganger.errors import AppError, ValidationFailed


async def print_packet(ctx: Context, packet: Packet) -> Packet | AppError:
    """Write down that a packet is printed."""
    columns: dict[str, Value] = {"print_count": packet.print_count + 1, "last_printed_at": iso_utc(ctx.now)}
    printed = deliveries.printed(ctx.scope, ctx.actor, packet)
    return _refused(packet) or await change_packet(
        ctx, ctx.scope, packet, "handouts:print-packet", columns, {}, [printed]
    )


async def revoke_packet(ctx: Context, packet: Packet, asked: Revocation) -> Packet | AppError:
    """Take a packet back, for good: code and links open nothing any more, and what waits is not sent."""
    columns: dict[str, Value] = {
        "status": PacketStatus.REVOKED.value,
        "revoked_at": iso_utc(ctx.now),
        "revoked_by": ctx.user.id,
        "revoke_reason": asked.reason,
    }
    told = {"status": [packet.status.value, PacketStatus.REVOKED.value]}
    ended = packet_writes.ended(ctx.scope, packet, ctx.now)
    waiting = await deliveries.waiting_messages(ctx.db, ctx.scope, packet.id)
    outcome = _refused(packet) or await change_packet(
        ctx, ctx.scope, packet, "handouts:revoke-packet", columns, told, ended
    )
    if isinstance(outcome, Packet):
        # What the hub sent in the meantime leads to nothing any more.
        for message_id in waiting:
            await ctx.call(CANCEL_MESSAGE, MessageQuestion(message_id=message_id))
    return outcome


async def extend_code(ctx: Context, packet: Packet, asked: Extension) -> Packet | AppError:
    """Let a packet's code open for longer; one that has expired opens again."""
    if packet.qr_expires_at is None or packet.generated_at is None:
        return _refused(packet) or NotReady("This packet has no code.")
    generated, end = (datetime.fromisoformat(each) for each in (packet.generated_at, packet.qr_expires_at))
    try:
        until = extended_end(generated, end, asked.days, ctx.now, packet.is_general)
    except ValueError:
        return ValidationFailed({"days": "are more than a code of this kind may be valid"})
    told = {"qr_expires_at": [packet.qr_expires_at, iso_utc(until)]}
    columns: dict[str, Value] = {"qr_expires_at": iso_utc(until)}
    return _refused(packet) or await change_packet(
        ctx, ctx.scope, packet, "handouts:extend-code", columns, told
    )


async def unlock_packet(ctx: Context, packet: Packet) -> Packet | AppError:
    """Let a packet be opened again after too many wrong dates of birth."""
    columns: dict[str, Value] = {"access_locked_until": None, "failed_checks": 0}
    return _refused(packet) or await change_packet(
        ctx, ctx.scope, packet, "handouts:unlock-packet", columns, {}
    )


def _refused(packet: Packet) -> AppError | None:
    """Why nothing may be done with the packet."""
    if packet.status is PacketStatus.REVOKED:
        return PacketRevoked("This packet was taken back.")
    return None if packet.status is PacketStatus.READY else NotReady("This packet was not given out.")
