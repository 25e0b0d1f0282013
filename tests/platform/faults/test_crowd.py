"""Very many at once: everybody is answered, and what is written is there once."""

from collections import Counter
from random import Random

import pytest

from tools.drills.crowd import Asked, crowd, sent
from tools.drills.sender import PEOPLE

pytestmark = pytest.mark.runtime

READERS, CROWD = 1000, 150


def test_a_thousand_at_once_are_all_answered(breakable):
    readers = [
        Asked("GET", "/api/v1/notifications/unread", PEOPLE[number % len(PEOPLE)])
        for number in range(READERS)
    ]
    told = sent(breakable.portal.url, readers).told
    assert Counter((each.status, each.code) for each in told) == {(200, ""): READERS}


def test_what_a_crowd_takes_from_the_same_shelves_is_booked_once_each_and_goes_to_as_many_as_it_is_enough_for(
    breakable,
):
    """The same as `ganger drill crowd`, smaller."""
    crowded = crowd(breakable.portal.local, breakable.portal.url, CROWD, Random(7))  # noqa: S311 - to be had again
    assert crowded.wrong == []
