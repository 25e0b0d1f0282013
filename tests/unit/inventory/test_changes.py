from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_workers.inventory.domain.changes import (
    Entry,
    Shelf,
    is_same_change,
    pick_fefo,
    plan_change,
    witness_problem,
)
from app_workers.inventory.errors import (
    InsufficientStock,
    LotExpired,
    LotExpiryMismatch,
    LotQuarantined,
    LotRequired,
    WitnessRequired,
)
from ganger.errors import ValidationFailed
from tests.unit.inventory.factories import TODAY, make_change, make_item, make_lot, make_movement

PLAIN = make_item()
TRACKED = make_item(is_lot_tracked=True)
A1 = make_lot(id="lot_1", lot_number="A1", quantity=3, expires_on=date(2026, 3, 31))
B2 = make_lot(id="lot_2", lot_number="B2", quantity=10, expires_on=date(2026, 9, 30))
GONE = make_lot(id="lot_3", lot_number="GONE", quantity=4, expires_on=TODAY - timedelta(days=1))
HELD = make_lot(id="lot_4", lot_number="HELD", quantity=4, status="quarantined")


def shelf(*lots, on_hand=None):
    return Shelf(sum(lot.quantity for lot in lots) if on_hand is None else on_hand, lots)


def plan(lots, asked, item=TRACKED, today=TODAY):
    return plan_change(item, shelf(*lots), asked, today)


def changes(entries):
    return [(entry.lot_number, entry.change) for entry in entries]


def test_use_without_a_lot_takes_the_lots_by_expiry():
    """Worked example 3, the lots."""
    assert changes(plan([B2, A1], make_change("usage", 5))) == [("A1", -3), ("B2", -2)]


def test_lots_without_expiry_come_last_and_older_ones_first():
    lots = [
        make_lot(id="lot_9", lot_number="NEW", quantity=1, expires_on=None),
        make_lot(id="lot_8", lot_number="OLD", quantity=1, expires_on=None),
        A1,
    ]
    assert changes(pick_fefo(lots, 5, TODAY)) == [("A1", -3), ("OLD", -1), ("NEW", -1)]


def test_more_than_there_is_is_refused_with_what_there_is():
    """Worked example 4."""
    problem = plan_change(PLAIN, shelf(on_hand=2), make_change("usage", 3), TODAY)
    assert isinstance(problem, InsufficientStock)
    assert problem.details["available"] == 2


def test_expired_and_quarantined_lots_are_not_used():
    problem = plan([A1, GONE, HELD], make_change("usage", 4))
    assert isinstance(problem, InsufficientStock)
    assert problem.details["available"] == 3


def test_named_lot_is_used_on_its_expiry_date_and_not_the_day_after():
    """Worked example 5."""
    lot = make_lot(lot_number="A1", expires_on=TODAY)
    asked = make_change("usage", 1, lot_number="a1")
    assert changes(plan([lot], asked)) == [("A1", -1)]
    assert isinstance(plan([lot], asked, today=TODAY + timedelta(days=1)), LotExpired)
    wasted = make_change("waste", 1, lot_number="A1", reason_code="expired")
    assert changes(plan([lot], wasted, today=TODAY + timedelta(days=1))) == [("A1", -1)]


def test_named_lot_in_quarantine_is_not_used():
    assert isinstance(plan([HELD], make_change("usage", 1, lot_number="HELD")), LotQuarantined)


@pytest.mark.parametrize("kind", ["waste", "vendor_return"])
@pytest.mark.parametrize("lot", [A1, GONE, HELD], ids=["good", "expired", "quarantined"])
def test_waste_and_return_take_from_any_lot_that_is_named(kind, lot):
    assert changes(plan([A1, GONE, HELD], make_change(kind, 2, lot_id=lot.id))) == [(lot.lot_number, -2)]
    assert isinstance(plan([A1, GONE, HELD], make_change(kind, 2)), LotRequired)


def test_adjustment_adds_and_takes():
    assert changes(plan([A1], make_change("adjustment", 2, lot_number="A1"))) == [("A1", 2)]
    assert changes(plan([A1], make_change("adjustment", -2, lot_number="A1"))) == [("A1", -2)]
    assert plan_change(PLAIN, shelf(on_hand=4), make_change("adjustment", -4), TODAY) == (Entry(-4),)


def test_adjustment_may_make_a_lot_that_was_found():
    asked = make_change("adjustment", 2, lot_number="new1", expires_on=date(2027, 1, 31), reason_code="found")
    assert plan([A1], asked) == (Entry(2, "NEW1", date(2027, 1, 31)),)


@pytest.mark.parametrize(("kind", "quantity"), [("adjustment", -2), ("waste", 2), ("usage", 2)])
def test_nothing_is_taken_from_a_lot_that_is_not_here(kind, quantity):
    problem = plan([A1], make_change(kind, quantity, lot_number="ZZ"))
    assert isinstance(problem, ValidationFailed)
    assert set(problem.fields) == {"lot_number"}


def test_lot_of_another_shelf_is_not_here():
    problem = plan([A1], make_change("adjustment", 2, lot_id="lot_elsewhere"))
    assert isinstance(problem, ValidationFailed)
    assert set(problem.fields) == {"lot_id"}


def test_known_lot_keeps_its_expiry_date():
    asked = make_change("adjustment", 2, lot_number="A1", expires_on=TODAY)
    assert isinstance(plan([A1], asked), LotExpiryMismatch)


def test_more_than_the_named_lot_holds_is_refused():
    problem = plan([A1, B2], make_change("waste", 4, lot_number="A1"))
    assert isinstance(problem, InsufficientStock)
    assert problem.details["available"] == 3


def test_item_without_lots_takes_none():
    problem = plan_change(PLAIN, shelf(on_hand=9), make_change("usage", 1, lot_number="A1"), TODAY)
    assert isinstance(problem, ValidationFailed)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (make_change("usage", 0), "quantity"),
        (make_change("usage", -1), "quantity"),
        (make_change("adjustment", 0), "quantity"),
        (make_change("waste", 1, reason_code=None), "reason_code"),
        (make_change("waste", 1, reason_code="found"), "reason_code"),
        (make_change("usage", 1, reason_code="expired"), "reason_code"),
        (make_change("adjustment", 1, reason_code="other"), "note"),
        (make_change("usage", 1, witness_user_id="usr_mia"), "witness_user_id"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value.movement_type} {value.quantity}",
)
def test_fields_that_do_not_fit_the_kind_are_named(asked, field):
    """Worked example 4, the quantity 0."""
    problem = plan_change(PLAIN, shelf(on_hand=9), asked, TODAY)
    assert isinstance(problem, ValidationFailed)
    assert set(problem.fields) == {field}


def test_controlled_item_is_wasted_before_a_witness():
    controlled = make_item(is_controlled=True, is_lot_tracked=True)
    assert isinstance(witness_problem(controlled, make_change("waste", 1), False), WitnessRequired)
    assert witness_problem(controlled, make_change("waste", 1, witness_user_id="usr_mia"), True) is None
    assert witness_problem(controlled, make_change("usage", 1), False) is None
    assert witness_problem(PLAIN, make_change("waste", 1), False) is None


def test_witness_who_is_none_is_refused_for_any_item():
    asked = make_change("waste", 1, witness_user_id="usr_nobody")
    assert isinstance(witness_problem(PLAIN, asked, False), WitnessRequired)


def test_change_sent_again_is_recognised():
    asked = make_change("usage", 5)
    movements = [
        make_movement(movement_type="usage", quantity_change=-3, lot_number="A1"),
        make_movement(movement_type="usage", quantity_change=-2, lot_number="B2"),
    ]
    assert is_same_change(movements, TRACKED, asked, None)
    for other in (
        make_change("usage", 4),
        make_change("waste", 5),
        make_change("usage", 5, location_id="loc_wx"),
    ):
        assert not is_same_change(movements, TRACKED, other, None)
    assert not is_same_change(movements, TRACKED, make_change("usage", 5, lot_id=A1.id), A1)


LOTS = st.lists(
    st.builds(
        make_lot,
        id=st.uuids().map(str),
        lot_number=st.uuids().map(lambda value: value.hex.upper()),
        quantity=st.integers(0, 9),
        status=st.sampled_from(["available", "quarantined"]),
        expires_on=st.none() | st.integers(-5, 5).map(lambda days: TODAY + timedelta(days=days)),
    ),
    max_size=6,
    unique_by=lambda lot: lot.id,
)


@given(LOTS, st.integers(1, 30))
def test_picking_takes_exactly_what_is_asked_from_usable_lots_in_order(lots, quantity):
    usable = [
        lot
        for lot in lots
        if lot.status == "available" and (lot.expires_on is None or lot.expires_on >= TODAY)
    ]
    picked = pick_fefo(lots, quantity, TODAY)
    if sum(lot.quantity for lot in usable) < quantity:
        assert isinstance(picked, InsufficientStock)
        return
    held = {lot.lot_number: lot.quantity for lot in usable}
    assert -sum(entry.change for entry in picked) == quantity
    assert all(0 < -entry.change <= held[entry.lot_number] for entry in picked)
    dates = [entry.expires_on or date.max for entry in picked]
    assert dates == sorted(dates)
    left_sooner = [
        lot
        for lot in usable
        if (lot.expires_on or date.max) < dates[-1]
        and lot.lot_number not in {entry.lot_number for entry in picked}
        and lot.quantity
    ]
    assert not left_sooner
