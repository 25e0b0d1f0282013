"""Whether a form may be sent: what its fields say together, and how its dates stand to today."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from app_workers.management.errors import DateOutOfRange, NoticeTooShort
from app_workers.management.models.forms import (
    MAX_TIME_OFF_DAYS,
    ChangeOfAvailability,
    Direction,
    ExpenseReimbursement,
    Form,
    MeetingRequest,
    PunchFix,
    PunchType,
    Slot,
    TimeOffRequest,
)
from ganger.clock import clinic_date, clinic_midnight
from ganger.errors import AppError, ValidationFailed

_TIME_OFF_NOTICE = timedelta(hours=48)
_AVAILABILITY_NOTICE = timedelta(days=14)
_LOOK_BACK = timedelta(days=14)
_EXPENSE_LOOK_BACK = timedelta(days=90)

# Which times a punch fix needs; of an incorrect one either may be wrong.
_NEEDED_TIMES = {
    PunchType.MISSED_IN: ("in_time",),
    PunchType.MISSED_OUT: ("out_time",),
    PunchType.MISSED_BOTH: ("in_time", "out_time"),
}


def form_problem(form: Form, now: datetime) -> AppError | None:
    """What forbids to send the form, or None.

    Args:
        now: aware; today is its date at the clinics.
    """
    fields = dict(_field_problems(form, clinic_date(now)))
    return ValidationFailed(fields) if fields else _date_problem(form, now)


def _field_problems(form: Form, today: date) -> Iterator[tuple[str, str]]:
    match form:
        case TimeOffRequest():
            yield from _time_off_problems(form)
        case PunchFix():
            yield from _punch_problems(form)
        case ChangeOfAvailability():
            yield from _availability_problems(form)
        case ExpenseReimbursement(items=()):
            yield "items", "is required"
        case MeetingRequest():
            yield from _meeting_problems(form, today)


def _time_off_problems(form: TimeOffRequest) -> Iterator[tuple[str, str]]:
    if form.end_date < form.start_date:
        yield "end_date", "must not be before the start"
    elif (form.end_date - form.start_date).days >= MAX_TIME_OFF_DAYS:
        yield "end_date", f"must be within {MAX_TIME_OFF_DAYS} days"
    if form.reason is None and not form.leave_type.is_sudden:
        yield "reason", "is required"
    if not form.full_day:
        yield from _part_day_problems(form)
    elif form.start_time or form.end_time:
        yield "start_time", "is not kept for full days"


def _part_day_problems(form: TimeOffRequest) -> Iterator[tuple[str, str]]:
    if form.end_date > form.start_date:
        yield "end_date", "must be the start date, for hours are of one day"
    if form.start_time is None:
        yield "start_time", "is required"
    if form.end_time is None:
        yield "end_time", "is required"
    elif form.start_time is not None and form.end_time <= form.start_time:
        yield "end_time", "must be after the start"


def _punch_problems(form: PunchFix) -> Iterator[tuple[str, str]]:
    times = {"in_time": form.in_time, "out_time": form.out_time}
    for name in _NEEDED_TIMES.get(form.punch_type, ()):
        if times[name] is None:
            yield name, "is required"
    if form.punch_type is PunchType.INCORRECT_TIME and not any(times.values()):
        yield "in_time", "or the other time is required"
    if form.in_time is not None and form.out_time is not None and form.out_time <= form.in_time:
        yield "out_time", "must be after the first time"


def _availability_problems(form: ChangeOfAvailability) -> Iterator[tuple[str, str]]:
    if not form.days_affected:
        yield "days_affected", "must name a day at least"
    days = [slot.day for slot in form.slots]
    if days != list(form.days_affected) or len(set(days)) != len(days):
        yield "slots", "must be one for each affected day, in the same order"
    for index, slot in enumerate(form.slots):
        yield from ((f"slots.{index}.{name}", problem) for name, problem in _slot_problems(slot))
    if form.return_date is not None:
        if form.direction is not Direction.DECREASING:
            yield "return_date", "is kept only for working less"
        elif form.return_date <= form.effective_date:
            yield "return_date", "must be after the first day"


def _slot_problems(slot: Slot) -> Iterator[tuple[str, str]]:
    if not slot.available:
        return
    if slot.start is None:
        yield "start", "is required"
    if slot.end is None:
        yield "end", "is required"
    elif slot.start is not None and slot.end <= slot.start:
        yield "end", "must be after the start"


def _meeting_problems(form: MeetingRequest, today: date) -> Iterator[tuple[str, str]]:
    if not form.participant_ids:
        yield "participant_ids", "must name a person at least"
    if not form.options:
        yield "options.0.date", "is required"
    for index, option in enumerate(form.options):
        if option.date < today:
            yield f"options.{index}.date", "must not be in the past"


def _date_problem(form: Form, now: datetime) -> AppError | None:
    today = clinic_date(now)
    match form:
        case TimeOffRequest():
            return _leave_problem(form, now)
        case PunchFix(date=day) if not today - _LOOK_BACK <= day <= today:
            return DateOutOfRange("Date must be today or one of the 14 days before.", field="date")
        case ChangeOfAvailability(effective_date=day) if day < today + _AVAILABILITY_NOTICE:
            return NoticeTooShort("A change of availability needs 14 days of notice.", field="effective_date")
        case ExpenseReimbursement():
            for index, item in enumerate(form.items):
                if not today - _EXPENSE_LOOK_BACK <= item.date <= today:
                    said = "An expense must be of today or of the 90 days before."
                    return DateOutOfRange(said, field=f"items.{index}.date")
    return None


def _leave_problem(form: TimeOffRequest, now: datetime) -> AppError | None:
    if not form.leave_type.is_sudden:
        is_late = clinic_midnight(form.start_date) - now < _TIME_OFF_NOTICE
        text = "Time off has to start 48 hours from now or later."
        return NoticeTooShort(text, field="start_date") if is_late else None
    if form.start_date < clinic_date(now) - _LOOK_BACK:
        return DateOutOfRange("Start may be at most 14 days back.", field="start_date")
    return None
