"""Taking messages into the outbox, and what apps ask of them."""

from collections.abc import Awaitable, Callable

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
from ganger.rpc_serving import Call
from service_workers.hubs.communication import store
from service_workers.hubs.communication.carriers import Carriers
from service_workers.hubs.communication.composing import to_patient, to_staff
from service_workers.hubs.communication.consents import has_consented
from service_workers.hubs.communication.domain.destinations import destination
from service_workers.hubs.communication.domain.states import public_status
from service_workers.hubs.communication.store import Stored
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
        return await self._accept(
            call, asked, to_staff(call.app, call.actor.at, asked, "email", to), "not needed"
        )

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
        return await self._accept(
            call, asked, to_patient(call.app, call.actor.at, asked, channel, to), consent
        )

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
                await store.add(call.db, asked, new, call.actor, consent)
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
