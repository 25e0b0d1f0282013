"""The pages of requests without script, on the real runtime."""

import re

import pytest

from tests.platform.management.factories import (
    act,
    assert_error,
    day,
    make_employee,
    make_idea,
    make_support,
    make_time_off,
    sent,
)

pytestmark = pytest.mark.runtime


def hidden(page):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))


def form_of(platform, person, path):
    page = platform.get(path, person)
    assert page.status_code == 200, page.text
    return hidden(page)


FORMS = {
    "support_ticket": {"request_type": "it", "urgent": "on", "details": "The test screen stays dark."},
    "impact_filter": make_idea(),
}


@pytest.mark.parametrize("form_type", FORMS)
def test_a_sent_form_leads_to_the_request(platform, form_type):
    path = f"/requests/new/{form_type}"
    answer = platform.post(path, "usr_pat", data=form_of(platform, "usr_pat", path) | FORMS[form_type])
    assert answer.status_code == 303, answer.text
    page = platform.get(answer.headers["location"], "usr_pat")
    assert "What was asked" in page.text


def test_meeting_and_availability_are_read_from_their_many_controls(platform):
    person = make_employee(platform, "usr_mia")
    meeting = {
        "meeting_type": "team",
        "title": "Test meeting",
        "purpose": "Talk about the tests.",
        "duration_minutes": "30",
        "option_date_1": day(3),
        "option_start_1": "09:00",
        "person_usr_fay": "on",
    }
    availability = {
        "direction": "decreasing",
        "employment_type": "part_time",
        "effective_date": day(20),
        "affected_tue": "on",
        "start_tue": "08:00",
        "end_tue": "12:00",
        "affected_sun": "on",
        "reason": "A course on Tuesdays.",
    }
    for form_type, fields in (("meeting_request", meeting), ("change_of_availability", availability)):
        path = f"/requests/new/{form_type}"
        answer = platform.post(path, person, data=form_of(platform, person, path) | fields)
        assert answer.status_code == 303, answer.text
    found = {row["form_type"]: row for row in platform.get("/api/v1/tickets", person).json()["items"]}
    assert found["meeting_request"]["form_data"]["participant_ids"] == ["usr_fay"]
    slots = found["change_of_availability"]["form_data"]["slots"]
    assert [(slot["day"], slot["available"]) for slot in slots] == [("tue", True), ("sun", False)]


def test_a_wrong_form_is_explained_and_what_was_typed_stays(platform):
    path = "/requests/new/support_ticket"
    fields = form_of(platform, "usr_pat", path) | {"request_type": "it", "details": "short"}
    page = platform.post(path, "usr_pat", data=fields)
    assert page.status_code == 400
    assert 'href="#form-details"' in page.text
    assert "Details must have at least 10 characters" in page.text
    assert ">\nshort</textarea>" in page.text


def test_an_outdated_edit_comes_back_with_what_was_typed_and_can_be_saved(platform):
    person = make_employee(platform, "usr_mia")
    ticket = sent(platform, person, "support_ticket", make_support())
    path = f"/requests/{ticket['ticket_number']}/edit"
    fields = form_of(platform, person, path) | {"request_type": "it", "details": "What was typed later."}
    assert act(platform, "usr_mia", ticket, "assign", user_id="usr_wes").status_code == 200
    page = platform.post(path, person, data=fields)
    assert page.status_code == 409
    assert "What was typed later." in page.text
    again = platform.post(path, person, data=fields | hidden(page))
    assert again.status_code == 303
    assert "What was typed later." in platform.get(f"/requests/{ticket['ticket_number']}", person).text


def test_an_edit_of_time_off_that_was_decided_is_refused(platform):
    person = make_employee(platform, "usr_mia")
    ticket = sent(platform, person, "time_off_request", make_time_off())
    assert platform.get(f"/requests/{ticket['ticket_number']}/edit", person).status_code == 200
    act(platform, "usr_mia", ticket, "decision", action="approved")
    assert platform.get(f"/requests/{ticket['ticket_number']}/edit", person).status_code == 404
    body = {"version": 2, "form_data": make_time_off()}
    answer = platform.request("PATCH", f"/api/v1/tickets/{ticket['ticket_number']}", person, json=body)
    assert_error(answer, 409, "NOT_EDITABLE")


def test_a_program_changes_the_form(platform):
    person = make_employee(platform, "usr_mia")
    ticket = sent(platform, person, "time_off_request", make_time_off())
    body = {"version": 1, "form_data": make_time_off(end_date=day(35))}
    answer = platform.request("PATCH", f"/api/v1/tickets/{ticket['ticket_number']}", person, json=body)
    assert (answer.status_code, answer.json()["version"]) == (200, 2), answer.text
    assert answer.json()["form_data"]["end_date"] == day(35)


def test_a_decision_by_the_page(platform):
    person = make_employee(platform, "usr_mia")
    ticket = sent(platform, person, "time_off_request", make_time_off())
    path = f"/requests/{ticket['ticket_number']}"
    fields = {"version": "1", "action": "denied", "comments": "Too short"}
    page = platform.post(f"{path}/decision", "usr_mia", data=fields)
    assert page.status_code == 422
    assert "Too short</textarea>" in page.text
    done = platform.post(f"{path}/decision", "usr_mia", data={"version": "1", "action": "approved"})
    assert (done.status_code, done.headers["location"]) == (303, path)


def test_the_launcher_shows_open_requests_and_decisions(platform):
    person = make_employee(platform, "usr_mia")
    ticket = sent(platform, person, "time_off_request", make_time_off())
    main = platform.get("/", person).text
    assert "My open requests" in main
    assert ticket["title"] in main
    assert "Waiting for my decision" in platform.get("/", "usr_mia").text


def test_the_pages_of_forms_and_lists(platform):
    lists = ("/requests", "/requests?status=open", "/requests/new", "/approvals", "/queue")
    for path in (*lists, "/calendar", "/calendar?month=2026-04&location_id=loc_aa", "/reports"):
        assert platform.get(path, "usr_mia").status_code == 200
    assert platform.get("/requests/new/holiday", "usr_mia").status_code == 404
