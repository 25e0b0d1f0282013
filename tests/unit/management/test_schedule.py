"""When the portal's jobs are due: every cron of its configuration, through a year of the clinics' clock."""

from datetime import UTC, date, datetime, timedelta

import pyjson5

from app_workers.management.domain.schedule import is_hour, is_night, is_workday_morning
from ganger.clock import clinic_date, clinic_time
from tools.paths import ROOT

YEAR = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]


def fired(day):
    """The instants at which the configured crons fire on a day of UTC."""
    config = pyjson5.decode((ROOT / "wrangler" / "management.jsonc").read_text())
    for cron in config["triggers"]["crons"]:
        minute, hours, *days = cron.split()
        assert days == ["*", "*", "*"]
        for hour in range(24) if hours == "*" else map(int, hours.split(",")):
            yield datetime(day.year, day.month, day.day, hour, int(minute), tzinfo=UTC)


def due(rule):
    return [at for day in YEAR for at in fired(day) if rule(at)]


def test_the_night_comes_once_on_each_day_at_ten_past_midnight():
    nights = due(is_night)
    assert {f"{clinic_time(at):%H:%M}" for at in nights} == {"00:10"}
    days = [clinic_date(at) for at in nights]
    assert days == sorted(set(days))
    assert len(days) == len(YEAR)


def test_the_morning_comes_once_on_each_workday_at_seven():
    mornings = due(is_workday_morning)
    assert {f"{clinic_time(at):%H:%M}" for at in mornings} == {"07:00"}
    assert [clinic_date(at) for at in mornings] == [day for day in YEAR if day.weekday() < 5]


def test_the_hour_comes_24_times_a_day():
    assert len(due(is_hour)) == 24 * len(YEAR)


def test_a_cron_of_the_other_season_is_not_the_night():
    assert is_night(datetime(2026, 7, 1, 4, 10, tzinfo=UTC))
    assert not is_night(datetime(2026, 7, 1, 5, 10, tzinfo=UTC))
    assert is_night(datetime(2026, 1, 15, 5, 10, tzinfo=UTC))
    assert not is_night(datetime(2026, 1, 15, 4, 10, tzinfo=UTC))
