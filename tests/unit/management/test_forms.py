"""Which forms may be sent, and what request each makes."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app_workers.management.domain.checks import form_problem
from app_workers.management.domain.drafts import draft_of, hours_off
from app_workers.management.domain.typed import read_typed, typed_again
from app_workers.management.errors import DateOutOfRange, NoticeTooShort
from app_workers.management.models.forms import FORMS, FormType
from ganger.errors import ValidationFailed
from tests.unit.management.factories import NOW, make_data, make_form

LEAVE, PUNCH = FormType.TIME_OFF_REQUEST, FormType.PUNCH_FIX
AVAILABILITY, MEETING = FormType.CHANGE_OF_AVAILABILITY, FormType.MEETING_REQUEST
SUPPORT = FormType.SUPPORT_TICKET


def draft(form_type, **changes):
    return draft_of(form_type, make_form(form_type, **changes), "Plymouth", "Building maintenance", NOW)


def fields_of(form_type, **changes):
    problem = form_problem(make_form(form_type, **changes), NOW)
    assert isinstance(problem, ValidationFailed)
    return set(problem.fields)


@pytest.mark.parametrize("form_type", FormType)
def test_a_valid_form_of_every_type_may_be_sent(form_type):
    assert form_problem(make_form(form_type), NOW) is None


@pytest.mark.parametrize("form_type", FormType)
def test_an_unknown_field_is_refused(form_type):
    with pytest.raises(ValidationFailed):
        make_form(form_type, surplus="x")


def test_priority_and_due_time_of_an_urgent_support_request():
    """Worked example 1."""
    made = draft(SUPPORT, urgent=True)
    assert (made.priority, made.status, made.due_at) == ("high", "open", "2026-03-03T15:00:00.000Z")
    assert made.title == "Building maintenance – Plymouth"


@pytest.mark.parametrize(
    ("urgent", "important", "priority"),
    [(True, True, "urgent"), (True, False, "high"), (False, True, "normal"), (False, False, "low")],
)
def test_priority_of_support_follows_from_both_boxes(urgent, important, priority):
    assert draft(SUPPORT, urgent=urgent, important=important).priority == priority


def test_a_weekend_does_not_count_as_time_off():
    """Worked example 3."""
    made = draft(LEAVE)
    assert (made.status, made.steps, made.form_data["hours"]) == ("pending_approval", 1, 32)
    assert made.title == "Time off 2026-03-12 to 2026-03-17"


def test_vacation_needs_48_hours_and_sick_leave_none():
    """Worked example 4."""
    soon = {"start_date": "2026-03-04", "end_date": "2026-03-04"}
    assert isinstance(form_problem(make_form(LEAVE, **soon), NOW), NoticeTooShort)
    assert form_problem(make_form(LEAVE, leave_type="sick", **soon), NOW) is None


@pytest.mark.parametrize(("day", "problem"), [("2026-02-16", None), ("2026-02-15", DateOutOfRange)])
def test_a_punch_fix_reaches_14_days_back(day, problem):
    """Worked example 6."""
    assert type(form_problem(make_form(PUNCH, date=day), NOW)) is (problem or type(None))


def test_a_punch_fix_of_both_times_needs_both():
    """Worked example 6."""
    assert fields_of(PUNCH, punch_type="missed_both") == {"out_time"}


@pytest.mark.parametrize(("day", "is_late"), [("2026-03-15", True), ("2026-03-16", False)])
def test_availability_needs_14_days(day, is_late):
    """Worked example 13."""
    problem = form_problem(make_form(AVAILABILITY, effective_date=day), NOW)
    assert isinstance(problem, NoticeTooShort) is is_late
    assert draft(AVAILABILITY).steps == 2


@pytest.mark.parametrize(
    ("form_type", "changes", "fields"),
    [
        (LEAVE, {"end_date": "2026-03-11"}, {"end_date"}),
        (LEAVE, {"end_date": "2026-05-11"}, {"end_date"}),
        (LEAVE, {"reason": None}, {"reason"}),
        (LEAVE, {"start_time": "08:00"}, {"start_time"}),
        (LEAVE, {"full_day": False}, {"end_date", "start_time", "end_time"}),
        (PUNCH, {"punch_type": "incorrect_time", "in_time": None}, {"in_time"}),
        (PUNCH, {"out_time": "08:05"}, {"out_time"}),
        (AVAILABILITY, {"slots": []}, {"slots"}),
        (AVAILABILITY, {"days_affected": [], "slots": []}, {"days_affected"}),
        (AVAILABILITY, {"return_date": "2026-03-16"}, {"return_date"}),
        (AVAILABILITY, {"direction": "increasing", "return_date": "2026-04-16"}, {"return_date"}),
        (
            AVAILABILITY,
            {"slots": [{"day": "mon", "available": True, "start": "12:00", "end": "08:00"}]},
            {"slots.0.end"},
        ),
        (MEETING, {"participant_ids": []}, {"participant_ids"}),
        (MEETING, {"options": [{"date": "2026-03-01", "start": "09:00"}]}, {"options.0.date"}),
    ],
)
def test_fields_that_do_not_go_together_are_named(form_type, changes, fields):
    assert fields_of(form_type, **changes) == fields


def test_time_off_of_60_days_is_the_longest():
    assert form_problem(make_form(LEAVE, end_date="2026-05-10"), NOW) is None


def test_part_of_a_day_counts_in_quarter_hours():
    part = {"end_date": "2026-03-12", "full_day": False, "start_time": "13:00", "end_time": "16:40"}
    assert hours_off(make_form(LEAVE, **part)) == 3.75


@settings(deadline=None)
@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 59))
def test_hours_are_those_of_the_weekdays(first, length):
    last = first + timedelta(days=length)
    hours = hours_off(make_form(LEAVE, start_date=first.isoformat(), end_date=last.isoformat()))
    whole_weeks, rest = divmod(length + 1, 7)
    assert 40 * whole_weeks <= hours <= 40 * whole_weeks + 8 * min(rest, 5)


@pytest.mark.parametrize("form_type", FormType)
def test_what_a_form_shows_again_reads_as_the_same_form(form_type):
    data = make_data(form_type)
    shown = typed_again(form_type, FORMS[form_type].checked(data).plain())
    assert FORMS[form_type].checked(read_typed(form_type, shown).data) == FORMS[form_type].checked(data)


def test_an_error_in_a_list_leads_to_its_control():
    typed = read_typed(AVAILABILITY, {"affected_wed": "on", "start_wed": "12:00", "end_wed": "08:00"})
    assert typed.control("slots.0.end") == "end_wed"
    assert read_typed(MEETING, {"option_date_2": "2026-03-01"}).control("options.0.date") == "option_date_2"
