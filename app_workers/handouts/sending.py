"""Packets by text message and e-mail, through the communication hub, which has the wording and the consents.

The hub is away at times: a delivery that it did not take is tried again. What becomes of one that it took it
tells (`take_up`), and it is asked after now and then in case that got lost.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from app_workers.handouts.changing import Caller
from app_workers.handouts.consents import consent_refusal
from app_workers.handouts.domain import delivering, links
from app_workers.handouts.domain.patients import email_of
from app_workers.handouts.live import tell_packet
from app_workers.handouts.models.deliveries import Channel, DeliveryStart, DeliveryStatus, Underway
from app_workers.handouts.models.outside import NewLink
from app_workers.handouts.models.packets import Packet, PacketStatus
from app_workers.handouts.packet_errors import (
    DigitalNotAllowed,
    NotReady,
    PacketRevoked,
    SendLimit,
)
from app_workers.handouts.site import address_of_link
from app_workers.handouts.store import sending as store
from app_workers.handouts.store.settings import settings_at
from ganger.clock import iso_utc
from ganger.context import Context
from ganger.contracts.communication import (
    KEY_REUSED,
    MESSAGE_STATE,
    SEND_EMAIL,
    SEND_SMS,
    Message,
    MessageNews,
    MessageQuestion,
    MessageState,
)
from ganger.db import Value
from ganger.errors import AppError, Conflict, InvalidTransition, NotFound, ValidationFailed
from ganger.log import log
from ganger.phones import phone_of
from ganger.rpc import Refusal
from ganger.scope import Scope

_DAY_S = 86_400
_TURNS = 5  # others may change a delivery between reading and writing; each turn one of them got through
_METHODS = {Channel.SMS: SEND_SMS, Channel.EMAIL: SEND_EMAIL}


async def send_packet(ctx: Context, packet: Packet, asked: DeliveryStart) -> Underway | AppError:
    """Send a packet's link, if the patient agreed to that and confirmed where it goes."""
    refusal = _refusal(packet, asked)
    if refusal is not None:
        return refusal
    destination = phone_of(asked.destination) if asked.channel is Channel.SMS else email_of(asked.destination)
    if destination is None:
        kind = "a number of 10 digits" if asked.channel is Channel.SMS else "an e-mail address"
        return ValidationFailed({"destination": f"must be {kind}"})
    refusal = await consent_refusal(ctx, packet, asked)
    if refusal is not None:
        return refusal
    known = packet.patient_phone if asked.channel is Channel.SMS else packet.patient_email
    source = "ehr" if packet.patient_source == "ehr" and destination == known else "updated"
    wanted = asked.model_copy(update={"destination": destination})
    delivery = await store.add_delivery(ctx.db, ctx.scope, ctx.actor, packet, wanted, source)
    if delivery is None:
        return SendLimit("This packet was sent five times today already.", retry_after_s=_DAY_S)
    tell_packet(ctx.live, packet.id, packet.location_id, ctx.now)
    await try_delivery(ctx, ctx.scope, delivery)
    return await store.find_underway(ctx.db, ctx.scope, delivery.id)


async def send_again(ctx: Context, packet: Packet, delivery: Underway) -> Underway | AppError:
    """Send anew what failed, to the same destination."""
    if delivery.status not in (DeliveryStatus.FAILED, DeliveryStatus.BOUNCED):
        return InvalidTransition("Only what failed is sent again.", status=delivery.status.value)
    asked = DeliveryStart(
        channel=delivery.channel, destination=delivery.destination, destination_confirmed=True
    )
    if packet.patient_mrn is not None:
        return await send_packet(ctx, packet, asked)
    # Without a chart number the consent was given with the first request, as the audit log has it.
    again = await store.add_delivery(ctx.db, ctx.scope, ctx.actor, packet, asked, "updated")
    if again is None:
        return _refusal(packet, asked) or SendLimit("Sent five times today already.", retry_after_s=_DAY_S)
    tell_packet(ctx.live, packet.id, packet.location_id, ctx.now)
    await try_delivery(ctx, ctx.scope, again)
    return await store.find_underway(ctx.db, ctx.scope, again.id)


async def end_link(ctx: Context, delivery: Underway) -> Underway | AppError:
    """Let the link of one delivery open nothing any more."""
    if not await store.revoke_link(ctx.db, ctx.scope, ctx.actor, delivery):
        return InvalidTransition("This message has no link that opens.", status=delivery.status.value)
    tell_packet(ctx.live, delivery.handout_id, delivery.location_id, ctx.now)
    return delivery


async def try_delivery(caller: Caller, scope: Scope, delivery: Underway) -> None:
    """Hand a delivery to the hub with a link of its own; what it does not take now is tried again later."""
    at, attempts = caller.actor.at, delivery.attempts + 1
    settings = await settings_at(caller.db, scope.at(delivery.location_id))
    token = links.token_of(secrets.token_bytes(links.TOKEN_BYTES))
    ends = at + timedelta(hours=settings.link_valid_hours)
    link = NewLink(links.token_hash(token), delivery.channel.value, ends, settings.link_max_opens)
    again_at = delivering.next_try(attempts, at)
    if not await store.begin_try(caller.db, scope, caller.actor, delivery, link, again_at):
        return
    message = Message(
        key=delivery.id,
        kind="handouts-ready",
        to=delivery.destination,
        record_id=delivery.handout_id,
        location_id=delivery.location_id,
        mrn=delivery.patient_mrn,
        is_consented=delivery.patient_mrn is None,
        link=address_of_link(caller.services.site, token),
        valid_hours=settings.link_valid_hours,
    )
    answer = await caller.call(_METHODS[delivery.channel], message)
    tried = delivery.model_copy(update={"attempts": attempts})
    if isinstance(answer, MessageState):
        await _written(caller, scope, tried, answer)
        return
    taken = answer.details.get("message_id") if answer.code == KEY_REUSED else None
    if isinstance(taken, str):
        # An earlier try was taken and its answer lost; its link stands.
        await _look_again(caller, scope, tried, taken)
    elif not answer.is_passing or again_at is None:
        code = "COMMUNICATION_UNAVAILABLE" if answer.is_passing else answer.code
        failed: dict[str, Value] = {
            "status": DeliveryStatus.FAILED.value,
            "failure_code": code,
            "next_attempt_at": None,
        }
        await _change(caller, scope, tried, failed, ends_link=True)


async def take_up(caller: Caller, scope: Scope, news: MessageNews) -> None:
    """Write down what the hub tells of a message: forward only, however often and in whatever order it tells.

    Raises:
        Conflict: others kept changing the delivery; tell again.
    """
    state = MessageState(news.message_id, news.status, news.failure)
    for _ in range(_TURNS):
        try:
            delivery = await store.find_underway(caller.db, scope, news.key)
        except NotFound:
            return  # its packet was deleted
        if not delivering.is_forward(delivery.status, DeliveryStatus(news.status)):
            return
        if await _written(caller, scope, delivery, state):
            return
    raise Conflict("The delivery is being changed.")


async def follow_delivery(caller: Caller, scope: Scope, delivery: Underway) -> None:
    """Ask the hub what became of a message that it took."""
    if delivery.hub_message_id is None:
        return
    answer = await caller.call(MESSAGE_STATE, MessageQuestion(message_id=delivery.hub_message_id))
    if isinstance(answer, Refusal):
        log("warning", "message not followed", code=answer.code)
        await _look_again(caller, scope, delivery, delivery.hub_message_id)
        return
    await _written(caller, scope, delivery, answer)


def _refusal(packet: Packet, asked: DeliveryStart) -> AppError | None:
    if packet.status is PacketStatus.REVOKED:
        return PacketRevoked("This packet was taken back.")
    if packet.status is not PacketStatus.READY:
        return NotReady("This packet is not ready.")
    if not packet.digital_allowed:
        return DigitalNotAllowed("A handout of this packet is given on paper only.")
    if not asked.destination_confirmed:
        return ValidationFailed({"destination_confirmed": "must be ticked: read it back to the patient"})
    return None


async def _written(caller: Caller, scope: Scope, delivery: Underway, state: MessageState) -> bool:
    status = DeliveryStatus(state.status)
    if not delivering.is_forward(delivery.status, status):
        return await _look_again(caller, scope, delivery, state.message_id)
    at = iso_utc(caller.actor.at)
    columns: dict[str, Value] = {
        "status": status.value,
        "hub_message_id": state.message_id,
        "failure_code": state.failure,
        "next_attempt_at": None,
    }
    if status is DeliveryStatus.SENT:
        columns |= {"sent_at": at, "next_attempt_at": _next_look(caller, delivery)}
    elif status is DeliveryStatus.DELIVERED:
        columns["delivered_at"] = at
    has_failed = status in (DeliveryStatus.FAILED, DeliveryStatus.BOUNCED, DeliveryStatus.CANCELLED)
    return await _change(caller, scope, delivery, columns, ends_link=has_failed)


async def _look_again(caller: Caller, scope: Scope, delivery: Underway, message_id: str) -> bool:
    columns: dict[str, Value] = {
        "hub_message_id": message_id,
        "next_attempt_at": _next_look(caller, delivery),
    }
    return await _change(caller, scope, delivery, columns, ends_link=False)


async def _change(
    caller: Caller, scope: Scope, delivery: Underway, columns: Mapping[str, Value], *, ends_link: bool
) -> bool:
    is_written = await store.change_delivery(
        caller.db, scope, caller.actor, delivery, columns, ends_link=ends_link
    )
    if is_written and "status" in columns:
        tell_packet(caller.services.topics, delivery.handout_id, delivery.location_id, caller.actor.at)
    return is_written


def _next_look(caller: Caller, delivery: Underway) -> str | None:
    look = delivering.next_look(datetime.fromisoformat(delivery.created_at), caller.actor.at)
    return iso_utc(look) if look else None
