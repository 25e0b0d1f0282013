"""Workers, queue, database and files die together in a batch: a slice of `ganger drill batch`."""

import pytest

from tools.drills import drill_batch

pytestmark = pytest.mark.runtime

PACKETS = 30


def test_a_batch_goes_on_where_it_was_cut_off_and_every_file_opens(tmp_path):
    told = []
    drawn = drill_batch(PACKETS, 1, tmp_path / "state", told.append)
    assert drawn.wrong == []
    (before,) = drawn.before
    assert PACKETS // 2 <= before < PACKETS
    assert drawn.ready == PACKETS
    assert told[-1].startswith(f"{PACKETS} of {PACKETS} in ")
