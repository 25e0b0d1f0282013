"""Making, seeing and changing requests, on the real runtime."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.platform.auth.factories import make_person
from tests.platform.management.factories import (
    act,
    assert_error,
    day,
    make_availability,
    make_employee,
    make_punch_fix,
    make_support,
    make_time_off,
    send,
    sent,
)

pytestmark = pytest.mark.runtime


def rows_of(platform, table, ticket):
    column = "record_id" if table == "audit_logs" else "ticket_id"
    return platform.rows(f"SELECT * FROM {table} WHERE {column} = ? ORDER BY id", ticket["id"])  # noqa: S608


def test_urgent_support_request_is_open_and_high(platform):
    """Worked example 1."""
    ticket = sent(platform, "usr_pat", "support_ticket", make_support(urgent=True))
    assert re.fullmatch(r"\d\d-\d{6}", ticket["ticket_number"])
    assert (ticket["priority"], ticket["status"], ticket["version"]) == ("high", "open", 1)
    assert ticket["title"] == "IT – Any location"
    (audit,) = rows_of(platform, "audit_logs", ticket)
    assert (audit["action"], audit["user_id"]) == ("management:create-request", "usr_pat")
    assert json.loads(audit["fields_json"]) == {"form_type": "support_ticket", "status": "open"}


def test_numbers_of_requests_sent_at_once_follow_each_other(platform):
    platform.sign_in("usr_pat")
    with ThreadPoolExecutor(4) as pool:
        tickets = list(
            pool.map(lambda _: sent(platform, "usr_pat", "support_ticket", make_support()), range(4))
        )
    numbers = sorted(int(ticket["ticket_number"][3:]) for ticket in tickets)
    assert numbers == list(range(numbers[0], numbers[0] + 4))


def test_the_same_key_again_changes_nothing(platform):
    first = send(platform, "usr_pat", "support_ticket", make_support(), "once-only").json()
    again = send(platform, "usr_pat", "support_ticket", make_support(), "once-only")
    assert again.json()["ticket_number"] == first["ticket_number"]
    other = send(platform, "usr_pat", "support_ticket", make_support(urgent=True), "once-only")
    assert_error(other, 409, "REQUEST_REUSED")


def test_the_same_key_again_for_time_off_is_no_overlap(platform):
    person = make_employee(platform)
    first = send(platform, person, "time_off_request", make_time_off(), "leave-once").json()
    again = send(platform, person, "time_off_request", make_time_off(), "leave-once")
    assert again.json()["ticket_number"] == first["ticket_number"]


def test_a_request_without_a_key_is_refused(platform):
    answer = platform.post(
        "/api/v1/tickets", "usr_pat", json={"form_type": "support_ticket", "form_data": make_support()}
    )
    assert_error(answer, 400, "BAD_REQUEST")


def test_vacation_without_notice_is_refused_and_sick_leave_is_not(platform):
    """Worked example 4."""
    person = make_employee(platform)
    short = make_time_off(start_date=day(1), end_date=day(1))
    assert_error(send(platform, person, "time_off_request", short), 422, "NOTICE_TOO_SHORT")
    sick = sent(platform, person, "time_off_request", short | {"leave_type": "sick"})
    assert sick["status"] == "pending_approval"


def test_time_off_that_overlaps_is_refused_until_the_first_is_cancelled(platform):
    """Worked example 5."""
    person = make_employee(platform)
    first = sent(platform, person, "time_off_request", make_time_off())
    second = make_time_off(start_date=day(34), end_date=day(35))
    assert_error(send(platform, person, "time_off_request", second), 409, "TIME_OFF_OVERLAP")
    assert act(platform, person, first, "status", status="cancelled").status_code == 200
    sent(platform, person, "time_off_request", second)


def test_punch_fix_needs_its_times_and_stands_once_a_date(platform):
    """Worked example 6."""
    person = make_employee(platform)
    both = make_punch_fix(punch_type="missed_both")
    details = assert_error(send(platform, person, "punch_fix", both), 400, "VALIDATION_ERROR")
    assert list(details["fields"]) == ["out_time"]
    early = make_punch_fix(date=day(-15))
    assert_error(send(platform, person, "punch_fix", early), 422, "DATE_OUT_OF_RANGE")
    assert sent(platform, person, "punch_fix", make_punch_fix(date=day(-14)))["priority"] == "high"
    again = send(platform, person, "punch_fix", make_punch_fix(date=day(-14)))
    assert_error(again, 409, "DUPLICATE_PUNCH_FIX")


def test_a_manager_sends_a_punch_fix_for_somebody_and_staff_do_not(platform):
    person = make_employee(platform, "usr_mia")
    form = make_punch_fix(employee_id=person)
    ticket = sent(platform, "usr_mia", "punch_fix", form)
    assert (ticket["submitter_id"], ticket["subject_user_id"]) == ("usr_mia", person)
    assert platform.get(f"/requests/{ticket['ticket_number']}", person).status_code == 200
    assert_error(send(platform, "usr_pat", "punch_fix", form), 400, "VALIDATION_ERROR")


def test_availability_needs_14_days_and_has_two_steps(platform):
    """Worked example 13."""
    person = make_employee(platform)
    early = make_availability(effective_date=day(13))
    assert_error(send(platform, person, "change_of_availability", early), 422, "NOTICE_TOO_SHORT")
    ticket = sent(platform, person, "change_of_availability", make_availability(effective_date=day(14)))
    assert (ticket["approval_step"], ticket["approval_steps"]) == (1, 2)


def test_a_colleagues_time_off_does_not_exist(platform):
    """Worked example 9."""
    ticket = sent(platform, make_employee(platform, "usr_mia"), "time_off_request", make_time_off())
    for path in ("/requests/{}", "/requests/{}/edit", "/api/v1/tickets/{}"):
        assert platform.get(path.format(ticket["ticket_number"]), "usr_pat").status_code == 404
    assert_error(act(platform, "usr_pat", ticket, "status", status="cancelled"), 404, "NOT_FOUND")
    said = platform.post(
        f"/api/v1/tickets/{ticket['ticket_number']}/comments", "usr_pat", json={"content": "x"}
    )
    assert said.status_code == 404


def test_a_manager_of_no_kin_does_not_see_time_off_but_support_of_the_location(platform):
    person = make_employee(platform, "usr_sam")
    leave = sent(platform, person, "time_off_request", make_time_off())
    support = sent(platform, person, "support_ticket", make_support())
    assert platform.get(f"/requests/{leave['ticket_number']}", "usr_mia").status_code == 404
    assert platform.get(f"/requests/{support['ticket_number']}", "usr_mia").status_code == 200
    assert platform.get(f"/requests/{support['ticket_number']}", "usr_pat").status_code == 404


def test_a_request_at_a_location_that_is_not_theirs_is_not_found(platform):
    answer = send(platform, "usr_wes", "support_ticket", make_support(location_id="loc_aa"))
    assert_error(answer, 404, "NOT_FOUND")


def test_the_second_of_two_assignments_of_one_version_is_a_conflict(platform):
    """Worked example 11."""
    ticket = sent(platform, "usr_pat", "support_ticket", make_support())
    first = act(platform, "usr_mia", ticket, "assign", user_id="usr_wes")
    assert (first.status_code, first.json()["version"], first.json()["assigned_to"]) == (200, 2, "usr_wes")
    second = act(platform, "usr_max", ticket, "assign", user_id="usr_fay")
    assert assert_error(second, 409, "VERSION_CONFLICT")["current"]["version"] == 2
    # Whoever it is assigned to sees it and works on it.
    moved = act(platform, "usr_wes", first.json(), "status", status="in_progress")
    assert moved.json()["status"] == "in_progress"


def test_nobody_inactive_is_assigned_and_staff_assign_nobody(platform):
    ticket = sent(platform, "usr_pat", "support_ticket", make_support())
    assert_error(act(platform, "usr_mia", ticket, "assign", user_id="usr_ina"), 422, "ASSIGNEE_INACTIVE")
    assert_error(act(platform, "usr_pat", ticket, "assign", user_id="usr_wes"), 403, "FORBIDDEN")


def test_a_completed_request_is_opened_again_by_its_submitter(platform):
    ticket = sent(platform, "usr_pat", "support_ticket", make_support())
    done = act(platform, "usr_mia", ticket, "status", status="completed").json()
    assert done["completed_at"]
    reopened = act(platform, "usr_pat", done, "status", status="open").json()
    assert (reopened["status"], reopened["completed_at"]) == ("open", None)
    kinds = [row["kind"] for row in rows_of(platform, "ticket_comments", ticket)]
    assert kinds == ["system", "status_change", "status_change"]
    assert len(rows_of(platform, "audit_logs", ticket)) == 3


def test_internal_comments_are_for_those_who_work_on_it(platform):
    person = make_person(platform)
    ticket = sent(platform, person, "support_ticket", make_support())
    path = f"/api/v1/tickets/{ticket['ticket_number']}"
    for content, internal in (("Seen by all", False), ("Seen by few", True)):
        body = {"content": content, "is_internal": internal}
        assert platform.post(f"{path}/comments", "usr_mia", json=body).status_code == 201
    assert "Seen by few" in platform.get(path, "usr_mia").text
    shown = platform.get(path, person).text
    assert "Seen by all" in shown
    assert "Seen by few" not in shown
    refused = platform.post(f"{path}/comments", person, json={"content": "x", "is_internal": True})
    assert_error(refused, 403, "FORBIDDEN")


def test_the_list_holds_own_requests_alone_and_filters(platform):
    person = make_employee(platform, "usr_mia")
    leave = sent(platform, person, "time_off_request", make_time_off())
    support = sent(platform, person, "support_ticket", make_support())
    body = platform.get("/api/v1/tickets", person).json()
    assert [each["id"] for each in body["items"]] == [support["id"], leave["id"]]
    assert (body["total"], body["page"]) == (2, 1)
    filtered = platform.get("/api/v1/tickets?status=open&form_type=support_ticket", person).json()
    assert [each["id"] for each in filtered["items"]] == [support["id"]]


def numbers_in(platform, person, **query):
    body = platform.get("/api/v1/tickets", person, params={"limit": 100} | query).json()
    return {each["ticket_number"] for each in body["items"]}


def test_the_queue_holds_what_a_person_may_work_on(platform):
    ticket = sent(platform, "usr_pat", "support_ticket", make_support())
    number = ticket["ticket_number"]
    assert number in numbers_in(platform, "usr_max", scope="unassigned")
    assert number not in numbers_in(platform, "usr_pat", scope="all")
    worker = make_person(platform)
    assigned = act(platform, "usr_max", ticket, "assign", user_id=worker).json()
    assert number not in numbers_in(platform, "usr_max", scope="unassigned")
    assert numbers_in(platform, worker, scope="assigned") == {number}
    assert number in platform.get("/queue", worker).text
    assert act(platform, worker, assigned, "status", status="completed").status_code == 200
    assert numbers_in(platform, worker, scope="all") == set()


def test_the_queue_of_a_location_is_for_its_people(platform):
    wixom = make_person(platform, home="loc_wx")
    ticket = sent(platform, wixom, "support_ticket", make_support(location_id="loc_wx"))
    assert ticket["ticket_number"] in numbers_in(platform, "usr_max", scope="all")
    assert numbers_in(platform, make_person(platform), scope="all") == set()
