"""What the portal does by the clock, on the real runtime: each job twice, as a cron may fire."""

import json
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from ganger.clock import CLINIC_ZONE, clinic_date, iso_utc
from tests.platform.auth.factories import make_person
from tests.platform.management.factories import (
    act,
    day,
    grant,
    make_employee,
    make_meeting,
    make_support,
    make_time_off,
    notifications_of,
    sent,
)

pytestmark = pytest.mark.runtime

ZONE = ZoneInfo(CLINIC_ZONE)
HOUR, NIGHT = "0 * * * *", "10 4,5 * * *"


def fire_twice(platform, cron, at):
    for _ in range(2):
        assert platform.local.scheduled("management", cron, at) == "ok"


def night():
    """The last time that it was ten past midnight."""
    return datetime.combine(clinic_date(datetime.now(UTC)), time(0, 10), ZONE).astimezone(UTC)


def an_hour():
    """An hour early enough for the same of the next day to lie behind us too."""
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=25)


def make_old(platform, ticket, **columns):
    names = ", ".join(f"{name} = ?" for name in columns)
    platform.run(f"UPDATE tickets SET {names} WHERE id = ?", *columns.values(), ticket["id"])  # noqa: S608


def status_of(platform, ticket):
    (row,) = platform.rows("SELECT status, completed_at FROM tickets WHERE id = ?", ticket["id"])
    return row["status"]


def audited(platform, ticket):
    return platform.rows(
        "SELECT action, user_id, fields_json FROM audit_logs WHERE record_id = ? AND user_id = 'system'",
        ticket["id"],
    )


def test_what_is_overdue_is_told_to_the_assignee_once_in_24_hours(platform):
    worker, at = make_person(platform), an_hour()
    ticket = act(
        platform,
        "usr_mia",
        sent(platform, "usr_pat", "support_ticket", make_support()),
        "assign",
        user_id=worker,
    ).json()
    make_old(platform, ticket, due_at=iso_utc(at - timedelta(hours=1)))
    fire_twice(platform, HOUR, at)
    fire_twice(platform, HOUR, at + timedelta(hours=1))
    number = ticket["ticket_number"]
    told = [f"Support {number}: assigned to you", f"Support {number}: overdue"]
    assert [each["title"] for each in notifications_of(platform, worker)] == told
    (audit,) = audited(platform, ticket)
    assert audit["action"] == "management:remind"
    assert json.loads(audit["fields_json"]) == {"reminder": "overdue", "people": 1}
    fire_twice(platform, HOUR, at + timedelta(hours=24))
    assert len(audited(platform, ticket)) == 2


def test_overdue_support_that_nobody_has_is_told_to_managers_and_a_meeting_to_nobody(platform):
    manager, at = make_person(platform, "manager"), an_hour()
    ticket = sent(platform, "usr_pat", "support_ticket", make_support())
    meeting = sent(platform, "usr_pat", "meeting_request", make_meeting())
    for each in (ticket, meeting):
        make_old(platform, each, due_at=iso_utc(at - timedelta(hours=1)))
    fire_twice(platform, HOUR, at)
    titles = [each["title"] for each in notifications_of(platform, manager)]
    assert titles.count(f"Support {ticket['ticket_number']}: overdue") == 1
    assert not any(meeting["ticket_number"] in title for title in titles)


def test_ended_time_off_is_completed_and_tomorrows_is_not(platform):
    person, later = make_employee(platform, "usr_mia"), make_employee(platform, "usr_mia")
    tickets = []
    for who in (person, later):
        ticket = sent(platform, who, "time_off_request", make_time_off())
        tickets.append(act(platform, "usr_mia", ticket, "decision", action="approved").json())
    for ticket, last in zip(tickets, (day(-1), day(0)), strict=True):
        form = ticket["form_data"] | {"start_date": day(-3), "end_date": last}
        make_old(platform, ticket, form_data=json.dumps(form))
    fire_twice(platform, NIGHT, night())
    assert [status_of(platform, ticket) for ticket in tickets] == ["completed", "approved"]
    (audit,) = audited(platform, tickets[0])
    assert audit["action"] == "management:status-change"
    entries = platform.rows(
        "SELECT author_id, content FROM ticket_comments WHERE ticket_id = ? AND new_status = 'completed'",
        tickets[0]["id"],
    )
    assert entries == [{"author_id": None, "content": "Completed"}]
    assert "System" in platform.get(f"/requests/{tickets[0]['ticket_number']}", person).text


def test_a_question_without_an_answer_ends_the_request_after_14_days(platform):
    at = night()
    tickets = []
    for days in (15, 13):
        person = make_employee(platform, "usr_mia")
        ticket = sent(platform, person, "time_off_request", make_time_off())
        asked = act(platform, "usr_mia", ticket, "decision", action="info_requested", comments="Which days?")
        tickets.append(asked.json())
        make_old(platform, ticket, created_at=iso_utc(at - timedelta(days=20)))
        platform.run(
            "UPDATE ticket_comments SET created_at = ? WHERE ticket_id = ?",
            iso_utc(at - timedelta(days=days)), ticket["id"],
        )  # fmt: skip
    fire_twice(platform, NIGHT, at)
    assert [status_of(platform, ticket) for ticket in tickets] == ["cancelled", "info_requested"]
    assert len(audited(platform, tickets[0])) == 1


def test_what_has_stalled_for_14_days_is_brought_to_mind(platform):
    worker, at = make_person(platform), night()
    ticket = sent(platform, "usr_pat", "support_ticket", make_support())
    ticket = act(platform, "usr_mia", ticket, "assign", user_id=worker).json()
    act(platform, worker, ticket, "status", status="stalled")
    make_old(platform, ticket, created_at=iso_utc(at - timedelta(days=20)))
    fire_twice(platform, NIGHT, at)
    assert len(notifications_of(platform, worker)) == 1  # it stalled just now
    platform.run(
        "UPDATE ticket_comments SET created_at = ? WHERE ticket_id = ?",
        iso_utc(at - timedelta(days=14)), ticket["id"],
    )  # fmt: skip
    fire_twice(platform, NIGHT, at)
    titles = [each["title"] for each in notifications_of(platform, worker)]
    assert titles.count(f"Support {ticket['ticket_number']}: stalled for 14 days") == 1


def test_each_approver_learns_in_the_morning_what_waits_for_them(platform):
    boss, hr = make_person(platform), make_person(platform)
    grant(platform, hr, "management:hr-approve")
    for _ in range(2):
        sent(platform, make_employee(platform, boss), "time_off_request", make_time_off())
    today = clinic_date(datetime.now(UTC))
    monday = datetime.combine(today - timedelta(days=today.weekday()), time(7), ZONE).astimezone(UTC)
    fire_twice(platform, HOUR, monday)
    digests = [each for each in notifications_of(platform, boss) if each["link"] == "/approvals"]
    assert [each["title"] for each in digests] == ["2 requests wait for your decision"]
    (of_hr,) = [each for each in notifications_of(platform, hr) if each["link"] == "/approvals"]
    assert int(of_hr["title"].split()[0]) >= 2
    assert not any(each["link"] == "/approvals" for each in notifications_of(platform, "usr_wes"))
    audits = platform.rows(
        "SELECT record_id FROM audit_logs WHERE action = 'management:digest' AND record_type = 'digest'"
    )
    assert len(audits) == 1
