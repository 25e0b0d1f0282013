"""What the demo data of requests holds."""

import json
from hashlib import sha256

import pytest

from app_workers.management.demo import objects, statements
from app_workers.management.models.forms import FORMS, FormType
from app_workers.management.models.tickets import Status
from ganger.uploads import document_type_of
from tests.harness.tables import HostDatabase
from tests.unit.management.factories import NOW

TODAY = NOW.date()


@pytest.fixture(scope="module")
def database():
    database = HostDatabase("management")
    database.carry_out(statements(TODAY))
    yield database
    database.connection.close()


@pytest.fixture(scope="module")
def query(database):
    """Ask the demo data one question."""
    return lambda sql, *values: [tuple(row) for row in database.connection.execute(sql, values)]


def test_forty_requests_cover_every_form_and_every_status(query):
    assert query("SELECT COUNT(*) FROM tickets") == [(40,)]
    assert {row[0] for row in query("SELECT form_type FROM tickets")} == set(FormType)
    assert {row[0] for row in query("SELECT status FROM tickets")} == set(Status)
    newest = query("SELECT ticket_number FROM tickets ORDER BY created_at, id")
    assert newest == [(f"26-{number:06d}",) for number in range(1, 41)]
    assert query("SELECT * FROM ticket_counters") == [("26", 40)]


def test_six_are_late_eight_remarks_are_internal_and_five_people_are_away(query):
    assert query(
        "SELECT COUNT(*) FROM tickets WHERE due_at < '2026-03-02T15' AND status IN"
        " ('open', 'in_progress', 'stalled', 'pending_approval', 'info_requested')"
    ) == [(6,)]
    remarks = "SELECT COUNT(*), SUM(is_internal) FROM ticket_comments WHERE kind = 'comment'"
    assert query(remarks) == [(60, 8)]
    away = "form_type = 'time_off_request' AND status = 'approved'"
    assert query(f"SELECT COUNT(DISTINCT subject_user_id) FROM tickets WHERE {away}") == [(5,)]  # noqa: S608


def test_the_rows_that_are_spoken_of_are_there(query):
    def row(number):
        (found,) = query(
            "SELECT form_type, status, priority, location_id, description, form_data FROM tickets"
            " WHERE ticket_number = ?",
            number,
        )
        return found

    stain = row("26-000014")
    assert stain[:5] == (
        "support_ticket", "in_progress", "high", "loc_py", "Water stain above room 3",
    )  # fmt: skip
    assert json.loads(stain[5])["request_type"] == "building_maintenance"
    expense = row("26-000021")
    assert expense[:2] == ("expense_reimbursement", "approved")
    assert json.loads(expense[5])["total_cents"] == 6149
    vacation = row("26-000022")
    assert vacation[:2] == ("time_off_request", "pending_approval")
    data = json.loads(vacation[5])
    assert (data["start_date"], data["end_date"], data["hours"]) == ("2026-04-06", "2026-04-10", 40)


def test_every_form_can_be_read_as_one(query):
    for form_type, text in query("SELECT form_type, form_data FROM tickets"):
        data = json.loads(text)
        for derived in ("hours", "total_cents", "reimbursable_cents"):
            data.pop(derived, None)
        FORMS[FormType(form_type)].checked(data)


def test_twelve_files_are_what_their_rows_say(query):
    rows = query("SELECT object_key, file_name, media_type, size_bytes, sha256 FROM file_uploads ORDER BY id")
    kept = {key: (content, media_type) for key, content, media_type in objects(TODAY)}
    assert len(rows) == len(kept) == 12
    for key, name, media_type, size, digest in rows:
        content, kept_as = kept[key]
        assert document_type_of(name, content) == media_type == kept_as
        assert (len(content), sha256(content).hexdigest()) == (size, digest)


def test_every_expense_has_a_receipt(query):
    assert not query("""
        SELECT ticket_number FROM tickets WHERE form_type = 'expense_reimbursement' AND id NOT IN (
            SELECT ticket_id FROM ticket_attachments AS attachment
            JOIN file_uploads AS upload ON upload.id = attachment.file_upload_id
            WHERE media_type LIKE 'image/%' OR media_type = 'application/pdf')""")


def test_seeding_twice_changes_nothing(database):
    before = list(database.connection.iterdump())
    database.carry_out(statements(TODAY))
    assert list(database.connection.iterdump()) == before
