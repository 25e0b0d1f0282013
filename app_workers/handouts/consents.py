"""What patients said of messages. The communication hub holds it by chart number, and the latest counts."""

from collections.abc import Mapping
from typing import Literal

from app_workers.handouts.models.consents import ConsentStart, ConsentState
from app_workers.handouts.models.deliveries import Channel, DeliveryStart
from app_workers.handouts.models.packets import Packet, PacketStatus
from app_workers.handouts.packet_errors import CommunicationUnavailable, ConsentRequired
from ganger.context import Context
from ganger.contracts.communication import (
    CONSENTS_OF,
    RECORD_CONSENT,
    ConsentGiven,
    Consents,
    PatientQuestion,
)
from ganger.errors import AppError, ValidationFailed
from ganger.rpc import Refusal

RECORDED = "What the patient said is recorded."
_TYPED = ("channel", "consented", "method")  # the controls of the form
_CHANNELS: dict[Channel, Literal["sms", "email"]] = {Channel.SMS: "sms", Channel.EMAIL: "email"}
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
    states = await _recorded(ctx, asked, location_id)
    if states is None:
        raise CommunicationUnavailable("Consent cannot be recorded just now. Try again later.")
    return states


async def record_typed(ctx: Context, packet: Packet, typed: Mapping[str, str]) -> AppError | None:
    """Write down what a form says of a packet's patient; why that cannot be, if it cannot."""
    said = {name: typed[name] for name in _TYPED if typed.get(name)}
    try:
        asked = ConsentStart.checked(said | {"mrn": packet.patient_mrn})
        await record_consent(ctx, asked, packet.location_id)
    except (ValidationFailed, CommunicationUnavailable) as refusal:
        return refusal
    return None


async def consent_refusal(ctx: Context, packet: Packet, asked: DeliveryStart) -> AppError | None:
    """Why a packet's patient may not be written to; what they say with the request is recorded first."""
    if packet.patient_mrn is None:
        # It is kept on the audit row of the delivery.
        has_agreed = asked.consent is not None and asked.consent.consented
    else:
        said = await _said_by_now(ctx, packet.patient_mrn, asked, packet.location_id)
        if said is None:
            return CommunicationUnavailable(
                "Consent cannot be looked up just now, so no message is sent. Print the packet instead."
            )
        has_agreed = any(each.channel == _CHANNELS[asked.channel] and each.consented for each in said)
    return None if has_agreed else ConsentRequired("Ask the patient whether they agree to messages.")


async def _said_by_now(
    ctx: Context, mrn: str, asked: DeliveryStart, location_id: str
) -> list[ConsentState] | None:
    if asked.consent is None:
        return await consents_of(ctx, mrn)
    start = ConsentStart(mrn=mrn, channel=_CHANNELS[asked.channel], **asked.consent.plain())
    return await _recorded(ctx, start, location_id)


async def _recorded(ctx: Context, asked: ConsentStart, location_id: str) -> list[ConsentState] | None:
    given = ConsentGiven(
        mrn=asked.mrn,
        channel=asked.channel,
        consented=asked.consented,
        method=asked.method.value,
        location_id=location_id,
    )
    found = await ctx.call(RECORD_CONSENT, given)
    return None if isinstance(found, Refusal) else _states(found)


def _states(found: Consents) -> list[ConsentState]:
    return [ConsentState.model_validate(each.plain()) for each in found.consents]
