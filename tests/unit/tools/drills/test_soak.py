"""Whether memory that is watched for long is flat."""

import pytest

from tools.drills.soak import Sample, Soak, verdict


def samples(*rss_mb):
    """One a minute."""
    return [Sample(60.0 * number, each, 600 * number) for number, each in enumerate(rss_mb)]


@pytest.mark.parametrize(
    ("rss_mb", "is_flat"),
    [
        ((200, 400, 600, 600, 600, 600, 600, 600), True),  # grows to what the work needs
        ((200, 600, 610, 590, 612, 588, 609, 593), True),  # up and down
        ((200, 600, 610, 620, 630, 640, 650, 660), False),
    ],
)
def test_memory_may_grow_to_its_size_and_not_on_and_on(rss_mb, is_flat):
    assert verdict(samples(*rss_mb)).is_flat is is_flat


def test_the_slope_is_per_hour():
    judged = verdict(samples(*(600 + minute for minute in range(20))))
    assert round(judged.slope_mb_per_hour, 6) == 60


def test_what_is_no_success_is_an_error():
    soak = Soak()
    soak.statuses.update([200, 201, 303, 429, 503, 0])
    assert soak.errors == 3
