"""Deciding requests, on the real runtime."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.platform.auth.factories import make_person
from tests.platform.management.factories import (
    act,
    assert_error,
    grant,
    make_availability,
    make_employee,
    make_punch_fix,
    make_time_off,
    sent,
)

pytestmark = pytest.mark.runtime


def decide(platform, person, ticket, action="approved", **body):
    return act(platform, person, ticket, "decision", action=action, **body)


def make_hr(platform):
    person = make_person(platform)
    grant(platform, person, "management:hr-approve")
    return person


def test_the_manager_approves_time_off_in_one_step(platform):
    person = make_employee(platform, "usr_mia")
    ticket = sent(platform, person, "time_off_request", make_time_off())
    assert ticket["ticket_number"] in platform.get("/approvals", "usr_mia").text
    answer = decide(platform, "usr_mia", ticket)
    assert (answer.status_code, answer.json()["status"]) == (200, "approved")
    assert ticket["ticket_number"] not in platform.get("/approvals", "usr_mia").text
    assert_error(decide(platform, "usr_mia", answer.json()), 409, "ALREADY_DECIDED")


def test_nobody_approves_their_own_request(platform):
    """Worked example 8."""
    ticket = sent(platform, make_hr(platform), "punch_fix", make_punch_fix())
    assert_error(decide(platform, ticket["submitter_id"], ticket), 403, "SELF_APPROVAL")


def test_two_steps_take_two_people(platform):
    """Worked example 7, the steps, with the form of this app that has two."""
    boss = make_hr(platform)
    person = make_employee(platform, boss)
    ticket = sent(platform, person, "change_of_availability", make_availability())
    second = decide(platform, boss, ticket).json()
    assert (second["status"], second["approval_step"]) == ("pending_approval", 2)
    assert_error(decide(platform, boss, second), 403, "SAME_APPROVER")
    assert ticket["ticket_number"] not in platform.get("/approvals", boss).text
    assert decide(platform, make_hr(platform), second).json()["status"] == "approved"


def test_a_manager_does_not_decide_the_step_of_hr(platform):
    ticket = sent(platform, make_employee(platform, "usr_mia"), "punch_fix", make_punch_fix())
    assert_error(decide(platform, "usr_mia", ticket), 403, "FORBIDDEN")
    assert decide(platform, make_hr(platform), ticket).json()["status"] == "approved"


def test_denied_is_final(platform):
    """Worked example 10."""
    person = make_employee(platform, "usr_mia")
    ticket = sent(platform, person, "time_off_request", make_time_off())
    denied = decide(platform, "usr_mia", ticket, "denied", comments="Too many are away.").json()
    assert (denied["status"], denied["denial_reason"]) == ("denied", "Too many are away.")
    for status in ("approved", "cancelled", "pending_approval"):
        assert_error(act(platform, person, denied, "status", status=status), 409, "INVALID_TRANSITION")


def test_a_denial_says_why(platform):
    """Worked example 12."""
    ticket = sent(platform, make_employee(platform, "usr_mia"), "time_off_request", make_time_off())
    assert_error(decide(platform, "usr_mia", ticket, "denied", comments="No"), 422, "REASON_REQUIRED")


def test_a_question_goes_back_and_comes_again(platform):
    person = make_employee(platform, "usr_mia")
    ticket = sent(platform, person, "time_off_request", make_time_off())
    asked = decide(platform, "usr_mia", ticket, "info_requested", comments="Who covers for you?").json()
    assert asked["status"] == "info_requested"
    back = act(platform, person, asked, "status", status="pending_approval").json()
    assert (back["status"], back["approval_step"]) == ("pending_approval", 1)
    assert decide(platform, "usr_mia", back).json()["status"] == "approved"


def test_a_decision_on_an_older_version_is_a_conflict_and_leaves_no_trace(platform):
    person = make_employee(platform, "usr_mia")
    ticket = sent(platform, person, "time_off_request", make_time_off())
    answer = decide(platform, "usr_mia", ticket | {"version": 9})
    assert_error(answer, 409, "VERSION_CONFLICT")
    assert platform.rows("SELECT * FROM ticket_approvals WHERE ticket_id = ?", ticket["id"]) == []


def test_of_two_decisions_at_once_one_counts(platform):
    ticket = sent(platform, make_employee(platform), "punch_fix", make_punch_fix())
    deciders = [make_hr(platform) for _ in range(2)]
    for person in deciders:
        platform.sign_in(person)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda person: decide(platform, person, ticket), deciders))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    rows = platform.rows("SELECT action FROM ticket_approvals WHERE ticket_id = ?", ticket["id"])
    assert rows == [{"action": "approved"}]
