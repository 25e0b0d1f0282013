"""What a new request looks like: its title, priority, due time, first state and steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app_workers.management.models.expenses import PaymentMethod
from app_workers.management.models.forms import (
    NEEDS_APPROVAL,
    ChangeOfAvailability,
    ExpenseReimbursement,
    Form,
    FormType,
    ImpactFilter,
    MeetingRequest,
    PunchFix,
    SupportTicket,
    TimeOffRequest,
)
from app_workers.management.models.tickets import Priority, Status
from ganger.clock import iso_utc
from ganger.ui.formats import money

_DUE_AFTER_H = {
    FormType.SUPPORT_TICKET: 24,
    FormType.TIME_OFF_REQUEST: 48,
    FormType.PUNCH_FIX: 72,
    FormType.MEETING_REQUEST: 72,
    FormType.EXPENSE_REIMBURSEMENT: 120,
    FormType.CHANGE_OF_AVAILABILITY: 168,
}
_STEPS = {FormType.TIME_OFF_REQUEST: 1, FormType.PUNCH_FIX: 1, FormType.CHANGE_OF_AVAILABILITY: 2}
_HOURS_A_DAY = 8
_MAX_GOAL = 80
_NO_REASON = "No reason given"
# An expense beyond this is looked at twice, unless the practice has set another amount.
SECOND_APPROVAL_CENTS = 50_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A request before it has a number. `location_id` is None where no location is meant."""

    form_type: FormType
    form_data: Mapping[str, object]
    title: str
    description: str
    location_id: str | None
    priority: Priority
    status: Status
    steps: int
    due_at: str | None


def draft_of(
    form_type: FormType,
    form: Form,
    place: str,
    request_type: str,
    now: datetime,
    second_approval_cents: int = SECOND_APPROVAL_CENTS,
) -> Draft:
    """The request that a checked form makes.

    Args:
        place: name of the form's location, or of no particular one.
        request_type: how people call the kind of a support request; "" for other forms.
        second_approval_cents: an expense of more takes two steps.
    """
    title, description = _words(form, place, request_type)
    hours = _DUE_AFTER_H.get(form_type)
    return Draft(
        form_type=form_type,
        form_data=_data(form),
        title=title,
        description=description,
        location_id=form.location_id if isinstance(form, SupportTicket | MeetingRequest) else None,
        priority=_priority(form),
        status=Status.PENDING_APPROVAL if form_type in NEEDS_APPROVAL else Status.OPEN,
        steps=_steps(form_type, form, second_approval_cents),
        due_at=iso_utc(now + timedelta(hours=hours)) if hours else None,
    )


def hours_off(form: TimeOffRequest) -> float:
    """Hours of work that a request takes off: 8 a weekday, or the hours of a part of a day, in quarters."""
    if not form.full_day and form.start_time and form.end_time:
        return round((_minutes(form.end_time) - _minutes(form.start_time)) / 15) / 4
    return float(_HOURS_A_DAY * sum(day.weekday() < 5 for day in _days(form.start_date, form.end_date)))


def asks_for_more(earlier: Mapping[str, object], later: Mapping[str, object]) -> bool:
    """Whether the data of an expense ask for more money than they did."""
    amounts = ("total_cents", "reimbursable_cents")
    return any(int(str(later[name])) > int(str(earlier[name])) for name in amounts)


def _total_cents(form: ExpenseReimbursement) -> int:
    return sum(item.amount_cents for item in form.items)


def _steps(form_type: FormType, form: Form, second_approval_cents: int) -> int:
    if isinstance(form, ExpenseReimbursement):
        return 2 if _total_cents(form) > second_approval_cents else 1
    return _STEPS.get(form_type, 0)


def _data(form: Form) -> dict[str, object]:
    data = form.plain()
    match form:
        case TimeOffRequest():
            return data | {"hours": hours_off(form)}
        case ExpenseReimbursement():
            total = _total_cents(form)
            is_own_money = form.payment_method is not PaymentMethod.COMPANY_CARD
            return data | {"total_cents": total, "reimbursable_cents": total if is_own_money else 0}
    return data


def _words(form: Form, place: str, request_type: str) -> tuple[str, str]:
    match form:
        case SupportTicket():
            return f"{request_type} – {place}", form.details
        case TimeOffRequest():
            return f"Time off {form.start_date} to {form.end_date}", form.reason or _NO_REASON
        case PunchFix():
            return f"Punch fix {form.date}", form.reason
        case ChangeOfAvailability():
            return f"Availability from {form.effective_date}", form.reason
        case ExpenseReimbursement():
            return f"Expense {money(_total_cents(form))}", form.purpose
        case MeetingRequest():
            return form.title, form.purpose
        case ImpactFilter():
            return form.goal[:_MAX_GOAL], form.goal
    raise TypeError(f"{type(form).__name__} is no request form")


def _priority(form: Form) -> Priority:
    match form:
        case SupportTicket(urgent=True, important=True):
            return Priority.URGENT
        case SupportTicket(urgent=True) | PunchFix():
            return Priority.HIGH
        case SupportTicket(important=False):
            return Priority.LOW
    return Priority.NORMAL


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _minutes(hour: str) -> int:
    hours, _, minutes = hour.partition(":")
    return 60 * int(hours) + int(minutes)
