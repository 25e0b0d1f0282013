"""Comments: said once, changed for a while, removed for good, on the real runtime."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from ganger.clock import iso_utc
from tests.platform.auth.factories import make_person
from tests.platform.management.factories import (
    act,
    assert_error,
    comment,
    make_support,
    notifications_of,
    sent,
)

pytestmark = pytest.mark.runtime


def make_ticket(platform):
    person = make_person(platform)
    return person, sent(platform, person, "support_ticket", make_support())


def said(platform, person, ticket, content="Said by mistake.", **body):
    answer = comment(platform, person, ticket, content, **body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def edit(platform, person, entry, content, **body):
    return platform.request(
        "PATCH", f"/api/v1/comments/{entry['id']}", person, json={"content": content} | body
    )


def delete(platform, person, entry):
    return platform.request(
        "DELETE", f"/api/v1/comments/{entry['id']}", person, headers={"accept": "application/json"}
    )


def make_old(platform, entry, **ago):
    at = iso_utc(datetime.now(UTC) - timedelta(**ago))
    platform.run("UPDATE ticket_comments SET created_at = ? WHERE id = ?", at, entry["id"])


def actions(platform, ticket):
    rows = platform.rows("SELECT action FROM audit_logs WHERE record_id = ? ORDER BY id", ticket["id"])
    return [row["action"].partition(":")[2] for row in rows]


def test_the_author_changes_a_comment_for_a_quarter_of_an_hour(platform):
    person, ticket = make_ticket(platform)
    entry = said(platform, person, ticket)
    changed = edit(platform, person, entry, "Said better.")
    assert (changed.status_code, changed.json()["content"]) == (200, "Said better.")
    assert changed.json()["edited_at"]
    make_old(platform, entry, minutes=16)
    assert_error(edit(platform, person, entry, "Too late."), 403, "EDIT_WINDOW_CLOSED")
    assert_error(edit(platform, "usr_sam", entry, "By another."), 403, "FORBIDDEN")
    assert "Said better." in platform.get(f"/requests/{ticket['ticket_number']}", person).text
    assert actions(platform, ticket) == ["create-request", "comment", "edit-comment"]


def test_what_is_removed_is_gone_for_everybody(platform):
    person, ticket = make_ticket(platform)
    entry = said(platform, person, ticket)
    assert_error(delete(platform, "usr_mia", entry), 403, "FORBIDDEN")
    assert [delete(platform, person, entry).status_code for _ in range(2)] == [204, 204]
    (row,) = platform.rows("SELECT content, deleted_at FROM ticket_comments WHERE id = ?", entry["id"])
    assert row["content"] == "removed"
    assert row["deleted_at"]
    page = platform.get(f"/requests/{ticket['ticket_number']}", person).text
    assert "This comment was removed." in page
    assert "Said by mistake." not in page
    assert_error(edit(platform, person, entry, "Again."), 404, "NOT_FOUND")
    assert actions(platform, ticket).count("remove-comment") == 1


def test_a_superadmin_removes_what_another_said(platform):
    person, ticket = make_ticket(platform)
    assert delete(platform, "usr_sam", said(platform, person, ticket)).status_code == 204


def test_comments_that_a_person_may_not_read_do_not_exist_for_them(platform):
    person, ticket = make_ticket(platform)
    internal = said(platform, "usr_mia", ticket, is_internal=True)
    open_one = said(platform, "usr_mia", ticket)
    for who, entry in ((person, internal), ("usr_wes", open_one), (person, {"id": "nothing"})):
        assert_error(edit(platform, who, entry, "Mine now."), 404, "NOT_FOUND")
        assert_error(delete(platform, who, entry), 404, "NOT_FOUND")
        assert platform.get(f"/comments/{entry['id']}", who).status_code == 404


def test_history_that_is_no_comment_is_neither_changed_nor_removed(platform):
    person, ticket = make_ticket(platform)
    (row,) = platform.rows("SELECT id FROM ticket_comments WHERE ticket_id = ?", ticket["id"])
    assert_error(delete(platform, person, row), 404, "NOT_FOUND")


def test_the_same_key_says_it_once_and_tells_it_once(platform):
    person, ticket = make_ticket(platform)
    path, key = f"/api/v1/tickets/{ticket['ticket_number']}/comments", {"idempotency-key": "say-once"}
    answers = [
        platform.post(path, "usr_max", headers=key, json={"content": content})
        for content in ("Said.", "Said.", "Other.")
    ]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert_error(answers[2], 409, "REQUEST_REUSED")
    assert len(notifications_of(platform, person)) == 1


def test_more_than_ten_mentions_are_refused(platform):
    person, ticket = make_ticket(platform)
    ids = [f"usr_{number}" for number in range(10)]
    assert comment(platform, person, ticket, "Hello", mentions=ids).status_code == 201
    details = assert_error(
        comment(platform, person, ticket, "@Mia Demo", mentions=ids), 400, "VALIDATION_ERROR"
    )
    assert list(details["fields"]) == ["content"]
    refused = comment(platform, person, ticket, "Hello", mentions=[*ids, "usr_x"])
    assert list(assert_error(refused, 400, "VALIDATION_ERROR")["fields"]) == ["mentions"]


def test_a_change_tells_only_whom_it_newly_mentions(platform):
    person, ticket = make_ticket(platform)
    entry = said(platform, person, ticket, "@Mia Demo please")
    before = {who: len(notifications_of(platform, who)) for who in ("usr_mia", "usr_max")}
    for text in ("@Mia Demo or @Max Mockup please", "@Max Mockup please"):
        assert edit(platform, person, entry, text, mentions=["usr_max"]).status_code == 200
    after = {who: len(notifications_of(platform, who)) for who in ("usr_mia", "usr_max")}
    assert after == {"usr_mia": before["usr_mia"], "usr_max": before["usr_max"] + 1}


def test_pages_change_and_remove_a_comment_without_script(platform):
    person, ticket = make_ticket(platform)
    here = f"/requests/{ticket['ticket_number']}"
    (reference,) = re.findall(r'name="client_ref" value="([^"]+)"', platform.get(here, person).text)
    for _ in range(2):
        form = {"content": "Said on a page.", "client_ref": reference}
        assert platform.post(f"{here}/comments", person, data=form).status_code == 303
    (link,) = re.findall(r'href="(/comments/\w+)"', platform.get(here, person).text)
    assert "Said on a page." in platform.get(link, person).text
    empty = platform.post(link, person, data={"content": " "})
    assert (empty.status_code, "Comment is required" in empty.text) == (400, True)
    changed = platform.post(link, person, data={"content": "Said better."})
    assert changed.headers["location"] == f"{here}#entry-{link.rpartition('/')[2]}"
    assert ">edited" in platform.get(here, person).text.replace(", edited", ">edited")
    assert platform.post(f"{link}/remove", person).status_code == 303
    assert "This comment was removed." in platform.get(here, person).text
    assert platform.get(link, person).status_code == 404


def test_a_refused_comment_comes_back_as_it_was_typed(platform):
    person, ticket = make_ticket(platform)
    here = f"/requests/{ticket['ticket_number']}"
    page = platform.post(f"{here}/comments", person, data={"content": "x" * 2001})
    assert page.status_code == 400
    assert "Comment must have at most 2000 characters" in page.text
    assert "x" * 2001 in page.text


def test_a_comment_in_between_is_no_conflict_for_a_status(platform):
    person, ticket = make_ticket(platform)
    said(platform, person, ticket)
    assert act(platform, "usr_mia", ticket, "status", status="in_progress").status_code == 200
    history = platform.get(f"/api/v1/tickets/{ticket['ticket_number']}", person).json()["history"]
    assert [entry["kind"] for entry in history] == ["system", "comment", "status_change"]
    assert json.dumps(history).count("edited_at") == 3
