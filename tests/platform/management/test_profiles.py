"""Profiles and emergency contacts, on the real runtime."""

import json
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.platform.auth.factories import make_person
from tests.platform.management.factories import (
    act,
    assert_error,
    day,
    grant,
    make_employee,
    make_time_off,
    sent,
)
from tests.platform.management.test_request_pages import hidden

pytestmark = pytest.mark.runtime

CONTACT = {"name": "Zoe Nextofkin", "relationship": "sister", "phone": "734-555-0199"}


def read(platform, who, person):
    answer = platform.get(f"/api/v1/profiles/{person}", who)
    assert answer.status_code == 200, answer.text
    return answer.json()


def change(platform, who, person, **fields):
    body = {"version": read(platform, person, person)["version"]} | fields
    return platform.request("PATCH", f"/api/v1/profiles/{person}", who, json=body)


def audits(platform, person, action):
    sql = "SELECT user_id, fields_json FROM audit_logs WHERE record_id = ? AND action = ? ORDER BY id"
    rows = platform.rows(sql, person, f"management:{action}")
    return [(row["user_id"], row["fields_json"] and json.loads(row["fields_json"])) for row in rows]


def test_somebody_without_a_profile_makes_one_by_their_first_change(platform):
    person = make_person(platform, home="loc_py")
    assert read(platform, person, person)["version"] is None
    answer = change(platform, person, person, phone="734-555-0142", skills=["Dance"], works_remote=True)
    assert answer.status_code == 200, answer.text
    profile = answer.json()
    assert (profile["phone"], profile["skills"], profile["presence"]) == ("734-555-0142", ["Dance"], "remote")
    assert (profile["location_name"], profile["employee_id"]) == ("Plymouth", None)
    (audit,) = audits(platform, person, "edit-profile")
    assert audit == (
        person,
        {"phone": [None, "734-555-0142"], "skills": [[], ["Dance"]], "works_remote": [False, True]},
    )


def test_two_first_changes_at_once_make_one_profile_and_a_conflict(platform):
    person = make_person(platform)
    platform.sign_in(person)

    def first_change(text):
        body = {"bio": text, "version": None}
        return platform.request("PATCH", f"/api/v1/profiles/{person}", person, json=body)

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(first_change, ("One", "Two")), key=lambda answer: answer.status_code)
    assert answers[0].status_code == 200
    details = assert_error(answers[1], 409, "VERSION_CONFLICT")
    assert details["current"]["bio"] == answers[0].json()["bio"]
    assert len(audits(platform, person, "edit-profile")) == 1


def test_everybody_changes_what_is_theirs_and_nothing_else(platform):
    person = make_employee(platform, "usr_mia")
    assert_error(change(platform, person, person, position="Boss"), 403, "FORBIDDEN")
    assert change(platform, "usr_mia", person, position="Nurse", hire_date="2024-01-15").status_code == 200
    assert_error(change(platform, "usr_mia", person, manager_id=None), 403, "FORBIDDEN")
    assert_error(change(platform, "usr_max", person, bio="x"), 403, "FORBIDDEN")
    assert_error(change(platform, "usr_sam", person, role="manager"), 400, "VALIDATION_ERROR")
    number = uuid4().hex[:12]
    moved = change(platform, "usr_sam", person, manager_id="usr_max", employee_id=number)
    assert (moved.json()["manager_id"], moved.json()["employee_id"]) == ("usr_max", number)
    assert moved.json()["position"] == "Nurse"


def test_a_manager_who_was_just_set_decides_leave(platform):
    """The approval steps follow the profile."""
    person = make_person(platform)
    assert change(platform, "usr_sam", person, manager_id="usr_mia").status_code == 200
    ticket = sent(platform, person, "time_off_request", make_time_off())
    assert act(platform, "usr_mia", ticket, "decision", action="approved").status_code == 200


def test_nobody_reports_to_themselves_not_through_others_either(platform):
    boss, middle, person = (make_employee(platform) for _ in range(3))
    assert change(platform, "usr_sam", middle, manager_id=boss).status_code == 200
    assert change(platform, "usr_sam", person, manager_id=middle).status_code == 200
    assert_error(change(platform, "usr_sam", boss, manager_id=person), 409, "MANAGER_CYCLE")
    assert_error(change(platform, "usr_sam", boss, manager_id=boss), 409, "MANAGER_CYCLE")
    assert read(platform, boss, boss)["manager_id"] is None


def test_a_manager_and_a_location_have_to_exist(platform):
    person = make_employee(platform)
    for field, value in (("manager_id", "usr_ina"), ("manager_id", "no"), ("home_location_id", "no")):
        refused = change(platform, "usr_sam", person, **{field: value})
        assert list(assert_error(refused, 400, "VALIDATION_ERROR")["fields"]) == [field]


def test_an_employee_number_is_given_once(platform):
    person = make_employee(platform)
    refused = change(platform, "usr_sam", person, employee_id="E-0007")
    assert_error(refused, 409, "EMPLOYEE_ID_TAKEN")


def test_the_second_of_two_changes_of_one_version_is_a_conflict(platform):
    person = make_employee(platform)
    version = read(platform, person, person)["version"]
    assert change(platform, person, person, bio="First").status_code == 200
    late = change(platform, person, person, bio="Second", version=version)
    assert assert_error(late, 409, "VERSION_CONFLICT")["current"]["bio"] == "First"


def test_a_change_that_changes_nothing_is_not_written(platform):
    person = make_employee(platform)
    before = read(platform, person, person)["version"]
    assert change(platform, person, person, works_remote=False).json()["version"] == before
    assert audits(platform, person, "edit-profile") == []


def test_an_emergency_contact_is_sealed_and_shown_to_whom_it_may(platform):
    person = make_employee(platform, "usr_mia")
    assert change(platform, person, person, emergency_contact=CONTACT).status_code == 200
    (row,) = platform.rows("SELECT * FROM staff_profiles WHERE user_id = ?", person)
    assert "Zoe" not in json.dumps(row)
    assert row["emergency_contact_sealed"].startswith("dev.")
    hr = make_person(platform)
    grant(platform, hr, "management:hr-approve")
    for who in (person, "usr_mia", "usr_sam", hr):
        assert read(platform, who, person)["emergency_contact"] == CONTACT
    assert "emergency_contact" not in read(platform, "usr_sas", person)
    # Everybody's look but their own is written down.
    seen = [who for who, _ in audits(platform, person, "view-emergency-contact")]
    assert seen == ["usr_mia", "usr_sam", hr]


def test_whom_to_call_stands_in_no_audit_row_and_can_be_taken_away(platform):
    person = make_employee(platform, "usr_mia")
    change(platform, person, person, emergency_contact=CONTACT)
    assert change(platform, "usr_mia", person, emergency_contact=None).status_code == 200
    told = [fields for _, fields in audits(platform, person, "edit-profile")]
    assert told == [{"emergency_contact": "changed"}, {"emergency_contact": "removed"}]
    assert read(platform, person, person)["emergency_contact"] is None


def test_a_contact_of_somebody_else_cannot_be_put_in_its_place(platform):
    one, other = make_employee(platform), make_employee(platform)
    change(platform, one, one, emergency_contact=CONTACT)
    change(platform, other, other, emergency_contact=CONTACT | {"name": "Somebody"})
    platform.run(
        "UPDATE staff_profiles SET emergency_contact_sealed = (SELECT emergency_contact_sealed FROM"
        " staff_profiles WHERE user_id = ?) WHERE user_id = ?",
        one, other,
    )  # fmt: skip
    answer = platform.get(f"/api/v1/profiles/{other}", other)
    assert_error(answer, 503, "UNAVAILABLE")


def test_the_pages_of_a_contact(platform):
    person = make_employee(platform, "usr_mia")
    path = f"/directory/{person}/emergency-contact"
    assert platform.get(path, "usr_sas").status_code == 403
    assert platform.post(path, "usr_sas", data=CONTACT).status_code == 403
    fields = hidden(platform.get(path, person)) | CONTACT
    wrong = platform.post(path, person, data=fields | {"phone": "1"})
    assert wrong.status_code == 400
    assert "Phone must have 10 to 20 digits" in wrong.text
    assert "Zoe Nextofkin" in wrong.text
    assert platform.post(path, person, data=fields).status_code == 303
    assert "Zoe Nextofkin" in platform.get("/profile", person).text
    assert audits(platform, person, "view-emergency-contact") == []
    assert "Zoe Nextofkin" in platform.get(path, "usr_mia").text
    assert len(audits(platform, person, "view-emergency-contact")) == 1


def test_the_form_of_a_profile_shows_what_is_theirs_and_keeps_what_was_typed(platform):
    person = make_employee(platform, "usr_mia")
    path = f"/directory/{person}/edit"
    own, managers = platform.get(path, person), platform.get(path, "usr_mia")
    assert 'name="position"' not in own.text
    assert 'name="position"' in managers.text
    assert 'name="manager_id"' not in managers.text
    assert 'name="manager_id"' in platform.get(path, "usr_sam").text
    assert platform.get(path, "usr_sas").status_code == 403
    change(platform, person, person, bio="Meanwhile")
    late = platform.post(path, person, data=hidden(own) | {"bio": "Typed", "skills": "One, Two"})
    assert late.status_code == 409
    assert "Typed</textarea>" in late.text
    saved = platform.post(path, person, data=hidden(late) | {"bio": "Typed", "skills": "One, Two"})
    assert (saved.status_code, saved.headers["location"]) == (303, "/profile")
    assert read(platform, person, person)["skills"] == ["One", "Two"]


def test_the_directory_shows_who_is_away_today_and_not_why(platform):
    person = make_employee(platform, "usr_mia")
    leave = make_time_off(start_date=day(0), end_date=day(1), leave_type="sick")
    ticket = sent(platform, person, "time_off_request", leave)
    listed = platform.get("/api/v1/directory?limit=100&presence=away", "usr_pat").json()
    assert person not in {each["user_id"] for each in listed["items"]}
    assert act(platform, "usr_mia", ticket, "decision", action="approved").status_code == 200
    listed = platform.get("/api/v1/directory?limit=100&presence=away", "usr_pat").json()
    assert person in {each["user_id"] for each in listed["items"]}
    page = platform.get(f"/directory/{person}", "usr_pat")
    assert "Away" in page.text
    assert "sick" not in page.text.lower()


def test_the_pages_of_the_directory(platform):
    page = platform.get("/directory?search=pat%40example.test", "usr_wes")
    assert "Pat Example" in page.text
    assert "1 person" in page.text
    assert "Nobody found" in platform.get("/directory?search=zzzz", "usr_wes").text
    person = platform.get("/directory/usr_pat", "usr_wes").text
    for text in ("Receptionist", "248-555-0107", "Mia Demo", "2 years", "Spanish", "E-0007"):
        assert text in person
    assert "Emergency contact" not in person
    assert platform.get("/directory/usr_ina", "usr_sam").status_code == 404
    assert platform.get("/directory?department=nothing", "usr_wes").status_code == 400


def test_phone_numbers_are_for_everybody_unless_the_practice_says_otherwise(platform):
    def seen_by(person):
        listed = platform.get("/api/v1/directory?search=pat%40example.test", person).json()["items"]
        (found,) = [each for each in listed if each["user_id"] == "usr_pat"]
        return found["phone"], "248-555-0107" in platform.get("/directory/usr_pat", person).text

    assert seen_by("usr_wes") == ("248-555-0107", True)
    platform.run(
        "INSERT INTO platform_settings (app_key, key, value_json, updated_at)"
        " VALUES ('management', 'directory_phones', 'false', '')"
    )
    try:
        assert seen_by("usr_wes") == (None, False)
        assert seen_by("usr_mia") == ("248-555-0107", True)
    finally:
        platform.run("DELETE FROM platform_settings WHERE key = 'directory_phones'")
