"""Demo data for development and tests. No worker imports this.

The statements may be carried out again and again: what is there stays.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app_workers.management import labels
from app_workers.management.demo_people import PROFILES, profiles
from app_workers.management.domain.drafts import Draft, draft_of
from app_workers.management.models.forms import FORMS, FormType, SupportTicket
from app_workers.management.models.tickets import Status
from ganger.clock import iso_utc
from ganger.db import Statement, Value, insert

_PLACES = {"loc_aa": "Ann Arbor", "loc_wx": "Wixom", "loc_py": "Plymouth"}
_HR = "usr_max"
_SUPPORT = (
    ("building_maintenance", "The demo tap in the break room drips."),
    ("it", "The demo printer takes no paper any more."),
    ("property_maintenance", "A demo light in the car park is out."),
    ("clinic_issue", "The demo door of room 3 does not close."),
    ("general_support", "Please order more demo pens for the desk."),
)
_WORKED_ON = (Status.OPEN, Status.IN_PROGRESS, Status.STALLED, Status.COMPLETED, Status.CANCELLED)
_SUBMITTERS = {"loc_aa": "usr_pat", "loc_wx": "usr_wes", "loc_py": "usr_fay"}
_URGENCIES = ((True, True), (True, False), (False, True), (False, False), (False, False))
_LEAVES = (Status.PENDING_APPROVAL, Status.INFO_REQUESTED, Status.APPROVED, Status.DENIED, Status.CANCELLED)


@dataclass(frozen=True, slots=True)
class _Request:
    """One request: who sent it how many days ago, and where it stands."""

    submitter_id: str
    form_type: FormType
    form_data: Mapping[str, object]
    status: Status
    days_ago: int


def statements(today: date) -> list[Statement]:
    """The statements that write the demo data, in an order that the foreign keys allow."""
    requests = [*_support(), *_time_off(today), *_others(today)]
    numbered = list(enumerate(sorted(requests, key=lambda each: -each.days_ago), start=1))
    counter: dict[str, Value] = {"year": f"{today:%y}", "last_number": len(numbered)}
    return [
        *_people(today),
        *(written for number, request in numbered for written in _ticket(number, request, today)),
        _insert_if_missing("ticket_counters", counter),
    ]


def _people(today: date) -> Iterator[Statement]:
    at = _instant(today, 200)
    yield from profiles(today, at)
    grant: dict[str, Value] = {"user_id": _HR, "permission": "management:hr-approve", "granted_at": at}
    yield _insert_if_missing("user_permissions", grant)


def _support() -> Iterator[_Request]:
    for place, submitter in _SUBMITTERS.items():
        for index, (request_type, details) in enumerate(_SUPPORT):
            urgent, important = _URGENCIES[index]
            data = {
                "location_id": place,
                "request_type": request_type,
                "urgent": urgent,
                "important": important,
                "details": details,
            }
            yield _Request(submitter, FormType.SUPPORT_TICKET, data, _WORKED_ON[index], 2 + index)


def _time_off(today: date) -> Iterator[_Request]:
    for index, (submitter, status) in enumerate(zip(PROFILES, _LEAVES, strict=False)):
        first = today + timedelta(days=20 + 10 * index)
        data = {
            "leave_type": "vacation",
            "pto_election": "paid",
            "start_date": first.isoformat(),
            "end_date": (first + timedelta(days=4)).isoformat(),
            "reason": "A demo week at a made-up lake.",
        }
        yield _Request(submitter, FormType.TIME_OFF_REQUEST, data, status, 1 + index)
    soon = {
        "leave_type": "personal",
        "pto_election": "unpaid",
        "start_date": (today + timedelta(days=30)).isoformat(),
        "end_date": (today + timedelta(days=30)).isoformat(),
        "full_day": False,
        "start_time": "13:00",
        "end_time": "17:00",
        "reason": "A demo appointment in the afternoon.",
    }
    yield _Request("usr_wes", FormType.TIME_OFF_REQUEST, soon, Status.PENDING_APPROVAL, 1)


def _others(today: date) -> Iterator[_Request]:
    punch = {
        "date": (today - timedelta(days=3)).isoformat(),
        "punch_type": "missed_in",
        "in_time": "08:05",
        "reason": "The demo clock was being replaced.",
    }
    availability = {
        "direction": "decreasing",
        "employment_type": "part_time",
        "effective_date": (today + timedelta(days=30)).isoformat(),
        "days_affected": ["mon"],
        "slots": [{"day": "mon", "available": True, "start": "08:00", "end": "12:00"}],
        "reason": "A demo course on Monday afternoons.",
    }
    meeting = {
        "meeting_type": "team",
        "title": "Demo desk rota",
        "purpose": "Agree on who sits at the demo desk when.",
        "participant_ids": ["usr_fay", "usr_tia"],
        "duration_minutes": 30,
        "options": [{"date": (today + timedelta(days=7)).isoformat(), "start": "09:00"}],
    }
    idea = {
        "goal": "Shorter waits at the demo reception desk",
        "context": "Visitors of the demo clinic wait ten minutes.",
        "success_definition": "Nobody waits more than five.",
        "tradeoffs": "One more demo shift a week.",
        "participants": "Reception of all locations",
        "timeframe": "this_quarter",
    }
    yield _Request("usr_pat", FormType.PUNCH_FIX, punch, Status.PENDING_APPROVAL, 2)
    yield _Request("usr_fay", FormType.CHANGE_OF_AVAILABILITY, availability, Status.PENDING_APPROVAL, 2)
    yield _Request("usr_pat", FormType.MEETING_REQUEST, meeting, Status.OPEN, 1)
    yield _Request("usr_tia", FormType.IMPACT_FILTER, idea, Status.OPEN, 3)


def _ticket(number: int, request: _Request, today: date) -> Iterator[Statement]:
    at = _instant(today, request.days_ago)
    ticket_id = f"tkt_{number:04d}"
    columns: dict[str, Value] = {
        "id": ticket_id,
        "ticket_number": f"{today:%y}-{number:06d}",
        "submitter_id": request.submitter_id,
        "subject_user_id": request.submitter_id,
        "status": request.status.value,
        "completed_at": at if request.status is Status.COMPLETED else None,
        "approved_at": at if request.status is Status.APPROVED else None,
        "denial_reason": "Demo: too many away that week." if request.status is Status.DENIED else None,
        "client_ref": f"demo-{number}",
        "created_at": at,
        "updated_at": at,
    }
    yield _insert_if_missing("tickets", columns | _drafted(_draft(request, at)))
    for index, text in enumerate(("Sent", "A demo remark about this request.")):
        comment: dict[str, Value] = {
            "id": f"{ticket_id}_{index}",
            "ticket_id": ticket_id,
            "author_id": request.submitter_id,
            "kind": "comment" if index else "system",
            "content": text,
            "created_at": at,
        }
        yield _insert_if_missing("ticket_comments", comment)


def _draft(request: _Request, at: str) -> Draft:
    form = FORMS[request.form_type].checked(request.form_data)
    kind = labels.spelt(form.request_type.value) if isinstance(form, SupportTicket) else ""
    place = _PLACES.get(str(request.form_data.get("location_id")), "Any location")
    return draft_of(request.form_type, form, place, kind, datetime.fromisoformat(at))


def _drafted(draft: Draft) -> dict[str, Value]:
    return {
        "form_type": draft.form_type.value,
        "title": draft.title,
        "description": draft.description,
        "form_data": json.dumps(draft.form_data),
        "location_id": draft.location_id,
        "priority": draft.priority.value,
        "approval_step": int(draft.steps > 0),
        "approval_steps": draft.steps,
        "due_at": draft.due_at,
    }


def _instant(today: date, days_ago: int) -> str:
    return iso_utc(datetime.combine(today - timedelta(days=days_ago), time(15), UTC))


def _insert_if_missing(table: str, columns: Mapping[str, Value]) -> Statement:
    statement = insert(table, columns)
    return Statement(f"{statement.sql} ON CONFLICT DO NOTHING", statement.values)
