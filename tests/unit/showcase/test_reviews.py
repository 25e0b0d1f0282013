"""When a review passes, when a component is due, and what Monday's list says."""

from datetime import UTC, datetime, timedelta

import pytest

from app_workers.showcase.domain.reviews import (
    MAX_TITLE,
    is_list_time,
    list_title,
    result_of,
    review_problem,
    state_of,
)
from app_workers.showcase.errors import NotesRequired, VersionOutdated
from app_workers.showcase.models import Checks, NewReview, Result
from ganger.errors import ValidationFailed
from tests.unit.showcase.factories import TODAY, make_checks, make_review


def make_new(**changes):
    facts = {"component": "button", "version": "1.3.0", "checks": make_checks(), "notes": None}
    return NewReview.model_validate(facts | changes)


def days_ago(days):
    return f"{TODAY - timedelta(days=days)}T15:00:00.000Z"


def test_a_review_fails_if_any_check_failed_and_passes_otherwise():
    assert result_of(Checks(**make_checks())) is Result.PASSED
    assert result_of(Checks(**make_checks(contrast="na", keyboard="na"))) is Result.PASSED
    assert result_of(Checks(**make_checks(contrast="fail"))) is Result.FAILED


def test_a_review_that_judged_nothing_is_refused():
    with pytest.raises(ValidationFailed):
        result_of(Checks(**dict.fromkeys(make_checks(), "na")))


@pytest.mark.parametrize("notes", [None, "", "  "])
def test_a_failure_needs_notes(notes):
    """Worked example 12, its first part."""
    assert isinstance(review_problem(make_new(notes=notes), Result.FAILED, "1.3.0"), NotesRequired)
    assert review_problem(make_new(notes="Too pale"), Result.FAILED, "1.3.0") is None
    assert review_problem(make_new(), Result.PASSED, "1.3.0") is None


def test_a_review_of_an_earlier_version_is_outdated():
    """Worked example 12, its second part."""
    problem = review_problem(make_new(version="1.2.0"), Result.PASSED, "1.3.0")
    assert isinstance(problem, VersionOutdated)
    assert problem.details == {"current": "1.3.0"}


@pytest.mark.parametrize(
    ("newest", "words"),
    [
        (None, "due (never)"),
        (make_review(created_at=days_ago(0)), "current"),
        (make_review(created_at=days_ago(180)), "current"),
        (make_review(created_at=days_ago(181)), "due (expired)"),
        (make_review(version="1.2.0"), "due (outdated)"),
        (make_review(result="fail", notes="Too pale"), "failed"),
        (make_review(result="fail", notes="Too pale", created_at=days_ago(400)), "failed"),
    ],
)
def test_a_component_is_current_due_or_failed_by_its_newest_review(newest, words):
    """Worked example 13."""
    assert state_of("1.3.0", newest, TODAY).words == words


@pytest.mark.parametrize(
    ("instant", "is_time"),
    [
        (datetime(2026, 11, 23, 13, tzinfo=UTC), True),  # Monday 08:00 in winter
        (datetime(2026, 11, 23, 12, tzinfo=UTC), False),
        (datetime(2026, 7, 20, 12, tzinfo=UTC), True),  # Monday 08:00 in summer
        (datetime(2026, 7, 20, 13, tzinfo=UTC), False),
        (datetime(2026, 11, 24, 13, tzinfo=UTC), False),  # Tuesday
    ],
)
def test_the_list_is_of_monday_at_eight_by_the_clinics_clock(instant, is_time):
    assert is_list_time(instant) is is_time


def test_the_list_names_what_is_open_and_says_nothing_when_nothing_is():
    assert list_title([], []) == ""
    assert list_title(["Switch"], []) == "Component reviews: 1 failed (Switch)"
    both = list_title(["Switch", "Toast"], ["Tabs"])
    assert both == "Component reviews: 2 failed (Switch, Toast); 1 due (Tabs)"


def test_a_list_that_is_too_long_keeps_its_counts():
    title = list_title(["Switch"], [f"Component {number}" for number in range(28)])
    assert title == "Component reviews: 1 failed; 28 due"
    assert len(title) <= MAX_TITLE
