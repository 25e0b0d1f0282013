"""Taking messages into the outbox, and what apps ask of them."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from ganger.contracts.communication import (
    Channel,
    Events,
    EventsQuestion,
    Message,
    MessageQuestion,
    MessageState,
)
from ganger.contracts.staff_mail import StaffMail
from ganger.db import ConstraintFailed, ExpectationFailed
from ganger.errors import NotFound
from ganger.ids import new_id
from ganger.rpc_serving import Call
from service_workers.hubs.communication import store
from service_workers.hubs.communication.carriers import Carriers
from service_workers.hubs.communication.consents import has_consented
from service_workers.hubs.communication.domain.destinations import destination
from service_workers.hubs.communication.domain.states import public_status
from service_workers.hubs.communication.store import STAFF_MAIL, Stored, StoredKind
from service_workers.hubs.errors import (
    ConsentRequired,
    InvalidDestination,
    KeyReused,
    OptedOut,
)

Enqueue = Callable[[str], Awaitable[None]]  # tells the queue of a message by its id
Open = Callable[[], Carriers]


class Accepting:
    """The outbox as apps see it; `carriers` and `enqueue` are known only while a call runs."""

    def __init__(self, carriers: Open, enqueue: Enqueue) -> None:
        self._carriers = carriers
        self._enqueue = enqueue

    async def send_sms(self, call: Call, asked: Message) -> MessageState:
        """Accept a text message."""
        return await self._send(call, asked, "sms")

    async def send_email(self, call: Call, asked: Message) -> MessageState:
        """Accept an e-mail."""
        return await self._send(call, asked, "email")

    async def send_staff_mail(self, call: Call, asked: StaffMail) -> MessageState:
        """Accept a mail to somebody of the practice, in the app's words."""
        to = self._destination("email", asked.to)
        return await self._accept(call, asked, _staff_mail(call, asked, to), "not needed")

    async def cancel_message(self, call: Call, asked: MessageQuestion) -> MessageState:
        """Take a message back that was not given to the provider yet."""
        found = await _own(call, asked)
        if found.status != "queued":
            return await self._state(call, found)
        change = store.Change("cancelled", call.actor.at, forgets=True, tells="cancelled")
        try:
            await store.step(call.db, found, change)
        except ExpectationFailed:
            return await self._state(call, await _own(call, asked))
        return MessageState(found.id, "cancelled")

    async def message_state(self, call: Call, asked: MessageQuestion) -> MessageState:
        """How a message stands."""
        return await self._state(call, await _own(call, asked))

    async def events_after(self, call: Call, asked: EventsQuestion) -> Events:
        """What became of the app's messages."""
        return Events(await store.events_after(call.db, call.app, asked.after))

    async def _send(self, call: Call, asked: Message, channel: Channel) -> MessageState:
        to = self._destination(channel, asked.to)
        consent = "on-file" if asked.mrn else "stated"
        return await self._accept(call, asked, _stored(call, asked, channel, to), consent)

    def _destination(self, channel: Channel, text: str) -> str:
        self._carriers().of(channel)  # a channel that is not set up refuses here, before anything is written
        to = destination(channel, text)
        if to is None:
            raise InvalidDestination("Nothing can be sent there.")
        return to

    async def _accept(
        self, call: Call, asked: Message | StaffMail, new: Stored, consent: str
    ) -> MessageState:
        present = await store.message_of_key(call.db, call.app, asked.key)
        if present is None:
            await _refuse_unwanted(call, asked, new)
            try:
                await store.add(call.db, asked, new, call.app, call.actor, consent)
            except ConstraintFailed:
                # The same call beside this one was faster.
                present = await store.message_of_key(call.db, call.app, asked.key)
                if present is None:
                    raise
            else:
                await self._enqueue(new.id)
        if present is not None and present.content_hash != new.content_hash:
            raise KeyReused("The key stands for another message already.", message_id=present.id)
        return await self._state(call, present or new)

    async def _state(self, call: Call, found: Stored) -> MessageState:
        status = public_status(found.status)
        is_delayed = status == "queued" and await self._carriers().is_away(found.channel, call.actor.at)
        return MessageState(found.id, status, found.failure, is_delayed)


async def _own(call: Call, asked: MessageQuestion) -> Stored:
    found = await store.message(call.db, asked.message_id)
    if found is None or found.app != call.app:
        raise NotFound("There is no such message.")
    return found


async def _refuse_unwanted(call: Call, asked: Message | StaffMail, new: Stored) -> None:
    if await store.is_opted_out(call.db, new.channel, new.destination or ""):
        raise OptedOut("Whoever is there wants no messages.")
    if isinstance(asked, StaffMail):
        return
    consents = (
        asked.is_consented if asked.mrn is None else await has_consented(call.db, asked.mrn, new.channel)
    )
    if not consents:
        raise ConsentRequired("The patient has not consented to this channel.")


def _stored(call: Call, asked: Message, channel: Channel, to: str) -> Stored:
    content = (channel, asked.kind, to, asked.link, asked.valid_hours, asked.record_id)
    found = _queued(call, asked, channel, asked.kind, to, content)
    return replace(found, link=asked.link, valid_hours=asked.valid_hours)


def _staff_mail(call: Call, asked: StaffMail, to: str) -> Stored:
    content = (STAFF_MAIL, to, asked.subject, asked.text, asked.record_id)
    found = _queued(call, asked, "email", STAFF_MAIL, to, content)
    return replace(found, subject=asked.subject, text=asked.text)


def _queued(
    call: Call,
    asked: Message | StaffMail,
    channel: Channel,
    kind: StoredKind,
    to: str,
    content: Sequence[object],
) -> Stored:
    at = call.actor.at
    return Stored(
        id=new_id(at),
        app=call.app,
        key=asked.key,
        channel=channel,
        kind=kind,
        content_hash=sha256(json.dumps(content).encode()).hexdigest(),
        destination=to,
        link=None,
        valid_hours=None,
        subject=None,
        text=None,
        status="queued",
        failure=None,
        attempts=0,
        next_try_at=at,
        first_given_at=None,
        claimed_at=None,
        expires_at=at + timedelta(seconds=asked.expires_in_s),
        version=1,
    )
