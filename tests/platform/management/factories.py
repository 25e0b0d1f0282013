"""Requests for one test: each test's people are its own, so that none depends on another's."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from ganger.clock import clinic_date
from tests.harness.staff import StaffPortal
from tests.platform.auth.factories import make_person


def day(from_today: int) -> str:
    """A date that many days from today at the clinics."""
    return (clinic_date(datetime.now(UTC)) + timedelta(days=from_today)).isoformat()


def make_employee(platform: StaffPortal, manager_id: str | None = None) -> str:
    """A new member of staff who reports to that person."""
    person = make_person(platform)
    platform.run(
        "INSERT INTO staff_profiles (user_id, employee_id, department, position, manager_id, created_at,"
        " updated_at) VALUES (?, ?, 'clinical', 'Assistant', ?, '2026-01-01', '2026-01-01')",
        person, uuid4().hex[:12], manager_id,
    )  # fmt: skip
    return person


def grant(platform: StaffPortal, person: str, permission: str) -> None:
    """Give a person a permission; it counts from their next sign-in."""
    platform.run(
        "INSERT INTO user_permissions (user_id, permission, granted_at) VALUES (?, ?, '2026-01-01')",
        person, permission,
    )  # fmt: skip


def make_support(**changes: Any) -> dict[str, Any]:
    """The form of a support request at no particular location."""
    return {"request_type": "it", "details": "The test printer is out of ink."} | changes


def make_time_off(**changes: Any) -> dict[str, Any]:
    """The form of a week of vacation in a month."""
    form = {
        "leave_type": "vacation",
        "pto_election": "paid",
        "start_date": day(30),
        "end_date": day(34),
        "reason": "A week at the test lake.",
    }
    return form | changes


def make_punch_fix(**changes: Any) -> dict[str, Any]:
    """The form of a punch fix for yesterday."""
    form = {"date": day(-1), "punch_type": "missed_in", "in_time": "08:05", "reason": "The clock was off."}
    return form | changes


def make_availability(**changes: Any) -> dict[str, Any]:
    """The form of a change of Mondays."""
    form = {
        "direction": "increasing",
        "employment_type": "part_time",
        "effective_date": day(20),
        "days_affected": ["mon"],
        "slots": [{"day": "mon", "available": True, "start": "08:00", "end": "12:00"}],
        "reason": "Mondays are free from now on.",
    }
    return form | changes


def make_expense(**changes: Any) -> dict[str, Any]:
    """The form of an expense of $61.49."""
    items = [
        {"date": day(-3), "category": "supplies", "description": "Paper", "amount_cents": 4250},
        {"date": day(-2), "category": "parking", "description": "Car park", "amount_cents": 1899},
    ]
    form = {
        "expense_type": "supplies",
        "payment_method": "personal_card",
        "items": items,
        "purpose": "Things for the test desk.",
    }
    return form | changes


def make_idea(**changes: Any) -> dict[str, Any]:
    """The form of an idea."""
    form = {
        "goal": "A shorter way to the test room",
        "context": "People lose their way every day.",
        "success_definition": "Nobody asks any more.",
        "tradeoffs": "A sign costs some money.",
        "participants": "Everybody",
        "timeframe": "future",
    }
    return form | changes


PDF = b"%PDF-1.7\n% A receipt of the tests.\n"


def uploaded(platform: StaffPortal, person: str, name: str = "receipt.pdf", content: bytes = PDF) -> str:
    """Keep a file; returns the upload's id."""
    answer = platform.post("/api/v1/uploads", person, files={"file": (name, content)})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def send(
    platform: StaffPortal,
    person: str,
    form_type: str,
    form: dict[str, Any],
    key: str | None = None,
    files: Sequence[str] = (),
):
    """Make a request as a program."""
    return platform.post(
        "/api/v1/tickets",
        person,
        headers={"idempotency-key": key or uuid4().hex},
        json={"form_type": form_type, "form_data": form, "file_upload_ids": list(files)},
    )


def sent(
    platform: StaffPortal, person: str, form_type: str, form: dict[str, Any], files: Sequence[str] = ()
) -> dict[str, Any]:
    """Make a request that the rules allow."""
    answer = send(platform, person, form_type, form, files=files)
    assert answer.status_code == 201, answer.text
    return answer.json()


def act(platform: StaffPortal, person: str, ticket: dict[str, Any], what: str, **body: Any):
    """Do something with a request, as it was read."""
    body = {"version": ticket["version"]} | body
    return platform.post(f"/api/v1/tickets/{ticket['ticket_number']}/{what}", person, json=body)


def assert_error(answer, status: int, code: str) -> dict[str, Any]:
    """Check a refusal and return its details."""
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code), answer.text
    return answer.json()["error"]["details"]


def make_meeting(**changes: Any) -> dict[str, Any]:
    """The form of a meeting with Fay in three days."""
    form = {
        "meeting_type": "team",
        "title": "Test meeting",
        "purpose": "Talk about the tests.",
        "participant_ids": ["usr_fay"],
        "duration_minutes": 30,
        "options": [{"date": day(3), "start": "09:00"}],
    }
    return form | changes


def comment(platform: StaffPortal, person: str, ticket: dict[str, Any], content: str, **body: Any):
    """Say something about a request."""
    path = f"/api/v1/tickets/{ticket['ticket_number']}/comments"
    return platform.post(path, person, json={"content": content} | body)


def notifications_of(platform: StaffPortal, person: str) -> list[dict[str, Any]]:
    """A person's notifications as rows, newest first."""
    return platform.rows(
        "SELECT * FROM notifications WHERE user_id = ? ORDER BY created_at DESC, id DESC", person
    )
