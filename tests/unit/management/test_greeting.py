"""The greeting follows the clock on the clinic's wall."""

from datetime import UTC, datetime

import pytest

from app_workers.management.domain.greeting import greeting


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        (datetime(2026, 11, 22, 5, 0, tzinfo=UTC), "Good morning"),  # 00:00 in Detroit
        (datetime(2026, 11, 22, 4, 59, tzinfo=UTC), "Good evening"),  # 23:59 the day before
        (datetime(2026, 11, 22, 16, 59, tzinfo=UTC), "Good morning"),  # 11:59
        (datetime(2026, 11, 22, 17, 0, tzinfo=UTC), "Good afternoon"),  # 12:00
        (datetime(2026, 11, 22, 21, 59, tzinfo=UTC), "Good afternoon"),  # 16:59
        (datetime(2026, 11, 22, 22, 0, tzinfo=UTC), "Good evening"),  # 17:00
    ],
)
def test_the_greeting_fits_the_hour_in_detroit(instant, expected):
    assert greeting(instant) == expected


def test_summer_time_moves_noon():
    assert greeting(datetime(2026, 7, 1, 16, 0, tzinfo=UTC)) == "Good afternoon"
