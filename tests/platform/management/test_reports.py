"""Reports, exports and the calendar, on the real runtime."""

import csv
from io import StringIO
from uuid import uuid4

import pytest

from tests.platform.auth.factories import make_person
from tests.platform.management.factories import (
    act,
    assert_error,
    day,
    grant,
    make_employee,
    make_expense,
    make_idea,
    make_punch_fix,
    make_support,
    make_time_off,
    sent,
    uploaded,
)

pytestmark = pytest.mark.runtime

TODAY = {"from": day(0), "to": day(0)}
EXPORT = "/api/v1/tickets/export.csv"


def stats(platform, person):
    answer = platform.get("/api/v1/stats", person, params=TODAY)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_reports_are_not_for_everybody(platform):
    person = make_employee(platform)
    for path in ("/reports", "/api/v1/stats", EXPORT):
        assert platform.get(path, person).status_code == 403
    assert 'href="/reports"' not in platform.get("/", person).text


def test_everybody_counts_what_they_are_responsible_for(platform):
    boss, hr, finance = (make_person(platform) for _ in range(3))
    grant(platform, hr, "management:hr-approve")
    grant(platform, finance, "management:expense-approve")
    platform.run("UPDATE user_roles SET role = 'manager' WHERE user_id = ?", boss)
    person = make_employee(platform, boss)
    before = {each: stats(platform, each)["by_form"] for each in (boss, hr, finance)}
    sent(platform, person, "support_ticket", make_support())
    sent(platform, person, "punch_fix", make_punch_fix())
    sent(platform, person, "expense_reimbursement", make_expense(), [uploaded(platform, person)])

    def more(who):
        after = stats(platform, who)["by_form"]
        return {form for form, count in after.items() if count > before[who].get(form, 0)}

    assert more(boss) == {"support_ticket", "punch_fix", "expense_reimbursement"}
    assert more(hr) == {"punch_fix"}
    assert more(finance) == {"expense_reimbursement"}


def test_the_mean_is_of_what_was_completed_in_these_days(platform):
    boss = make_person(platform, home="loc_wx")
    person = make_employee(platform, boss)
    grant(platform, boss, "management:hr-approve")
    ticket = sent(platform, person, "punch_fix", make_punch_fix())
    platform.run(
        "UPDATE tickets SET created_at = '2024-05-01T10:00:00.000Z', status = 'completed',"
        " completed_at = '2024-05-02T12:15:00.000Z' WHERE id = ?",
        ticket["id"],
    )
    made = platform.get("/api/v1/stats?from=2024-05-01&to=2024-05-01", boss).json()
    assert (made["total"], made["average_resolution_hours"]) == (1, None)
    done = platform.get("/api/v1/stats?from=2024-05-02&to=2024-05-02", boss).json()
    assert (done["total"], done["average_resolution_hours"]) == (0, 26.2)


def test_days_that_are_no_period_are_refused(platform):
    for days in ("from=2026-03-02&to=2026-03-01", "from=2025-01-01&to=2026-03-01"):
        assert_error(platform.get(f"/api/v1/stats?{days}", "usr_mia"), 400, "VALIDATION_ERROR")
        page = platform.get(f"/reports?{days}", "usr_mia")
        assert (page.status_code, "These days cannot be shown" in page.text) == (400, True)


def test_an_export_holds_what_the_report_counts_and_is_written_down(platform):
    word = uuid4().hex
    sent(platform, "usr_pat", "impact_filter", make_idea(goal=f"=HYPERLINK {word} for everybody"))
    answer = platform.get(EXPORT, "usr_mia", params=TODAY)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    header, *rows = csv.reader(StringIO(answer.text.removeprefix("\ufeff"), newline=""))
    assert header[:3] == ["Number", "Form", "Title"]
    assert len(rows) == stats(platform, "usr_mia")["total"]
    assert [row[2] for row in rows if word in row[2]] == [f"'=HYPERLINK {word} for everybody"]
    audits = platform.rows("SELECT * FROM audit_logs WHERE action = 'management:export' ORDER BY id DESC")
    assert (audits[0]["user_id"], audits[0]["record_id"]) == ("usr_mia", f"{day(0)}..{day(0)}")


def month_of(text):
    return text[:7]


def test_the_calendar_names_who_is_away_and_not_why(platform):
    person = make_employee(platform, "usr_mia")
    leave = make_time_off(leave_type="bereavement", start_date=day(40), end_date=day(41))
    ticket = sent(platform, person, "time_off_request", leave)
    query = {"month": month_of(day(40))}

    def away(who, **more):
        items = platform.get("/api/v1/calendar", who, params=query | more).json()["items"]
        return [each for each in items if each["user_id"] == person]

    assert away("usr_pat") == []
    act(platform, "usr_mia", ticket, "decision", action="approved")
    (absence,) = away("usr_pat")
    assert (absence["start_date"], absence["full_day"]) == (day(40), True)
    assert set(absence) == {
        "user_id", "name", "location_id", "location_name", "start_date", "end_date", "full_day",
    }  # fmt: skip
    assert away("usr_pat", location_id="loc_aa") == [absence]
    assert away("usr_wes") == []
    assert platform.get("/api/v1/calendar?location_id=loc_wx", "usr_pat").status_code == 404
    page = platform.get("/calendar", "usr_pat", params=query).text
    assert absence["name"] in page
    assert "ereavement" not in page


def test_approved_time_off_is_withdrawn_before_it_begins(platform):
    person = make_employee(platform, "usr_mia")
    ticket = sent(platform, person, "time_off_request", make_time_off())
    approved = act(platform, "usr_mia", ticket, "decision", action="approved").json()
    assert act(platform, person, approved, "status", status="cancelled").json()["status"] == "cancelled"
    sent(platform, person, "time_off_request", make_time_off())
