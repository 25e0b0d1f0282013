"""The directory's queries: whom they find, and where people are."""

import asyncio
import json
from datetime import date, timedelta

import pytest

from app_workers.management.demo import statements
from app_workers.management.models.people import Department, DirectoryQuery, Presence
from app_workers.management.store import apps, people
from ganger.errors import NotFound
from ganger.identity import Location
from ganger.scope import Scope
from tests.harness.tables import HostDatabase

TODAY = date(2026, 3, 2)
SCOPE = Scope("usr_pat", (Location("loc_aa", "Ann Arbor"),))


@pytest.fixture
def database():
    database = HostDatabase("management")
    database.carry_out(statements(TODAY))
    # The demo's own absences are over, so that each test has none but its own.
    database.connection.execute(
        "UPDATE tickets SET status = 'cancelled' WHERE form_type = 'time_off_request'"
    )
    yield database
    database.connection.close()


def found(database, **asked):
    rows, total = asyncio.run(people.directory(database, SCOPE, TODAY, DirectoryQuery(**asked)))
    assert total >= len(rows)
    return [profile.user_id for profile in rows]


def profile_of(database, user_id, today=TODAY):
    return asyncio.run(people.find_profile(database, SCOPE, today, user_id))


def take_off(database, user_id, first, last, **changes):
    columns = {
        "id": f"tkt_{user_id}_{first}",
        "ticket_number": f"26-{user_id}{first}",
        "form_type": "time_off_request",
        "title": "Time off",
        "description": "",
        "submitter_id": user_id,
        "subject_user_id": user_id,
        "status": "approved",
        "created_at": "2026-01-01",
        "updated_at": "2026-01-01",
        "form_data": json.dumps(
            {
                "start_date": (TODAY + timedelta(days=first)).isoformat(),
                "end_date": (TODAY + timedelta(days=last)).isoformat(),
                "full_day": changes.pop("full_day", True),
                "leave_type": "sick",
            }
        ),
    } | changes
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT INTO tickets ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
    database.connection.execute(sql, tuple(columns.values()))


def test_the_directory_holds_who_is_active_by_name(database):
    listed = found(database, limit=100)
    assert len(listed) == 23
    assert "usr_ina" not in listed
    assert listed[0] == "usr_ada"


@pytest.mark.parametrize(
    ("search", "who"),
    [
        ("pat ex", ["usr_pat"]),
        ("PAT@EXAMPLE", ["usr_pat"]),
        ("outreach", ["usr_tia"]),
        ("100%", []),
        ("pat_example", []),
        ("\\", []),
    ],
)
def test_a_search_looks_at_name_address_and_position(database, search, who):
    assert found(database, search=search) == who


def test_filters_narrow_each_other(database):
    assert found(database, department=Department.IT) == ["usr_nat", "usr_wes"]
    assert found(database, department=Department.IT, location_id="loc_wx") == ["usr_wes"]
    assert found(database, department=Department.IT, presence=Presence.REMOTE) == ["usr_wes"]
    assert found(database, department=Department.IT, presence=Presence.AWAY) == []


def test_pages_follow_each_other(database):
    whole = found(database, limit=100)
    assert (
        found(database, limit=10) + found(database, limit=10, page=2) + found(database, limit=10, page=3)
        == whole
    )


def test_the_demo_has_people_of_all_departments_and_the_literal_rows(database):
    assert all(found(database, department=department) for department in Department)
    pat, sam = profile_of(database, "usr_pat"), profile_of(database, "usr_sas")
    assert (pat.employee_id, pat.department, pat.location_name) == ("E-0007", "reception", "Wixom")
    assert (pat.name, pat.email, pat.phone) == ("Pat Example", "pat@example.test", "248-555-0107")
    assert sam.name == "Sam Sample"


@pytest.mark.parametrize(("first", "last"), [(0, 0), (-3, 0), (0, 4), (-1, 1)])
def test_somebody_is_away_on_the_days_of_approved_time_off(database, first, last):
    take_off(database, "usr_wes", first, last)
    assert profile_of(database, "usr_wes").presence is Presence.AWAY
    assert found(database, presence=Presence.AWAY) == ["usr_wes"]


@pytest.mark.parametrize(
    "leave",
    [
        {"first": 1, "last": 2},
        {"first": -2, "last": -1},
        {"first": 0, "last": 0, "status": "pending_approval"},
        {"first": 0, "last": 0, "status": "cancelled"},
        {"first": 0, "last": 0, "full_day": False},
    ],
)
def test_other_leave_leaves_them_where_they_are(database, leave):
    take_off(database, "usr_wes", **leave)
    take_off(database, "usr_pat", **leave)
    assert profile_of(database, "usr_wes").presence is Presence.REMOTE
    assert profile_of(database, "usr_pat").presence is Presence.AVAILABLE


def test_what_kind_of_leave_it_is_never_leaves_the_table(database):
    take_off(database, "usr_wes", 0, 0)
    assert "sick" not in json.dumps(profile_of(database, "usr_wes").plain())


def test_somebody_without_a_row_is_found_at_their_platform_location(database):
    database.connection.execute("DELETE FROM staff_profiles WHERE user_id = 'usr_pat'")
    profile = profile_of(database, "usr_pat")
    assert (profile.version, profile.location_name, profile.position) == (None, "Ann Arbor", None)


def test_who_left_has_no_profile_and_manages_nobody(database):
    with pytest.raises(NotFound):
        profile_of(database, "usr_ina")
    database.connection.execute("UPDATE users SET is_active = 0 WHERE id = 'usr_mia'")
    assert profile_of(database, "usr_pat").manager_id is None


def test_direct_reports_are_named_and_active(database):
    reports = asyncio.run(people.reports_of(database, "usr_mia"))
    assert [each.id for each in reports][:2] == ["usr_ada", "usr_ben"]
    assert "usr_ina" not in {each.id for each in reports}


def test_absences_are_found_by_their_person(database):
    database.asked.clear()
    profile_of(database, "usr_pat")
    (statement,) = database.asked
    steps = database.plan(statement)
    assert any("absence USING INDEX tickets_by_subject" in step for step in steps), steps


def test_states_of_apps_are_read_where_one_was_set(database):
    assert asyncio.run(apps.app_states(database)) == {}
    database.connection.execute(
        "INSERT INTO platform_applications (app_key, state, updated_at) VALUES ('meds', 'disabled', '2026')"
    )
    assert asyncio.run(apps.app_states(database)) == {"meds": "disabled"}
