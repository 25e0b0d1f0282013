"""Work that is done while the platform dies: how far it is, and when nothing of it is left to do."""

from random import Random

import pytest

from tools.drills.sender import Answer
from tools.drills.work import KINDS, go_on, some_work


class Sent:
    """A sender whose every answer is the same."""

    def __init__(self, status):
        self.answer = Answer(status, {"transfer": {"id": "trf_1"}})

    def send(self, *_):
        return self.answer


def work_of(kind):
    random = Random(1)  # noqa: S311 - to be had again
    return next(work for work in (some_work(random, ["itm_1"]) for _ in range(200)) if work.kind == kind)


def test_the_same_seed_makes_the_same_work():
    one, other = Random(3), Random(3)  # noqa: S311 - to be had again
    assert some_work(one, ["itm_1"]) == some_work(other, ["itm_1"])


@pytest.mark.parametrize(
    ("status", "is_over"), [(201, True), (409, True), (0, False), (429, False), (503, False)]
)
def test_what_nobody_answered_is_to_be_sent_again(status, is_over):
    work = work_of("usage")
    go_on(work, Sent(status))
    assert work.is_over is is_over


def test_a_transfer_is_over_with_its_last_step():
    work = work_of("transfer")
    go_on(work, Sent(201))
    assert (work.object_id, work.acknowledged, work.is_over) == ("trf_1", 1, False)


def test_what_is_taken_away_lowers_what_is_on_hand():
    effects = {kind: work_of(kind).effect for kind in KINDS}
    assert effects["receipt"] > 0 > effects["waste"]
