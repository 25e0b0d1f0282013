"""The process that holds workers and database dies while stock moves; nothing is half done after it."""

import pytest

from tools.drills import drill_kills, drill_restore

pytestmark = pytest.mark.runtime


@pytest.fixture(scope="module")
def drilled(tmp_path_factory):
    """The same as `ganger drill kills`, at few points; what came of it, and the folder with the data."""
    folder = tmp_path_factory.mktemp("drill")
    return drill_kills(3, seed_number=7, folder=folder, say=print), folder


def test_what_was_answered_is_booked_once_and_the_rest_not_by_half(drilled):
    tally, _ = drilled
    assert tally.wrong == []
    assert tally.kills == 3
    assert tally.answered


def test_a_copy_of_the_database_is_read_into_an_empty_one_and_nothing_differs(drilled, tmp_path):
    """The same as `ganger drill restore`."""
    _, folder = drilled
    assert drill_restore(folder / "state", tmp_path, print) == []
