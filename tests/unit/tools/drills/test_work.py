"""Work that is done while the platform dies: how far it is, and when nothing of it is left to do."""

from random import Random

import pytest

from tools.drills.sender import PEOPLE, Answer
from tools.drills.steps import go_on
from tools.drills.work import KINDS, LOTS, Product, some_sequence

PRODUCTS = (Product("itm_1", is_lot_tracked=False), Product("itm_2", is_lot_tracked=True))
NEW = {"transfer": {"id": "trf_1"}, "order": {"id": "ord_1"}}


class Sent:
    """A sender that keeps what it is given, and whose every answer is the same."""

    def __init__(self, status, body=NEW):
        self.answer = Answer(status, body)
        self.asked = []

    def send(self, *asked):
        self.asked.append(asked)
        return self.answer


def sequences():
    random = Random(1)  # noqa: S311 - to be had again
    return [some_sequence(random, PRODUCTS) for _ in range(200)]


def work_of(kind, is_lot_tracked=False):
    works = (work for sequence in sequences() for work in sequence)
    return next(work for work in works if work.kind == kind and work.product.is_lot_tracked is is_lot_tracked)


def test_the_same_seed_makes_the_same_work():
    one, other = Random(3), Random(3)  # noqa: S311 - to be had again
    assert some_sequence(one, PRODUCTS) == some_sequence(other, PRODUCTS)


def test_sequences_are_of_every_kind_with_and_without_lots_and_each_of_one_person():
    works = [work for sequence in sequences() for work in sequence]
    assert {(work.kind, work.product.is_lot_tracked) for work in works} == {
        (kind, is_lot_tracked) for kind in KINDS for is_lot_tracked in (True, False)
    }
    assert all(len({work.person for work in sequence}) == 1 for sequence in sequences())
    assert {work.lot_number for work in works if work.product.is_lot_tracked} == set(LOTS)


@pytest.mark.parametrize(
    ("status", "is_over"), [(201, True), (409, True), (0, False), (429, False), (503, False)]
)
def test_what_nobody_answered_is_to_be_sent_again(status, is_over):
    work = work_of("usage")
    go_on(work, Sent(status), "ven_1")
    assert work.is_over is is_over


@pytest.mark.parametrize(("kind", "object_id"), [("transfer", "trf_1"), ("order", "ord_1")])
def test_what_has_several_steps_is_over_with_the_last(kind, object_id):
    work = work_of(kind)
    go_on(work, Sent(201), "ven_1")
    assert (work.object_id, work.acknowledged, work.is_over) == (object_id, 1, False)


def test_an_order_is_approved_by_somebody_else():
    work = work_of("order")
    work.object_id, work.acknowledged = "ord_1", 2
    sender = Sent(200, {"order": {"status": "pending_approval", "version": 2}})
    go_on(work, sender, "ven_1")
    (_, (method, path, person, _)) = sender.asked
    assert (method, path) == ("POST", "/orders/ord_1/approve")
    assert person in set(PEOPLE) - {work.person}


def test_a_step_that_was_taken_without_an_answer_is_not_taken_again():
    work = work_of("transfer")
    work.object_id, work.acknowledged = "trf_1", 1
    sender = Sent(200, {"transfer": {"status": "in_transit", "version": 2}})
    go_on(work, sender, "ven_1")
    assert [asked[0] for asked in sender.asked] == ["GET"]
    assert work.acknowledged == 2


def test_what_is_taken_away_lowers_what_is_on_hand():
    effects = {kind: work_of(kind).effect for kind in KINDS}
    assert effects["receipt"] > 0 > effects["waste"]
