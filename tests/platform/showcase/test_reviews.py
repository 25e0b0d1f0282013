"""Recording reviews, reading them, and Monday's list, on the real runtime."""

import csv
import io
import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from ganger.ui.manifest import COMPONENTS
from tests.platform.auth.factories import make_person
from tests.platform.management.factories import assert_error
from tests.unit.showcase.factories import make_checks

pytestmark = pytest.mark.runtime

API = "/showcase/api/v1/reviews"
PROGRAM = {"accept": "application/json"}
CRON = "0 12,13 * * MON"
VERSION = {component.slug: component.version for component in COMPONENTS}


def make_body(**changes):
    facts = {"component": "logo", "version": VERSION["logo"], "checks": make_checks(), "notes": None}
    return facts | changes


def send(platform, person="usr_sam", key=None, **changes):
    headers = PROGRAM | ({"idempotency-key": key} if key else {})
    return platform.post(API, person, headers=headers, json=make_body(**changes))


def rows_of(platform, review_id):
    return platform.rows("SELECT * FROM component_reviews WHERE id = ?", review_id)


def test_a_review_is_kept_with_its_result_and_its_audit_row(platform):
    answer = send(platform, checks=make_checks(contrast="fail"), notes=" Too pale ")
    assert answer.status_code == 201, answer.text
    review = answer.json()
    assert (review["result"], review["notes"], review["reviewer_id"]) == ("fail", "Too pale", "usr_sam")
    (row,) = rows_of(platform, review["id"])
    assert json.loads(row["checks"])["contrast"] == "fail"
    (audit,) = platform.rows("SELECT * FROM audit_logs WHERE record_id = ?", review["id"])
    assert (audit["action"], audit["user_id"]) == ("showcase:review", "usr_sam")
    assert "pale" not in audit["fields_json"]
    assert send(platform).status_code == 201  # and so the demo's state is as it was


def test_a_failure_without_notes_is_refused(platform):
    """Worked example 12, its first part."""
    answer = send(platform, checks=make_checks(contrast="fail"))
    assert assert_error(answer, 422, "NOTES_REQUIRED") == {"field": "notes"}


def test_a_review_of_another_version_is_refused(platform):
    """Worked example 12, its second part."""
    details = assert_error(send(platform, version="0.9.0"), 409, "VERSION_OUTDATED")
    assert details == {"current": VERSION["logo"]}


def test_staff_without_the_permission_are_refused_and_with_a_grant_they_are_not(platform):
    """Worked example 12, its last part."""
    person = make_person(platform)
    assert_error(send(platform, person), 403, "FORBIDDEN")
    assert platform.get("/showcase/c/logo/review", person).status_code == 403
    granted = make_person(platform)
    platform.run(
        "INSERT INTO user_permissions (user_id, permission, granted_at) VALUES (?, ?, '2026')",
        granted,
        "showcase:review",
    )
    assert send(platform, granted).status_code == 201


def test_a_review_that_judges_nothing_is_refused(platform):
    answer = send(platform, checks=dict.fromkeys(make_checks(), "na"))
    assert list(assert_error(answer, 400, "VALIDATION_ERROR")["fields"]) == ["checks"]
    answer = send(platform, checks=make_checks(contrast="maybe"))
    assert list(assert_error(answer, 400, "VALIDATION_ERROR")["fields"]) == ["checks.contrast"]
    assert_error(send(platform, component="nothing"), 404, "UNKNOWN_COMPONENT")


def test_the_same_key_again_changes_nothing(platform):
    key = uuid4().hex
    first, again = send(platform, key=key), send(platform, key=key)
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert_error(send(platform, key=key, notes="Another one"), 409, "REVIEW_REUSED")


def test_reviews_are_listed_and_filtered(platform):
    body = platform.get(API, "usr_pat", headers=PROGRAM, params={"component": "toast"}).json()
    assert [review["notes"] for review in body["items"]] == ["not announced on first load"]
    failed = platform.get(API, "usr_pat", headers=PROGRAM, params={"result": "fail"}).json()["items"]
    assert {review["result"] for review in failed} == {"fail"}


def test_the_file_holds_what_the_filters_find_and_no_formula(platform):
    send(platform, component="avatar", notes="=1+1")
    answer = platform.get("/showcase/reviews/csv", "usr_pat", params={"component": "avatar"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {line["component"] for line in lines} == {"avatar"}
    assert lines[0]["notes"] == "'=1+1"


def form_of(page):
    fields = {}
    for name in ("version", "client_ref"):
        fields[name] = page.text.partition(f'name="{name}" value="')[2].partition('"')[0]
    return fields


def test_a_form_records_a_review_and_says_so(platform):
    form = form_of(platform.get("/showcase/c/logo/review", "usr_sam")) | make_checks()
    answer = platform.post("/showcase/c/logo/review", "usr_sam", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/showcase/c/logo")
    again = platform.post("/showcase/c/logo/review", "usr_sam", data=form)
    assert again.status_code == 303
    found = platform.rows("SELECT id FROM component_reviews WHERE client_ref = ?", form["client_ref"])
    assert len(found) == 1


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"contrast": "fail"}, 422, 'href="#review-notes"'),
        ({"contrast": ""}, 400, 'href="#review-contrast"'),
        ({"version": "0.9.0"}, 409, "Nothing was saved"),
    ],
)
def test_a_form_that_is_refused_comes_back_with_what_was_typed(platform, changes, status, said):
    form = form_of(platform.get("/showcase/c/logo/review", "usr_sam")) | make_checks()
    answer = platform.post("/showcase/c/logo/review", "usr_sam", data=form | changes)
    assert answer.status_code == status
    assert said in answer.text
    assert answer.text.count(" checked") >= 4


def test_mondays_list_is_sent_once_at_eight_to_whoever_may_review(platform):
    """Winter: 13:00 UTC is 8 in Detroit, and 12:00 UTC is not."""
    at = "SELECT user_id, title, link FROM notifications WHERE app_key = 'showcase' AND created_at = ?"
    early, eight = (datetime(2027, 1, 11, hour, tzinfo=UTC) for hour in (12, 13))
    for instant in (early, eight, eight):
        assert platform.local.scheduled("showcase", CRON, instant) == "ok"
    assert platform.rows(at, "2027-01-11T12:00:00.000Z") == []
    told = platform.rows(at, "2027-01-11T13:00:00.000Z")
    assert [row["user_id"] for row in told].count("usr_sam") == 1
    assert "usr_pat" not in {row["user_id"] for row in told}
    assert {row["link"] for row in told} == {"/showcase/reviews"}
    assert {row["title"].partition(":")[0] for row in told} == {"Component reviews"}


def test_mondays_list_comes_at_eight_in_summer_too(platform):
    at = "SELECT user_id FROM notifications WHERE app_key = 'showcase' AND created_at = ?"
    for hour in (12, 13):
        platform.local.scheduled("showcase", CRON, datetime(2027, 7, 12, hour, tzinfo=UTC))
    assert platform.rows(at, "2027-07-12T12:00:00.000Z")
    assert platform.rows(at, "2027-07-12T13:00:00.000Z") == []
