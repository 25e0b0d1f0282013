"""Notifications: who gets which, and what their owner does with them, on the real runtime."""

from uuid import uuid4

import pytest

from tests.platform.auth.factories import make_person
from tests.platform.management.factories import (
    act,
    assert_error,
    comment,
    grant,
    make_availability,
    make_employee,
    make_support,
    make_time_off,
    notifications_of,
    send,
    sent,
)

pytestmark = pytest.mark.runtime


def titles(platform, person):
    return [each["title"] for each in notifications_of(platform, person)]


def test_a_new_request_asks_its_approver_once_however_often_it_is_sent(platform):
    boss = make_person(platform)
    person = make_employee(platform, boss)
    for _ in range(2):
        answer = send(platform, person, "time_off_request", make_time_off(), "once-told")
    number = answer.json()["ticket_number"]
    (told,) = notifications_of(platform, boss)
    assert told["title"] == f"Time off {number}: your decision is wanted"
    assert (told["link"], told["app_key"], told["read_at"]) == (f"/requests/{number}", "management", None)
    assert titles(platform, person) == []


def test_a_refused_request_tells_nobody(platform):
    boss = make_person(platform)
    person = make_employee(platform, boss)
    sent(platform, person, "time_off_request", make_time_off())
    assert_error(send(platform, person, "time_off_request", make_time_off()), 409, "TIME_OFF_OVERLAP")
    assert len(titles(platform, boss)) == 1


def test_each_step_asks_its_own_approvers_and_tells_the_submitter(platform):
    boss, hr = make_person(platform), make_person(platform)
    grant(platform, hr, "management:hr-approve")
    person = make_employee(platform, boss)
    ticket = sent(platform, person, "change_of_availability", make_availability())
    name = f"Change of availability {ticket['ticket_number']}"
    assert titles(platform, hr) == []
    ticket = act(platform, boss, ticket, "decision", action="approved").json()
    assert titles(platform, hr) == [f"{name}: your decision is wanted"]
    act(platform, hr, ticket, "decision", action="approved")
    assert titles(platform, person) == [f"{name}: approved", f"{name}: step 1 approved"]
    assert titles(platform, boss) == [f"{name}: your decision is wanted"]


def test_an_outdated_change_tells_nobody(platform):
    person, worker = make_person(platform), make_person(platform)
    ticket = sent(platform, person, "support_ticket", make_support())
    act(platform, "usr_mia", ticket, "status", status="in_progress")
    assert_error(act(platform, "usr_mia", ticket, "assign", user_id=worker), 409, "VERSION_CONFLICT")
    assert titles(platform, worker) == []
    assert titles(platform, person) == [f"Support {ticket['ticket_number']}: in progress"]


def test_a_comment_reaches_those_who_take_part_and_an_internal_one_fewer(platform):
    person, worker = make_person(platform), make_person(platform)
    ticket = sent(platform, person, "support_ticket", make_support())
    act(platform, "usr_mia", ticket, "assign", user_id=worker)
    assert comment(platform, "usr_mia", ticket, "For all of you.").status_code == 201
    assert comment(platform, "usr_mia", ticket, "For few.", is_internal=True).status_code == 201
    name = f"Support {ticket['ticket_number']}"
    assert titles(platform, person) == [f"{name}: new comment"]
    assert titles(platform, worker)[:2] == [f"{name}: new internal comment", f"{name}: new comment"]
    assert all("For" not in title for title in titles(platform, worker))


def test_mentions_reach_only_those_who_may_see_the_request(platform):
    person = make_person(platform)
    ticket = sent(platform, person, "support_ticket", make_support())
    before = len(titles(platform, "usr_fay"))
    said = comment(platform, person, ticket, "@Max Mockup and @Fay Fiction, please", mentions=["usr_mia"])
    assert said.status_code == 201
    link = f"/requests/{ticket['ticket_number']}#entry-{said.json()['id']}"
    for manager in ("usr_max", "usr_mia"):
        (told,) = [each["title"] for each in notifications_of(platform, manager) if each["link"] == link]
        assert told == f"Support {ticket['ticket_number']}: you are mentioned"
    assert len(titles(platform, "usr_fay")) == before


def listed(platform, person, **query):
    return platform.get("/api/v1/notifications", person, params=query).json()


def unread(platform, person):
    return platform.get("/api/v1/notifications/unread", person).json()["unread"]


def make_told(platform, count=3):
    """A person with notifications."""
    person = make_person(platform)
    for number in range(count):
        platform.run(
            "INSERT INTO notifications (id, user_id, app_key, title, link, created_at)"
            " VALUES (?, ?, 'test', ?, '/', ?)",
            uuid4().hex, person, f"Told {number}", f"2026-01-01T00:00:0{number}.000Z",
        )  # fmt: skip
    return person


def test_unread_ones_come_first_and_are_counted(platform):
    person = make_told(platform)
    newest, middle, _ = listed(platform, person)["items"]
    assert newest["title"] == "Told 2"
    for _ in range(2):
        answer = platform.post(f"/api/v1/notifications/{newest['id']}/read", person)
        assert answer.json() == {"unread": 2}
    body = listed(platform, person, limit=2)
    assert [each["title"] for each in body["items"]] == ["Told 1", "Told 0"]
    assert (body["total"], body["limit"], unread(platform, person)) == (3, 2, 2)
    rest = listed(platform, person, limit=2, page=2)["items"]
    assert [(each["id"], each["read_at"] is None) for each in rest] == [(newest["id"], False)]
    assert listed(platform, person, unread="true")["items"][0]["id"] == middle["id"]
    assert platform.post("/api/v1/notifications/read", person).json() == {"unread": 0}
    assert listed(platform, person, unread="true") == {"items": [], "page": 1, "limit": 50, "total": 0}


def test_nobody_reads_or_marks_what_is_anothers(platform):
    person, other = make_told(platform), make_person(platform)
    (first, *_) = listed(platform, person)["items"]
    assert listed(platform, other)["total"] == 0
    platform.post(f"/api/v1/notifications/{first['id']}/read", other)
    platform.post("/api/v1/notifications/read", other)
    assert unread(platform, person) == 3


def test_the_page_works_without_script(platform):
    person = make_told(platform, 2)
    page = platform.get("/notifications", person)
    assert "2 unread" in page.text
    (first, *_) = listed(platform, person)["items"]
    answer = platform.post(f"/notifications/{first['id']}/read", person)
    assert (answer.status_code, answer.headers["location"]) == (303, "/notifications")
    assert "1 unread" in platform.get("/notifications", person).text
    assert platform.post("/notifications/read", person).status_code == 303
    assert "0 unread" in platform.get("/notifications", person).text
    assert "No notifications" in platform.get("/notifications", make_person(platform)).text
    assert "Nothing new" in platform.get("/notifications?unread=true", person).text
