"""Files of requests, on the real runtime."""

import re

import pytest

from tests.platform.auth.factories import make_person
from tests.platform.management.factories import (
    PDF,
    assert_error,
    make_employee,
    make_expense,
    make_support,
    send,
    sent,
    uploaded,
)

pytestmark = pytest.mark.runtime

MEGABYTE = 1_048_576


def attach(platform, person, ticket, upload):
    path = f"/api/v1/tickets/{ticket['ticket_number']}/attachments"
    return platform.post(path, person, json={"file_upload_id": upload})


def files_of(platform, person, ticket):
    return platform.get(f"/api/v1/tickets/{ticket['ticket_number']}", person).json()["attachments"]


def actions(platform, ticket):
    rows = platform.rows("SELECT action FROM audit_logs WHERE record_id = ? ORDER BY id", ticket["id"])
    return [row["action"].partition(":")[2] for row in rows]


def test_a_file_comes_back_as_it_was_and_that_is_written_down(platform):
    person = make_employee(platform, "usr_mia")
    content = PDF + bytes(range(256)) * 40_000  # 10 MB, of every byte
    ticket = sent(
        platform, person, "support_ticket", make_support(), [uploaded(platform, person, content=content)]
    )
    (file,) = files_of(platform, person, ticket)
    assert (file["file_name"], file["media_type"]) == ("receipt.pdf", "application/pdf")
    answer = platform.get(f"/requests/{ticket['ticket_number']}/attachments/{file['id']}", person)
    assert answer.content == content
    headers = answer.headers
    assert headers["content-type"] == "application/pdf"
    assert headers["content-disposition"].startswith('attachment; filename="receipt.pdf"')
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")
    assert actions(platform, ticket) == ["create-request", "download"]


def test_whoever_does_not_see_the_request_does_not_find_its_file(platform):
    person, other = make_employee(platform, "usr_mia"), make_person(platform)
    ticket = sent(platform, person, "expense_reimbursement", make_expense(), [uploaded(platform, person)])
    (file,) = files_of(platform, person, ticket)
    path = f"/requests/{ticket['ticket_number']}/attachments"
    assert platform.get(f"{path}/{file['id']}", other).status_code == 404
    assert platform.post(f"{path}/{file['id']}/remove", other).status_code == 404
    assert_error(attach(platform, other, ticket, uploaded(platform, other)), 404, "NOT_FOUND")
    elsewhere = sent(platform, other, "support_ticket", make_support())
    assert (
        platform.get(f"/requests/{elsewhere['ticket_number']}/attachments/{file['id']}", other).status_code
        == 404
    )


def test_an_upload_is_taken_once_and_only_by_whoever_uploaded_it(platform):
    person, other = make_employee(platform), make_employee(platform)
    upload = uploaded(platform, person)
    refused = send(platform, other, "support_ticket", make_support(), files=[upload])
    assert_error(refused, 400, "VALIDATION_ERROR")
    first = sent(platform, person, "support_ticket", make_support(), [upload])
    again = send(platform, person, "support_ticket", make_support(), files=[upload])
    assert list(assert_error(again, 400, "VALIDATION_ERROR")["fields"]) == ["file_upload_ids"]
    count = platform.rows("SELECT COUNT(*) AS n FROM tickets WHERE submitter_id = ?", person)[0]["n"]
    assert count == 1
    # To the same request it may be given again, for an answer can be lost.
    assert attach(platform, person, first, upload).status_code == 201
    assert len(files_of(platform, person, first)) == 1


def test_the_same_key_again_with_its_files_changes_nothing(platform):
    person = make_employee(platform)
    files = [uploaded(platform, person)]
    first = send(platform, person, "expense_reimbursement", make_expense(), "expense-once", files).json()
    again = send(platform, person, "expense_reimbursement", make_expense(), "expense-once", files)
    assert again.json()["ticket_number"] == first["ticket_number"]


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("a.pdf", b"<html>", 415, "FILE_TYPE_NOT_ALLOWED"),
        ("a.html", b"<html>", 415, "FILE_TYPE_NOT_ALLOWED"),
        ("a.txt", b"a" * (10 * MEGABYTE + 1), 413, "FILE_TOO_LARGE"),
        ("a.txt", b"a" * (11 * MEGABYTE), 413, "PAYLOAD_TOO_LARGE"),
    ],
)
def test_what_is_no_file_for_a_request_is_refused(platform, name, content, status, code):
    answer = platform.post("/api/v1/uploads", "usr_pat", files={"file": (name, content)})
    assert_error(answer, status, code)


def test_a_request_takes_ten_files_and_no_more(platform):
    person = make_employee(platform)
    files = [uploaded(platform, person, f"{number}.txt", b"text") for number in range(11)]
    assert_error(send(platform, person, "support_ticket", make_support(), files=files), 422, "TOO_MANY_FILES")
    ticket = sent(platform, person, "support_ticket", make_support(), files[:10])
    assert_error(attach(platform, person, ticket, files[10]), 422, "TOO_MANY_FILES")
    assert len(files_of(platform, person, ticket)) == 10


def test_a_file_is_taken_off_by_its_owner_and_an_expense_keeps_a_receipt(platform):
    person = make_employee(platform, "usr_mia")
    ticket = sent(platform, person, "expense_reimbursement", make_expense(), [uploaded(platform, person)])
    note = uploaded(platform, person, "note.txt", b"text")
    assert attach(platform, person, ticket, note).status_code == 201
    receipt, text = files_of(platform, person, ticket)
    path = f"/api/v1/tickets/{ticket['ticket_number']}/attachments"
    refused = platform.request("DELETE", f"{path}/{receipt['id']}", person)
    assert_error(refused, 422, "RECEIPT_REQUIRED")
    assert platform.request("DELETE", f"{path}/{text['id']}", person).status_code == 204
    assert platform.request("DELETE", f"{path}/{text['id']}", person).status_code == 404
    assert [file["id"] for file in files_of(platform, person, ticket)] == [receipt["id"]]
    gone = platform.get(f"/requests/{ticket['ticket_number']}/attachments/{text['id']}", person)
    assert gone.status_code == 404
    assert actions(platform, ticket) == ["create-request", "attach", "remove-attachment"]


def test_somebody_elses_file_is_not_taken_off(platform):
    person = make_employee(platform, "usr_mia")
    worker = make_person(platform)
    ticket = sent(platform, person, "support_ticket", make_support(), [uploaded(platform, person)])
    body = {"version": ticket["version"], "user_id": worker}
    path = f"/api/v1/tickets/{ticket['ticket_number']}"
    assert platform.post(f"{path}/assign", "usr_mia", json=body).status_code == 200
    (file,) = files_of(platform, worker, ticket)
    refused = platform.request("DELETE", f"{path}/attachments/{file['id']}", worker)
    assert_error(refused, 403, "FORBIDDEN")
    assert platform.request("DELETE", f"{path}/attachments/{file['id']}", "usr_mia").status_code == 204


def test_what_nobody_attached_in_time_goes_and_is_taken_by_no_request(platform):
    person = make_employee(platform)
    upload = uploaded(platform, person)
    platform.run("UPDATE unattached_uploads SET expires_at = '2026-01-01' WHERE file_upload_id = ?", upload)
    refused = send(platform, person, "support_ticket", make_support(), files=[upload])
    assert_error(refused, 400, "VALIDATION_ERROR")
    uploaded(platform, person)
    assert platform.rows("SELECT id FROM file_uploads WHERE id = ?", upload) == []


def form_of(platform, person, path):
    page = platform.get(path, person)
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))


def test_files_on_a_refused_form_are_kept_for_the_next_attempt(platform):
    person = make_employee(platform, "usr_mia")
    path = "/requests/new/support_ticket"
    typed = {"request_type": "it", "details": "short"}
    files = [("files", ("screen.txt", b"text")), ("files", ("bad.pdf", b"text"))]
    page = platform.post(path, person, data=form_of(platform, person, path) | typed, files=files)
    assert page.status_code == 415
    assert "A file is of no kind that is taken" in page.text
    (kept,) = re.findall(r'name="(upload_\w+)"', page.text)
    again = {"request_type": "it", "details": "The test screen stays dark.", kept: "on"}
    done = platform.post(
        path, person, data=form_of(platform, person, path) | again, files=[("files", ("", b""))]
    )
    assert done.status_code == 303, done.text
    assert "screen.txt" in platform.get(done.headers["location"], person).text


def test_files_are_added_and_removed_on_the_page_of_a_request(platform):
    person = make_employee(platform, "usr_mia")
    ticket = sent(platform, person, "support_ticket", make_support())
    path = f"/requests/{ticket['ticket_number']}"
    added = platform.post(f"{path}/attachments", person, files=[("files", ("a b.txt", b"text"))])
    assert (added.status_code, added.headers["location"]) == (303, path)
    assert platform.post(f"{path}/attachments", person, files=[("files", ("", b""))]).status_code == 400
    (file,) = files_of(platform, person, ticket)
    assert "a b.txt" in platform.get(path, person).text
    assert platform.post(f"{path}/attachments/{file['id']}/remove", person).status_code == 303
    assert files_of(platform, person, ticket) == []
