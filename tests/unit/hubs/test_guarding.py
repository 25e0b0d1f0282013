import asyncio
from datetime import UTC, datetime

import pytest

from ganger.clock import epoch_ms
from ganger.resilience import Circuit, Rules, admit, report
from ganger.rpc import Deadline
from service_workers.hubs.domain.web import Answer, NoAnswer, Outgoing
from service_workers.hubs.guarding import Provider, ProviderUnavailable, asked, outcome_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
QUESTION = Outgoing("GET", "https://ehr.example.test/fhir/Patient")
RULES = Rules(
    timeout_s=1, tries=3, backoff_s=0, backoff_max_s=0, opens_after=4, stays_open_s=30, calls_per_minute=600
)


class Kept:
    """A circuit in memory."""

    def __init__(self):
        self.held = Circuit()

    async def admit(self, at):
        self.held, admission = admit(self.held, RULES, epoch_ms(at))
        return admission

    async def report(self, outcome, at, wait_s=0):
        self.held = report(self.held, RULES, outcome, epoch_ms(at), wait_s * 1000)


class Answers:
    """A web that answers as it is told; None stands for no answer."""

    def __init__(self, *answers):
        self.left, self.waits = list(answers), []

    async def send(self, _outgoing, timeout_s):
        self.waits.append(timeout_s)
        answer = self.left.pop(0)
        if answer is None:
            raise NoAnswer
        return answer


def ask(web, guard=None, left_s=10.0):
    provider = Provider("ehr", web, guard or Kept(), RULES)
    return asyncio.run(asked(provider, QUESTION, Deadline.within(left_s), NOON))


def test_a_question_is_asked_again_until_there_is_an_answer():
    assert ask(Answers(None, Answer(503), Answer(200))).status == 200


def test_a_question_is_given_up_after_so_many_tries():
    web = Answers(None, None, None, Answer(200))
    with pytest.raises(ProviderUnavailable) as refused:
        ask(web)
    assert len(web.left) == 1
    assert refused.value.details == {"provider": "ehr"}


def test_no_request_waits_longer_than_the_caller_does():
    web = Answers(Answer(200))
    ask(web, left_s=0.5)
    assert 0 < web.waits[0] <= 0.5


def test_a_caller_in_a_hurry_says_nothing_of_the_provider():
    guard = Kept()
    with pytest.raises(ProviderUnavailable):
        ask(Answers(None, None, None), guard, left_s=0.5)
    with pytest.raises(ProviderUnavailable):
        ask(Answers(), guard, left_s=0.0)
    assert guard.held.failures == 0


def test_nothing_is_asked_while_the_circuit_is_open():
    guard, web = Kept(), Answers(None, None, None, None)
    for _ in range(2):
        with pytest.raises(ProviderUnavailable):
            ask(web, guard)
    assert (guard.held.state, web.left) == ("open", [])
    with pytest.raises(ProviderUnavailable):
        ask(Answers(), guard)


def test_a_busy_provider_is_not_asked_again_at_once():
    guard = Kept()
    with pytest.raises(ProviderUnavailable):
        ask(Answers(Answer(429, headers={"retry-after": "7"})), guard)
    assert (guard.held.state, guard.held.paused_until_ms) == ("closed", epoch_ms(NOON) + 7000)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, "ok"),
        (404, "ok"),
        (400, "ok"),
        (401, "failed"),
        (403, "failed"),
        (429, "throttled"),
        (500, "failed"),
    ],
)
def test_what_an_answer_says_of_the_provider(status, outcome):
    assert outcome_of(Answer(status)) == outcome


def test_a_wait_is_bounded_and_a_minute_where_none_is_given():
    assert Answer(429, headers={"retry-after": "999999"}).wait_s == 3600
    assert Answer(429, headers={"retry-after": "Mon, 02 Mar 2026 12:00:00 GMT"}).wait_s == 60
