"""Valid forms and requests; a test states only what matters to it."""

from datetime import UTC, datetime
from typing import Any

from app_workers.management.domain.access import Rights
from app_workers.management.domain.audience import Member
from app_workers.management.models.forms import FORMS, Form, FormType
from app_workers.management.models.people import Profile
from app_workers.management.models.tickets import Decision, Ticket

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)  # Monday, 10:00 at the clinics
STAFF = Rights(is_manager=False, is_hr=False)
MANAGER = Rights(is_manager=True, is_hr=False)
HR = Rights(is_manager=False, is_hr=True)
FINANCE = Rights(is_manager=False, is_hr=False, is_finance=True)
AGENT = Rights(is_manager=False, is_hr=False, is_agent=True)

_DATA: dict[FormType, dict[str, Any]] = {
    FormType.SUPPORT_TICKET: {"request_type": "it", "details": "The test printer is out of ink."},
    FormType.TIME_OFF_REQUEST: {
        "leave_type": "vacation",
        "pto_election": "paid",
        "start_date": "2026-03-12",
        "end_date": "2026-03-17",
        "reason": "A week at the test lake.",
    },
    FormType.PUNCH_FIX: {
        "date": "2026-02-27",
        "punch_type": "missed_in",
        "in_time": "08:05",
        "reason": "The clock was off.",
    },
    FormType.CHANGE_OF_AVAILABILITY: {
        "direction": "decreasing",
        "employment_type": "part_time",
        "effective_date": "2026-03-16",
        "days_affected": ["mon"],
        "slots": [{"day": "mon", "available": True, "start": "08:00", "end": "12:00"}],
        "reason": "A course on Mondays.",
    },
    FormType.EXPENSE_REIMBURSEMENT: {
        "expense_type": "supplies",
        "payment_method": "personal_card",
        "items": [
            {"date": "2026-02-20", "category": "supplies", "description": "Paper", "amount_cents": 4250},
            {"date": "2026-02-21", "category": "parking", "description": "Car park", "amount_cents": 1899},
        ],
        "purpose": "Things for the test desk.",
    },
    FormType.MEETING_REQUEST: {
        "meeting_type": "team",
        "title": "Test meeting",
        "purpose": "Talk about the tests.",
        "participant_ids": ["usr_fay"],
        "duration_minutes": 30,
        "options": [{"date": "2026-03-02", "start": "09:00"}],
    },
    FormType.IMPACT_FILTER: {
        "goal": "A shorter way to the test room",
        "context": "People lose their way every day.",
        "success_definition": "Nobody asks any more.",
        "tradeoffs": "A sign costs some money.",
        "participants": "Everybody",
        "timeframe": "future",
    },
}


def make_data(form_type: FormType, **changes: Any) -> dict[str, Any]:
    """The values of a valid form."""
    return _DATA[form_type] | changes


def make_form(form_type: FormType, **changes: Any) -> Form:
    """A valid form."""
    return FORMS[form_type].checked(make_data(form_type, **changes))


def make_ticket(**changes: Any) -> Ticket:
    """Pat's time off, which waits for Mia."""
    form_type = changes.get("form_type", FormType.TIME_OFF_REQUEST)
    values = {
        "id": "tkt_1",
        "ticket_number": "26-000001",
        "form_type": form_type,
        "title": "A test request",
        "description": "",
        "form_data": make_data(form_type),
        "submitter_id": "usr_pat",
        "submitter_name": "Pat Example",
        "subject_user_id": "usr_pat",
        "subject_name": "Pat Example",
        "subject_manager_id": "usr_mia",
        "location_id": None,
        "location_name": None,
        "priority": "normal",
        "status": "pending_approval",
        "approval_step": 1,
        "approval_steps": 1,
        "assigned_to": None,
        "assignee_name": None,
        "due_at": None,
        "approved_at": None,
        "completed_at": None,
        "denial_reason": None,
        "payment_reference": None,
        "version": 1,
        "created_at": "2026-03-01T15:00:00.000Z",
        "updated_at": "2026-03-01T15:00:00.000Z",
    }
    return Ticket.model_validate(values | changes)


def make_decision(**changes: Any) -> Decision:
    """Mia's approval of the first step."""
    return Decision.model_validate({"step": 1, "approver_id": "usr_mia", "action": "approved"} | changes)


def make_profile(**changes: Any) -> Profile:
    """Pat's profile; Mia is the direct manager."""
    values = {
        "user_id": "usr_pat",
        "name": "Pat Example",
        "email": "pat@example.test",
        "employee_id": "E-0007",
        "department": "reception",
        "position": "Receptionist",
        "phone": "248-555-0107",
        "bio": None,
        "skills": ["Spanish", "First aid"],
        "home_location_id": "loc_wx",
        "location_name": "Wixom",
        "manager_id": "usr_mia",
        "manager_name": "Mia Demo",
        "hire_date": "2024-01-15",
        "works_remote": False,
        "presence": "available",
        "version": "2026-03-01T15:00:00.000Z",
    }
    return Profile.model_validate(values | changes)


def make_member(
    person_id: str, rights: Rights = STAFF, name: str = "Pat Example", manager_id: str | None = None
) -> Member:
    """Somebody who works here."""
    return Member(person_id, name, manager_id, rights)
