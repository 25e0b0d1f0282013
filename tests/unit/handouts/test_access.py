"""What codes and links open, and the date of birth that is asked for."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app_workers.handouts.domain.access import (
    Barred,
    LinkFacts,
    code_door,
    link_door,
    locks,
    read_birth_date,
    tries_left,
)

NOW = datetime(2026, 1, 10, 15, tzinfo=UTC)
SECOND = timedelta(seconds=1)
FREE = Barred(is_revoked=False, locked_until=None)


def link(**changes):
    facts = {"expires_at": NOW + SECOND, "is_revoked": False, "open_count": 0, "max_opens": 10}
    return LinkFacts(**facts | changes)


def test_a_link_opens_as_often_as_it_may():
    """Example 11: the tenth open works, the eleventh does not."""
    assert link_door(FREE, link(open_count=9), False, NOW) == "open"
    assert link_door(FREE, link(open_count=10), False, NOW) == "gone"


def test_a_link_is_gone_one_second_after_its_end():
    """Example 11."""
    assert link_door(FREE, link(expires_at=NOW), False, NOW) == "open"
    assert link_door(FREE, link(expires_at=NOW), False, NOW + SECOND) == "gone"


def test_who_has_opened_a_link_reads_on_after_its_end():
    assert link_door(FREE, link(expires_at=NOW - SECOND, open_count=10), True, NOW) == "open"


def test_whoever_opened_it_a_revoked_link_or_packet_is_gone():
    """Example 12."""
    revoked = Barred(is_revoked=True, locked_until=NOW + SECOND)
    assert link_door(FREE, link(is_revoked=True), True, NOW) == "gone"
    assert link_door(revoked, link(), True, NOW) == "gone"
    assert code_door(revoked, NOW + SECOND, NOW) == "gone"


def test_a_locked_packet_opens_to_nobody_until_the_lock_ends():
    """Example 9."""
    locked = Barred(is_revoked=False, locked_until=NOW + SECOND)
    assert link_door(locked, link(), True, NOW) == "locked"
    assert code_door(locked, NOW + SECOND, NOW) == "locked"
    assert code_door(locked, NOW + SECOND, NOW + SECOND) == "open"


def test_the_fifth_wrong_date_locks():
    """Examples 8 and 9: four tries are left after the first."""
    assert [tries_left(failed) for failed in range(7)] == [5, 4, 3, 2, 1, 0, 0]
    assert [locks(failed) for failed in (4, 5)] == [False, True]


@pytest.mark.parametrize("typed", ["06/15/1985", "6/15/1985", " 1985-06-15 ", "1985-6-15", "06-15-1985"])
def test_a_date_is_read_as_people_write_it(typed):
    assert read_birth_date(typed) == date(1985, 6, 15)


@pytest.mark.parametrize(
    "typed", ["", "15/06/1985", "02/30/1985", "061585", "June 15", "1985-06-15T00", "06/15/85"]
)
def test_what_is_no_date_is_none(typed):
    assert read_birth_date(typed) is None
