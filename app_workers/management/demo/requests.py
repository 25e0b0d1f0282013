"""Forty requests: every form and every state, six of them late, five people away around today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app_workers.management.models.forms import FormType
from app_workers.management.models.tickets import Status

_RECENT_DAYS_AGO = (3, 2, 2, 1, 1, 1, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Request:
    """One request: who sent it how many days ago, where it stands, and who works on it."""

    submitter_id: str
    form_type: FormType
    form_data: Mapping[str, object]
    status: Status
    assigned_to: str | None = None
    days_ago: int = 0

    @property
    def is_expense(self) -> bool:
        """Whether it asks for money."""
        return self.form_type is FormType.EXPENSE_REIMBURSEMENT


def requests(today: date) -> list[Request]:
    """All requests in the order of their numbers, the oldest first."""
    older, recent = [*_first(today), *_second(today)], _recent(today)
    dated = [(request, 2 * (32 - number)) for number, request in enumerate(older, start=1)]
    dated += zip(recent, _RECENT_DAYS_AGO, strict=True)
    return [
        Request(each.submitter_id, each.form_type, each.form_data, each.status, each.assigned_to, days_ago)
        for each, days_ago in dated
    ]


def _first(today: date) -> list[Request]:
    return [
        _support("usr_pat", "loc_aa", "it", "The demo printer takes no paper.", "completed", "usr_mia"),
        _support(
            "usr_wes", "loc_wx", "clinic_issue", "The demo door of room 3 sticks.", "completed", "usr_tia"
        ),
        _support("usr_tia", "loc_wx", "property_maintenance", "A demo light outside is out.", "cancelled"),
        _idea("usr_tia", "Shorter waits at the demo reception desk", "open"),
        _meeting("usr_pat", "Demo desk rota", today - timedelta(days=48), "completed", "usr_mia"),
        _punch_fix("usr_pat", today - timedelta(days=51), "completed"),
        _support(
            "usr_fay", None, "admin_issue", "The demo forms are printed upside down.", "completed", "usr_max"
        ),
        _support(
            "usr_wes", "loc_wx", "general_support", "Please order more demo pens.", "completed", "usr_tia"
        ),
        _availability("usr_fay", today - timedelta(days=10), "approved"),
        _expense("usr_tia", "business_trip", (("travel", "Demo hotel", 18_000),), today, "completed", 45),
        _support("usr_wes", "loc_wx", "it", "The demo screen flickers at noon.", "stalled", "usr_tia"),
        _meeting("usr_mia", "Demo stock count", today - timedelta(days=30), "cancelled"),
        _support("usr_pat", "loc_aa", "it", "The demo telephone has no tone.", "completed", "usr_mia"),
        _support(
            "usr_fay",
            "loc_py",
            "building_maintenance",
            "Water stain above room 3",
            "in_progress",
            "usr_max",
            urgent=True,
        ),
        _time_off("usr_wes", today - timedelta(days=1), today + timedelta(days=1), "approved"),
    ]


def _second(today: date) -> list[Request]:
    bought = (("supplies", "Demo paper", 4250), ("parking", "Demo car park", 1899))
    return [
        _time_off("usr_fay", today, today + timedelta(days=2), "approved", leave_type="personal"),
        _time_off("usr_tia", today + timedelta(days=3), today + timedelta(days=4), "approved"),
        _time_off("usr_mia", today + timedelta(days=7), today + timedelta(days=11), "approved"),
        _time_off("usr_max", today + timedelta(days=12), today + timedelta(days=16), "approved"),
        _time_off("usr_pat", today - timedelta(days=9), today - timedelta(days=6), "denied"),
        _expense("usr_pat", "supplies", bought, today, "approved", 22),
        _time_off("usr_pat", date(2026, 4, 6), date(2026, 4, 10), "pending_approval"),
        _idea("usr_wes", "One demo shelf for every spare cable", "open"),
        _punch_fix("usr_tia", today - timedelta(days=15), "denied"),
        _support("usr_fay", "loc_py", "information_request", "Where are the demo keys kept?", "open"),
        _time_off("usr_wes", today + timedelta(days=30), today + timedelta(days=33), "cancelled"),
        _support("usr_pat", "loc_aa", "it", "The demo scanner says error 7.", "in_progress", "usr_mia"),
        _punch_fix("usr_fay", today - timedelta(days=7), "pending_approval"),
        _idea("usr_pat", "A demo map of the car park at the door", "completed", "usr_mia"),
        _support(
            "usr_tia",
            "loc_wx",
            "building_maintenance",
            "The demo tap in the break room drips.",
            "completed",
            "usr_wes",
        ),
    ]


def _recent(today: date) -> list[Request]:
    course = (("training", "Demo course", 48_000), ("travel", "Demo train", 14_000))
    part = {"full_day": False, "start_time": "13:00", "end_time": "17:00"}
    some_day = today + timedelta(days=30)
    return [
        _availability("usr_pat", some_day, "pending_approval"),
        _expense("usr_wes", "training", course, today, "pending_approval", 4),
        _meeting("usr_pat", "Demo plans for the summer", today + timedelta(days=7), "open"),
        _time_off("usr_fay", today + timedelta(days=40), today + timedelta(days=44), "info_requested"),
        _time_off("usr_wes", some_day, some_day, "pending_approval", leave_type="personal", **part),
        _punch_fix("usr_pat", today - timedelta(days=2), "pending_approval"),
        _support(
            "usr_wes", "loc_wx", "it", "The demo keyboard lost its E.", "open", urgent=True, important=True
        ),
        _support(
            "usr_pat",
            "loc_aa",
            "clinic_issue",
            "The demo front door does not lock.",
            "open",
            urgent=True,
            important=True,
        ),
        _support(
            "usr_tia", "loc_wx", "general_support", "Please move the demo shelf.", "in_progress", "usr_wes"
        ),
        _support("usr_tia", None, "it", "Please add me to the demo calendar.", "open", important=True),
    ]


def _support(
    person: str,
    location_id: str | None,
    request_type: str,
    details: str,
    status: str,
    assigned_to: str | None = None,
    *,
    urgent: bool = False,
    important: bool = False,
) -> Request:
    data = {
        "location_id": location_id,
        "request_type": request_type,
        "urgent": urgent,
        "important": important,
        "details": details,
    }
    return Request(person, FormType.SUPPORT_TICKET, data, Status(status), assigned_to)


def _idea(person: str, goal: str, status: str, assigned_to: str | None = None) -> Request:
    data = {
        "goal": goal,
        "context": "Visitors of the demo clinic lose ten minutes.",
        "success_definition": "Nobody loses more than five.",
        "tradeoffs": "One more demo shift a week.",
        "participants": "Reception of all locations",
        "timeframe": "this_quarter",
    }
    return Request(person, FormType.IMPACT_FILTER, data, Status(status), assigned_to)


def _meeting(person: str, title: str, day: date, status: str, assigned_to: str | None = None) -> Request:
    data = {
        "meeting_type": "team",
        "title": title,
        "purpose": "Agree on who does what at the demo desk.",
        "participant_ids": ["usr_fay", "usr_tia"],
        "duration_minutes": 30,
        "options": [{"date": day.isoformat(), "start": "09:00"}],
    }
    return Request(person, FormType.MEETING_REQUEST, data, Status(status), assigned_to)


def _time_off(person: str, first: date, last: date, status: str, **changes: object) -> Request:
    data = {
        "leave_type": "vacation",
        "pto_election": "paid",
        "start_date": first.isoformat(),
        "end_date": last.isoformat(),
        "reason": "A demo week at a made-up lake.",
    }
    return Request(person, FormType.TIME_OFF_REQUEST, data | changes, Status(status))


def _punch_fix(person: str, day: date, status: str) -> Request:
    data = {
        "date": day.isoformat(),
        "punch_type": "missed_in",
        "in_time": "08:05",
        "reason": "The demo clock was being replaced.",
    }
    return Request(person, FormType.PUNCH_FIX, data, Status(status))


def _availability(person: str, day: date, status: str) -> Request:
    data = {
        "direction": "decreasing",
        "employment_type": "part_time",
        "effective_date": day.isoformat(),
        "days_affected": ["mon"],
        "slots": [{"day": "mon", "available": True, "start": "08:00", "end": "12:00"}],
        "reason": "A demo course on Monday afternoons.",
    }
    return Request(person, FormType.CHANGE_OF_AVAILABILITY, data, Status(status))


def _expense(
    person: str,
    expense_type: str,
    bought: tuple[tuple[str, str, int], ...],
    today: date,
    status: str,
    days_ago: int,
) -> Request:
    day = (today - timedelta(days=days_ago)).isoformat()
    data = {
        "expense_type": expense_type,
        "payment_method": "personal_card",
        "items": [
            {"date": day, "category": category, "description": what, "amount_cents": cents}
            for category, what, cents in bought
        ],
        "purpose": "Spent for the demo clinic.",
    }
    return Request(person, FormType.EXPENSE_REIMBURSEMENT, data, Status(status))
