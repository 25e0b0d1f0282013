"""How values read on a page."""

from datetime import UTC, datetime

import pytest

from ganger.ui.formats import clinic_time, money, number


@pytest.mark.parametrize(
    ("instant", "shown"),
    [
        ("2026-11-22T20:05:00Z", "Nov 22, 2026, 3:05 PM"),
        ("2026-07-01T16:00:00.120Z", "Jul 1, 2026, 12:00 PM"),
        ("2026-03-08T06:59:00Z", "Mar 8, 2026, 1:59 AM"),
        ("2026-03-08T07:00:00Z", "Mar 8, 2026, 3:00 AM"),
        (datetime(2027, 1, 1, 5, 0, tzinfo=UTC), "Jan 1, 2027, 12:00 AM"),
    ],
)
def test_instant_reads_as_the_clinic_clock(instant, shown):
    assert clinic_time(instant) == shown


def test_instant_without_offset_is_refused():
    with pytest.raises(ValueError, match="offset"):
        clinic_time("2026-11-22T20:05:00")


def test_numbers_are_grouped():
    assert [number(0), number(12345), number(-1234.5)] == ["0", "12,345", "-1,234.5"]


def test_cents_read_as_dollars():
    shown = [money(cents) for cents in (0, 5, 123450, -5, -123450)]
    assert shown == ["$0.00", "$0.05", "$1,234.50", "-$0.05", "-$1,234.50"]
