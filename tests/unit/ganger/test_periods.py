"""The days that reports are about."""

from datetime import date

import pytest

from ganger.errors import ValidationFailed
from ganger.periods import PeriodQuery, period, period_or_usual

TODAY = date(2026, 3, 2)


def asked(**days):
    return PeriodQuery.checked(days)


def test_a_report_is_about_the_last_30_days_unless_told_otherwise():
    assert period(asked(), TODAY) == (date(2026, 2, 1), TODAY)
    assert period(asked(**{"from": "2025-03-02", "to": "2026-03-02"}), TODAY) == (date(2025, 3, 2), TODAY)


@pytest.mark.parametrize("first", ["2026-03-03", "2025-03-01"])
def test_days_the_wrong_way_round_or_of_more_than_a_leap_year_are_refused(first):
    with pytest.raises(ValidationFailed) as caught:
        period(asked(**{"from": first, "to": "2026-03-02"}), TODAY)
    assert set(caught.value.fields) == {"to"}


def test_a_page_shows_the_usual_days_in_place_of_those_that_make_none_and_says_why():
    first, last, refusal = period_or_usual(asked(**{"from": "2026-03-03", "to": "2026-03-02"}), TODAY)
    assert (first, last) == (date(2026, 2, 1), TODAY)
    assert set(refusal.fields) == {"to"}
    assert period_or_usual(asked(**{"from": "2026-03-01"}), TODAY) == (date(2026, 3, 1), TODAY, None)
