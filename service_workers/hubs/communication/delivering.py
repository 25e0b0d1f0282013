"""Giving messages to their providers: each once, whatever fails on the way.

A run claims a message by its version before it calls the provider, so no two give the same one. When no
answer comes, nobody knows whether the provider has it: the message is `uncertain`, and the provider is asked
for it before it is given again.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ganger.contracts.communication import Channel
from ganger.db import Database, ExpectationFailed
from ganger.log import log, log_exception
from ganger.resilience import backoff_s
from service_workers.hubs.communication import store
from service_workers.hubs.communication.carriers import Carriers, Line
from service_workers.hubs.communication.domain.sending import Declined, Parcel, Taken
from service_workers.hubs.communication.domain.states import next_try
from service_workers.hubs.communication.domain.wording import Wording, wording
from service_workers.hubs.communication.store import Change, Stored
from service_workers.hubs.communication.telling import Tell, news_of
from service_workers.hubs.domain.web import Answer, NoAnswer, Outgoing
from service_workers.hubs.guarding import outcome_of

# For one run of the job and channel; the next one goes on.
BATCH = 100
# A provider shows a message in its lists by then.
_SETTLES_S = 60


@dataclass(frozen=True, slots=True)
class Outbox:
    """The outbox at an instant; `tell` tells apps what becomes of their messages."""

    db: Database
    carriers: Carriers
    at: datetime
    tell: Tell

    async def deliver_due(self) -> None:
        """Look at every message whose time has come; of a provider that refuses, only at the first."""
        for channel in self.carriers.lines:
            await self.deliver_all(await store.due(self.db, channel, self.at, BATCH))

    async def deliver_all(self, message_ids: Iterable[str]) -> None:
        """Look at these messages, if their time has come. What fails is logged, and looked at again."""
        away: set[Channel] = set()
        for message_id in message_ids:
            try:
                await self.deliver(message_id, away)
            except Exception as error:  # noqa: BLE001 - one message holds up none of the others
                log_exception(error, request_id=message_id)

    async def deliver(self, message_id: str, away: set[Channel]) -> None:
        """Take a message as far as it goes now. A provider that is away joins `away`."""
        found = await store.message(self.db, message_id)
        if found is None or not self._is_due(found) or found.channel in away:
            return
        line = self.carriers.lines.get(found.channel)
        if line is None:
            return
        try:
            if not await self._is_ended(found):
                await self._admitted(found, line, away)
        except ExpectationFailed:
            # Somebody else took it further, and knows more of it than we do.
            return

    def _is_due(self, found: Stored) -> bool:
        if found.status == "sending" and found.claimed_at:
            return datetime.fromisoformat(found.claimed_at) + store.LEASE <= self.at
        return found.status in ("queued", "uncertain") and found.next_try_at <= self.at

    async def _is_ended(self, found: Stored) -> bool:
        """Give a message up that nobody waits for any more, unless the provider may have it."""
        if found.status != "queued":
            return False
        if found.expires_at <= self.at:
            await self._fail(found, "EXPIRED")
            return True
        if await store.is_opted_out(self.db, found.channel, found.destination or ""):
            await self._fail(found, "OPTED_OUT")
            return True
        return False

    async def _admitted(self, found: Stored, line: Line, away: set[Channel]) -> None:
        admission = await line.provider.guard.admit(self.at)
        if not admission.is_admitted:
            away.add(found.channel)
            log("info", "provider refused", provider=line.provider.name, reason=admission.reason)
            return
        is_given = found.first_given_at is not None and found.status != "queued"
        try:
            claimed = await self._claimed(found)
        except ExpectationFailed:
            await line.provider.guard.report("unused", self.at)
            raise
        if is_given:
            await self._looked_for(claimed, line)
        else:
            await self._given(claimed, line)

    async def _claimed(self, found: Stored) -> Stored:
        await store.step(self.db, found, Change("sending", self.at, is_attempt=True))
        claimed = await store.message(self.db, found.id)
        if claimed is None:
            raise ExpectationFailed("version")
        return claimed

    async def _looked_for(self, claimed: Stored, line: Line) -> None:
        parcel = _parcel(claimed)
        answer = await self._answer(claimed, line, line.carrier.question(parcel))
        if answer is None:
            return
        known = await store.known_references(self.db, claimed.channel, claimed.first_given_at or "")
        reference = line.carrier.found(answer, parcel, known)
        if reference is not None:
            await self._sent(claimed, reference)
        else:
            # The provider never had it, so it is as good as never given; the next look gives it.
            await store.step(self.db, claimed, Change("queued", self.at, next_try_at=self.at))
            await self.deliver(claimed.id, set())

    async def _given(self, claimed: Stored, line: Line) -> None:
        answer = await self._answer(claimed, line, line.carrier.request(_parcel(claimed)))
        if answer is None:
            return
        result = line.carrier.result(answer)
        if isinstance(result, Taken):
            await self._sent(claimed, result.reference)
        elif isinstance(result, Declined):
            await self._fail(claimed, result.failure)

    async def _answer(self, claimed: Stored, line: Line, outgoing: Outgoing) -> Answer | None:
        """The provider's answer, if it says something; else the message waits, and that is told here."""
        guard, rules = line.provider.guard, line.provider.rules
        try:
            answer = await line.provider.send(outgoing, rules.timeout_s)
        except NoAnswer:
            await guard.report("failed", self.at)
            await self._wait(claimed, "uncertain", self._pause_s(claimed, line))
            return None
        outcome = outcome_of(answer)
        await guard.report(outcome, self.at, answer.wait_s)
        if outcome == "ok":
            return answer
        if answer.status >= 500:
            await self._wait(claimed, "uncertain", self._pause_s(claimed, line))
        else:
            # It was turned away at the door, and nothing was done; one that was looked for may be there.
            kept = "uncertain" if outgoing.method == "GET" else "queued"
            await self._wait(claimed, kept, answer.wait_s)
        return None

    def _pause_s(self, claimed: Stored, line: Line) -> float:
        chance = random.random()  # noqa: S311 - spreads load, guards nothing
        return _SETTLES_S + backoff_s(line.provider.rules, max(1, claimed.attempts), chance)

    async def _wait(self, claimed: Stored, status: str, wait_s: float) -> None:
        later = next_try(self.at, wait_s, claimed.expires_at)
        # One that expires while the provider may have it is looked for once more.
        later = max(later, self.at + timedelta(seconds=1))
        await store.step(self.db, claimed, Change(status, self.at, next_try_at=later))

    async def _sent(self, claimed: Stored, reference: str) -> None:
        change = Change("sent", self.at, reference=reference, forgets=True, tells="sent")
        await store.step(self.db, claimed, change)
        await self.tell(claimed.app, news_of(claimed, "sent", None, self.at))

    async def _fail(self, found: Stored, failure: str) -> None:
        change = Change("failed", self.at, failure=failure, forgets=True, tells="failed")
        await store.step(self.db, found, change)
        await self.tell(found.app, news_of(found, "failed", failure, self.at))


def _parcel(of: Stored) -> Parcel:
    if of.kind == store.STAFF_MAIL:
        words = Wording(of.subject or "", of.text or "")
    else:
        words = wording(of.channel, of.kind, of.link, of.valid_hours)
    return Parcel(of.id, of.destination or "", words, of.first_given_at or "")
