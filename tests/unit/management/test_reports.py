"""Reports and the calendar: their days, their counts and who is away when."""

from datetime import date, timedelta

import pytest

from app_workers.management.domain.month import first_of_last, first_of_month, first_of_next, weeks_of
from app_workers.management.domain.reports import stats_of
from app_workers.management.models.calendar import Absence, CalendarQuery
from app_workers.management.models.reports import Tally
from ganger.errors import ValidationFailed

TODAY = date(2026, 3, 2)


def make_tally(**changes):
    facts = {"status": "open", "form_type": "support_ticket", "priority": "high", "count": 2, "overdue": 1}
    return Tally.model_validate(facts | changes)


def test_counts_add_up_in_the_order_of_their_codes():
    tallies = [
        make_tally(status="completed", overdue=0),
        make_tally(),
        make_tally(priority="urgent", count=1),
    ]
    plain = stats_of(TODAY, TODAY, tallies, 10.449).plain()
    assert list(plain["by_status"].items()) == [("open", 3), ("completed", 2)]
    assert plain["by_priority"] == {"urgent": 1, "high": 4}
    assert (plain["total"], plain["overdue"], plain["average_resolution_hours"]) == (5, 2, 10.4)
    assert (plain["from"], plain["to"]) == ("2026-03-02", "2026-03-02")


def test_without_anything_completed_there_is_no_average():
    assert stats_of(TODAY, TODAY, [], None).average_resolution_hours is None


def make_absence(**changes):
    facts = {
        "user_id": "usr_pat", "name": "Pat Example", "location_id": "loc_aa", "location_name": "Ann Arbor",
        "start_date": "2026-02-27", "end_date": "2026-03-02", "full_day": True,
    }  # fmt: skip
    return Absence.model_validate(facts | changes)


def test_a_month_is_whole_weeks_from_sunday_and_names_who_is_away():
    weeks = weeks_of(date(2026, 4, 1), [make_absence(start_date="2026-03-30", end_date="2026-04-02")])
    assert [len(week) for week in weeks] == [7] * 5
    assert [cell.on for cell in weeks[0][:4]] == [None, None, None, date(2026, 4, 1)]
    away = [cell.on.day for week in weeks for cell in week if cell.on and cell.away]
    assert away == [1, 2]


def test_months_follow_each_other():
    first = first_of_month(None, TODAY)
    assert (first, first_of_last(first), first_of_next(first)) == (
        date(2026, 3, 1),
        date(2026, 2, 1),
        date(2026, 4, 1),
    )
    assert first_of_next(first_of_month("2026-12", TODAY)) == date(2027, 1, 1)
    day = date(2024, 1, 1)
    while day < date(2028, 1, 1):
        assert first_of_last(first_of_next(day)) == day
        day = (day + timedelta(days=32)).replace(day=1)


@pytest.mark.parametrize("month", ["2026-13", "2026-3", "26-03", "2026-03-01"])
def test_what_is_no_month_is_refused(month):
    with pytest.raises(ValidationFailed):
        CalendarQuery.checked({"month": month})
