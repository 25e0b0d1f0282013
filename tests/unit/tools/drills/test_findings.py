"""What a drill takes for lost, doubled or half done."""

from random import Random

import pytest

from tools.drills.findings import problems
from tools.drills.work import Product, some_sequence

PRODUCTS = (Product("itm_1", is_lot_tracked=False),)
NOTHING = [[], []]


class Held:
    """A database that answers what it is told to."""

    def __init__(self, *answers):
        self._answers = answers

    def batch(self, _):
        return list(self._answers)


def work_of(kind, acknowledged):
    random = Random(2)  # noqa: S311 - to be had again
    while True:
        for work in some_sequence(random, PRODUCTS):
            if work.kind == kind:
                work.acknowledged, work.object_id = acknowledged, "obj_1"
                return work


def found(works, booked=(), transfers=(), orders=(), counts=(), first=NOTHING):
    return list(problems(Held(*first, booked, transfers, orders, counts), works))


@pytest.mark.parametrize(
    ("acknowledged", "times_booked", "is_well"),
    [(1, 1, True), (0, 0, True), (0, 1, True), (1, 0, False), (1, 2, False), (0, 2, False)],
)
def test_an_answered_change_is_there_once_and_another_at_most_once(acknowledged, times_booked, is_well):
    work = work_of("usage", acknowledged)
    booked = [{"client_ref": work.ref, "booked": work.effect * times_booked}] if times_booked else []
    assert (found([work], booked) == []) is is_well


@pytest.mark.parametrize(
    ("status", "gone", "arrived", "is_well"),
    [
        ("in_transit", 5, 0, True),
        ("in_transit", 0, 0, False),
        ("received", 5, 4, False),
        ("draft", 5, 0, False),
    ],
)
def test_a_transfer_has_moved_as_far_as_it_says(status, gone, arrived, is_well):
    row = {"id": "obj_2", "kind": "transfers", "status": status, "sent": 5, "gone": gone, "arrived": arrived}
    assert (found([], transfers=[row]) == []) is is_well


@pytest.mark.parametrize(("booked", "received"), [(0, 30), (30, 0), (20, 20)])
def test_an_order_that_is_received_is_in_the_ledger_with_all_its_packs(booked, received):
    row = {"id": "obj_2", "kind": "orders", "status": "received", "bought": 30, "received": received}
    assert found([], orders=[row | {"booked": booked}])


@pytest.mark.parametrize(
    ("acknowledged", "status", "is_well"),
    [(2, "pending_approval", True), (2, "approved", True), (2, "draft", False), (5, "ordered", False)],
)
def test_an_order_stands_where_its_last_answered_step_left_it_or_further(acknowledged, status, is_well):
    row = {"id": "obj_1", "kind": "orders", "status": status, "bought": 30, "received": 0, "booked": 0}
    assert (found([work_of("order", acknowledged)], orders=[row]) == []) is is_well


def test_an_answered_object_that_is_not_there_is_lost():
    assert found([work_of("count", 1)])
    assert found([work_of("count", 0)]) == []


@pytest.mark.parametrize("first", [[[{"item_id": "itm_1"}], []], [[], [{"what": "change", "told": 0}]]])
def test_a_difference_of_the_ledger_and_a_missing_audit_row_are_told(first):
    assert len(found([], first=first)) == 1
