"""Messages and calls while a part between an app, the hubs and their queue is cut off or slow."""

from datetime import timedelta

import pytest

from tests.harness import calls

pytestmark = pytest.mark.runtime

SLOW = {"kind": "slow", "ms": 25_000}
CUT = {"kind": "cut"}
PATIENT = {"mrn": "10000001"}


@pytest.mark.parametrize("fault", [CUT, SLOW], ids=["cut", "slow"])
def test_a_message_is_kept_while_the_queue_is_away_and_sent_by_the_next_minute(hubs, fault):
    hubs.local.break_ways({"hubs>OUTBOX": fault})
    kept = hubs.send()
    assert (kept["status"], hubs.states(kept["message_id"])) == ("queued", ["queued"])
    hubs.local.break_ways({})
    hubs.run(timedelta(minutes=2))
    hubs.until(lambda: hubs.states(kept["message_id"]) == ["sent"])


@pytest.mark.parametrize(
    ("fault", "code"), [(CUT, "UNAVAILABLE"), (SLOW, "DEADLINE_EXCEEDED")], ids=["cut", "slow"]
)
def test_an_app_learns_within_its_deadline_that_the_hubs_are_away(hubs, fault, code):
    hubs.local.break_ways({"showcase>HUBS_COMMUNICATION": fault})
    refusal = calls.ask(hubs.app, "Communication", "consents_of", PATIENT, within_s=0.5)
    assert refusal["refused"] == code
    hubs.local.break_ways({})
    assert "refused" not in hubs.call("consents_of", PATIENT)


def test_without_their_database_the_hubs_say_so(hubs):
    hubs.local.break_ways({"hubs>DB": CUT})
    assert hubs.call("consents_of", PATIENT)["refused"] == "DATABASE_UNAVAILABLE"
