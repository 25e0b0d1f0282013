"""Reads of patients' data leave a row first, and refused ones raise an alert; on the real runtime."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from ganger.clock import iso_utc

pytestmark = pytest.mark.runtime

JSON = {"accept": "application/json"}


def audit_of(watched, answer):
    return watched.rows("SELECT * FROM audit_logs WHERE request_id = ?", answer.headers["x-request-id"])


def refusal_of(watched, person="usr_pat", patient="pat_1"):
    return watched.get(f"/provoked/patients/{patient}", person=person, headers=JSON)


def told_of(watched, person="usr_pat"):
    return watched.rows(
        "SELECT * FROM notifications WHERE app_key = 'security' AND title LIKE ? ORDER BY user_id",
        f"%({person})",
    )


def lines_of(watched, answer, count=1):
    return watched.logged.facts(answer.headers["x-request-id"], count=count)


@pytest.fixture(autouse=True)
def _without_notifications(watched):
    watched.run("DELETE FROM notifications")


def test_a_read_is_written_before_it_is_shown(watched):
    answer = watched.get("/provoked/read/pat_1", person="usr_pat", params={"why": "check-in"}, headers=JSON)
    assert answer.status_code == 200
    (row,) = audit_of(watched, answer)
    assert (row["action"], row["user_id"], row["record_id"]) == ("phi:read", "usr_pat", "pat_1")
    assert (row["justification"], json.loads(row["fields_json"])) == ("check-in", ["birth_date"])
    assert (row["is_authorized"], row["is_minimum_necessary"], row["is_consented"]) == (1, 1, 0)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_nothing_is_shown_without_a_reason(watched, reason):
    answer = watched.get("/provoked/read/pat_1", person="usr_pat", params={"why": reason}, headers=JSON)
    assert answer.status_code == 400
    assert "1970" not in answer.text
    assert audit_of(watched, answer) == []


def test_nothing_is_shown_when_the_read_cannot_be_written(watched):
    watched.run("ALTER TABLE audit_logs RENAME TO audit_logs_away")
    try:
        answer = watched.get(
            "/provoked/read/pat_1", person="usr_pat", params={"why": "check-in"}, headers=JSON
        )
    finally:
        watched.run("ALTER TABLE audit_logs_away RENAME TO audit_logs")
    assert answer.status_code == 503
    assert "1970" not in answer.text


def test_a_refusal_is_written_and_told_to_every_superadmin(watched):
    answer = refusal_of(watched)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "FORBIDDEN")
    (row,) = audit_of(watched, answer)
    assert (row["action"], row["is_authorized"]) == ("phi:refused", 0)
    assert (row["user_id"], row["record_id"]) == ("usr_pat", "management:patients")
    assert json.loads(row["fields_json"])["params"] == {"patient_id": "pat_1"}
    superadmins = watched.rows(
        "SELECT users.id FROM users JOIN user_roles ON user_id = users.id"
        " WHERE role = 'superadmin' AND is_active = 1 ORDER BY users.id"
    )
    assert superadmins
    assert [row["user_id"] for row in told_of(watched)] == [row["id"] for row in superadmins]


def test_a_refusal_is_logged_as_a_security_event_with_identifiers_only(watched):
    (line,) = lines_of(watched, refusal_of(watched))
    assert (line["level"], line["class"], line["event"]) == ("error", "security", "unauthorized phi access")
    assert (line["user_id"], line["permission"]) == ("usr_pat", "management:patients")
    assert "pat_1" not in json.dumps(line)


def test_many_refusals_of_one_person_are_one_notification_and_as_many_rows(watched):
    answers = [refusal_of(watched, patient=f"pat_{number}") for number in range(5)]
    assert all(len(audit_of(watched, answer)) == 1 for answer in answers)
    assert len({row["user_id"] for row in told_of(watched)}) == len(told_of(watched))


def test_another_person_is_another_notification(watched):
    refusal_of(watched)
    refusal_of(watched, person="usr_mia")
    assert len(told_of(watched)) == len(told_of(watched, "usr_mia")) > 0


def test_after_ten_minutes_superadmins_are_told_again(watched):
    refusal_of(watched)
    before = len(told_of(watched))
    watched.run("UPDATE notifications SET created_at = ?", iso_utc(datetime.now(UTC) - timedelta(minutes=11)))
    refusal_of(watched)
    assert len(told_of(watched)) == 2 * before


def test_an_alert_that_cannot_be_written_leaves_the_refusal_as_it_is(watched):
    watched.run("ALTER TABLE notifications RENAME TO notifications_away")
    try:
        answer = refusal_of(watched)
    finally:
        watched.run("ALTER TABLE notifications_away RENAME TO notifications")
    assert answer.status_code == 403
    events = [line["event"] for line in lines_of(watched, answer, count=2)]
    assert events == ["unauthorized phi access", "alert not written"]


def test_what_a_person_typed_in_place_of_an_identifier_is_not_kept(watched):
    answer = refusal_of(watched, patient=f"Pat%20Example%20{uuid4().hex}")
    (row,) = audit_of(watched, answer)
    assert json.loads(row["fields_json"])["params"] == {"patient_id": "?"}


def test_who_may_read_raises_no_alert(watched):
    answer = refusal_of(watched, person="usr_sam")
    assert answer.status_code == 400  # no reason was given, and no alert raised
    assert told_of(watched, "usr_sam") == []
