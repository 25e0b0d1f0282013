"""Calls to a provider through its circuit: refused at once while it is away, and questions tried again."""

import asyncio
import random
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ganger.errors import Unavailable
from ganger.log import log
from ganger.resilience import Admission, Circuit, Outcome, Rules, backoff_s
from ganger.rpc import Deadline
from service_workers.hubs.domain.web import Answer, NoAnswer, Outgoing, Web

# A question is not worth beginning with less than this.
_LEAST_S = 0.05
_TOO_MANY_REQUESTS = 429


class ProviderUnavailable(Unavailable):
    """The provider is away, busy, or answers as it should not; `details.provider` names it."""


class Guard(Protocol):
    """The circuit of one provider; `worker_guard` is the runtime's."""

    async def admit(self, at: datetime) -> Admission:
        """Ask for one call; whoever is admitted reports how it went."""
        ...

    async def report(self, outcome: Outcome, at: datetime, wait_s: int = 0) -> None:
        """Take up how an admitted call went."""
        ...

    async def circuit(self) -> Circuit:
        """The circuit as it stands."""
        ...


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider: its name, the way to it, its circuit and its rules."""

    name: str
    web: Web
    guard: Guard
    rules: Rules

    async def send(self, outgoing: Outgoing, timeout_s: float) -> Answer:
        """Send a request that the circuit has admitted; how long it took and what came is logged.

        Raises:
            NoAnswer: no answer came in time.
        """
        started, status = time.perf_counter(), 0
        try:
            answer = await self.web.send(outgoing, timeout_s)
            status = answer.status
        finally:
            took_ms = round((time.perf_counter() - started) * 1000, 1)
            log("info", "provider called", provider=self.name, status=status, ms=took_ms)
        return answer

    def away(self) -> ProviderUnavailable:
        """The refusal of whoever asks something of it now."""
        return ProviderUnavailable("The provider is away.", provider=self.name)


def outcome_of(answer: Answer) -> Outcome:
    """What an answer says of the provider: a refusal of ours is no fault of theirs, but one of our key is."""
    if answer.status == _TOO_MANY_REQUESTS:
        return "throttled"
    return "failed" if answer.status >= 500 or answer.status in (401, 403) else "ok"


async def asked(provider: Provider, question: Outgoing, deadline: Deadline, at: datetime) -> Answer:
    """Ask something that changes nothing, again after a failure as often as rules and time allow.

    Raises:
        ProviderUnavailable: there was no answer of any use.
    """
    rules = provider.rules
    for tries in range(1, rules.tries + 1):
        answer = await _once(provider, question, deadline, at)
        if answer is not None:
            return answer
        wait_s = backoff_s(rules, tries, random.random())  # noqa: S311 - spreads load, guards nothing
        if tries == rules.tries or deadline.left_s < wait_s + _LEAST_S:
            break
        await asyncio.sleep(wait_s)
    raise provider.away()


async def _once(provider: Provider, question: Outgoing, deadline: Deadline, at: datetime) -> Answer | None:
    limit_s = min(provider.rules.timeout_s, deadline.left_s)
    if limit_s < _LEAST_S or not (await provider.guard.admit(at)).is_admitted:
        raise provider.away()
    try:
        answer = await provider.send(question, limit_s)
    except NoAnswer:
        # Who waited for less than the provider may take learned nothing of it.
        has_waited = limit_s == provider.rules.timeout_s
        await provider.guard.report("failed" if has_waited else "unused", at)
        return None
    outcome = outcome_of(answer)
    await provider.guard.report(outcome, at, answer.wait_s)
    if outcome == "throttled":
        raise provider.away()
    return answer if outcome == "ok" else None
