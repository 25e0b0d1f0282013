"""What is written down before patients' data are shown to staff."""

from collections.abc import Sequence

from app_workers.handouts.models.deliveries import FailedDelivery
from app_workers.handouts.models.packets import ListedPacket, Packet
from app_workers.handouts.models.patient_codes import PatientCode
from ganger.context import Context

_WHY = "Handouts for a visit"


async def note_packet_seen(ctx: Context, packet: Packet) -> None:
    """Write down that somebody sees a packet; one for anybody names nobody."""
    if packet.is_general:
        return
    await ctx.note_phi_read(
        "handout",
        packet.id,
        packet.location_id,
        _WHY,
        ["patient_name", "patient_dob", "patient_mrn", "patient_email", "patient_phone", "rendered"],
        is_minimum_necessary=True,
        is_consented=False,
    )


async def note_packets_seen(ctx: Context, packets: Sequence[ListedPacket | FailedDelivery]) -> None:
    """Write down that somebody sees a list of packets, or of their messages, if it names a patient."""
    if any(not packet.is_general for packet in packets):
        await ctx.note_phi_read(
            "handouts",
            "list",
            None,
            _WHY,
            ["patient_name", "patient_mrn"],
            is_minimum_necessary=True,
            is_consented=False,
        )


async def note_codes_seen(ctx: Context, codes: Sequence[PatientCode]) -> None:
    """Write down that somebody sees which patients codes lead to."""
    if codes:
        only = codes[0] if len(codes) == 1 else None
        await ctx.note_phi_read(
            "patient_code",
            only.id if only else "list",
            only.location_id if only else None,
            _WHY,
            ["patient_mrn"],
            is_minimum_necessary=True,
            is_consented=False,
        )
