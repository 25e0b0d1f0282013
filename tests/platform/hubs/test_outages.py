"""Messages while a provider fails, and when it returns. Time passes by the instants of the cron."""

from datetime import timedelta

import pytest

from tools.local.providers import Fault

pytestmark = pytest.mark.runtime


def copies(service, message_ids, hubs):
    """How often the provider took each message; a text is told apart by the link in it."""
    rows = hubs.rows("SELECT id, key FROM hub_messages")
    links = {row["id"]: str(row["key"]).replace("packet-", "token") for row in rows}
    return [sum(links[message_id] in each.text for each in service.taken) for message_id in message_ids]


def recovered(hubs, message_ids, after):
    """Fire the minute's cron until all is sent; how many minutes that took."""
    for minute in range(1, 40):
        hubs.run(after + timedelta(minutes=minute))
        if set(hubs.states(*message_ids)) <= {"sent", "delivered"}:
            return minute
    raise AssertionError(hubs.states(*message_ids))


def test_ten_minutes_without_the_provider_and_then_each_message_once(hubs):
    sms = hubs.providers.sms
    sms.fault = Fault.FAILS
    first = [hubs.send()["message_id"] for _ in range(6)]
    hubs.until(lambda: hubs.health()["sms"]["state"] == "open")
    # Whoever asks now learns at once that it will take a while, and the provider is left alone.
    late = hubs.send()
    assert (late["status"], late["is_delayed"]) == ("queued", True)
    asked_until_now = sms.asked
    for minute in range(1, 11):
        hubs.run(timedelta(minutes=minute))
    assert 0 < sms.asked - asked_until_now <= 10 * 2
    assert hubs.health()["sms"]["refusals"] > 0
    alert = (
        "SELECT count(*) AS count FROM notifications WHERE app_key = 'hubs' AND title LIKE 'Text messages%'"
    )
    superadmins = "SELECT count(*) AS count FROM user_roles WHERE role = 'superadmin'"
    assert hubs.rows(alert) == hubs.rows(superadmins)  # each was told once
    message_ids = [*first, late["message_id"]]
    assert copies(sms, message_ids, hubs) == [0] * 7
    sms.recover()
    assert recovered(hubs, message_ids, timedelta(minutes=10)) <= 20
    assert copies(sms, message_ids, hubs) == [1] * 7
    assert hubs.health()["sms"]["state"] == "closed"


@pytest.mark.parametrize("fault", [Fault.HANGS, Fault.FAILS_LATE])
@pytest.mark.parametrize("channel", ["sms", "email"])
def test_a_message_that_was_taken_without_an_answer_is_looked_for_and_not_sent_again(hubs, fault, channel):
    service = hubs.providers.sms if channel == "sms" else hubs.providers.email
    service.fault = fault
    to = {} if channel == "sms" else {"to": f"pat-{fault.name.lower()}@example.test"}
    message_id = hubs.send(**to)["message_id"]
    hubs.until(lambda: hubs.states(message_id) == ["uncertain"])
    service.recover()
    recovered(hubs, [message_id], timedelta(minutes=40))
    assert copies(service, [message_id], hubs) == [1]


def test_a_provider_that_asks_for_patience_gets_it(hubs):
    sms = hubs.providers.sms
    sms.fault = Fault.THROTTLES
    message_id = hubs.send()["message_id"]
    hubs.until(lambda: sms.asked > 0 and hubs.states(message_id) == ["queued"])
    assert hubs.health()["sms"]["state"] == "closed"
    sms.recover()
    recovered(hubs, [message_id], timedelta(minutes=80))
    assert copies(sms, [message_id], hubs) == [1]


def test_what_still_waits_can_be_taken_back_or_ends_by_itself(hubs):
    sms = hubs.providers.sms
    sms.fault = Fault.REFUSES
    withdrawn, forgotten = hubs.send()["message_id"], hubs.send(expires_in_s=600)["message_id"]
    hubs.until(lambda: hubs.states(withdrawn, forgotten) == ["queued", "queued"] and sms.asked > 1)
    cancelled = hubs.call("cancel_message", {"message_id": withdrawn})
    assert cancelled["status"] == "cancelled"
    sms.recover()
    hubs.run(timedelta(minutes=120))
    assert hubs.states(withdrawn, forgotten) == ["cancelled", "failed"]
    assert hubs.call("message_state", {"message_id": forgotten})["failure"] == "EXPIRED"
    assert copies(sms, [withdrawn, forgotten], hubs) == [0, 0]
