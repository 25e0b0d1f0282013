"""What patients said of messages. The communication hub holds it by chart number, and the latest counts."""

from app_workers.handouts.models.consents import ConsentStart, ConsentState
from app_workers.handouts.models.packets import Packet, PacketStatus
from app_workers.handouts.packet_errors import CommunicationUnavailable
from ganger.context import Context
from ganger.contracts.communication import (
    CONSENTS_OF,
    RECORD_CONSENT,
    ConsentGiven,
    Consents,
    PatientQuestion,
)
from ganger.rpc import Refusal

_TO_BE_SENT = (PacketStatus.DRAFT, PacketStatus.READY)


async def consents_of(ctx: Context, mrn: str) -> list[ConsentState] | None:
    """What a patient said last of each channel; None when nobody can be asked, which is no consent."""
    found = await ctx.call(CONSENTS_OF, PatientQuestion(mrn=mrn))
    return None if isinstance(found, Refusal) else _states(found)


async def consents_for(ctx: Context, packet: Packet) -> list[ConsentState] | None:
    """The same of a packet's patient, where it matters: not of one without a number, or for paper alone."""
    if packet.patient_mrn is None or packet.status not in _TO_BE_SENT:
        return []
    return await consents_of(ctx, packet.patient_mrn)


async def record_consent(ctx: Context, asked: ConsentStart, location_id: str) -> list[ConsentState]:
    """Write down what a patient says at a location, and return what they said last of each channel.

    Raises:
        CommunicationUnavailable: it cannot be written down just now.
    """
    given = ConsentGiven(
        mrn=asked.mrn,
        channel=asked.channel,
        consented=asked.consented,
        method=asked.method.value,
        location_id=location_id,
    )
    found = await ctx.call(RECORD_CONSENT, given)
    if isinstance(found, Refusal):
        raise CommunicationUnavailable("Consent cannot be recorded just now. Try again later.")
    return _states(found)


def _states(found: Consents) -> list[ConsentState]:
    return [ConsentState.model_validate(each.plain()) for each in found.consents]
