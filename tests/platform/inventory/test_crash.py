"""The process that holds workers and database dies while stock moves; nothing is half done after it."""

import pytest

from tools.drills import drill_kills

pytestmark = pytest.mark.runtime


def test_what_was_answered_is_booked_once_and_the_rest_not_by_half(tmp_path):
    """The same as `ganger drill kills`, at few points."""
    tally = drill_kills(3, seed_number=7, folder=tmp_path, say=print)
    assert tally.wrong == []
    assert tally.kills == 3
    assert tally.answered
