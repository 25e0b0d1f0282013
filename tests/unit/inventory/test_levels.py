from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_workers.inventory.domain.levels import is_expired, lot_condition, stock_status
from app_workers.inventory.models.stock import LotCondition, StockStatus
from tests.unit.inventory.factories import TODAY, make_lot

QUANTITIES = st.integers(0, 50)


@pytest.mark.parametrize(
    ("usable", "status"),
    [(0, "out"), (1, "low"), (10, "low"), (11, "ok"), (60, "ok"), (61, "over")],
)
def test_status_changes_at_reorder_point_and_twice_par(usable, status):
    assert stock_status(usable, reorder_point=10, par_level=30) == status


def test_item_without_par_level_is_never_over():
    assert stock_status(10_000, reorder_point=0, par_level=0) is StockStatus.OK


@given(QUANTITIES, QUANTITIES, QUANTITIES)
def test_more_stock_never_reads_as_less(usable, reorder_point, above):
    order = list(StockStatus)
    par_level = reorder_point + above
    before = stock_status(usable, reorder_point, par_level)
    after = stock_status(usable + 1, reorder_point, par_level)
    assert order.index(after) >= order.index(before)


def test_lot_is_good_on_its_expiry_date_and_expired_the_day_after():
    """Worked example 5, the boundary."""
    assert not is_expired(date(2026, 1, 10), today=date(2026, 1, 10))
    assert is_expired(date(2026, 1, 10), today=date(2026, 1, 11))


def test_lot_without_expiry_date_never_expires():
    assert not is_expired(None, today=date.max)


@pytest.mark.parametrize(
    ("days_left", "condition"),
    [
        (-1, LotCondition.EXPIRED),
        (0, LotCondition.EXPIRES_SOON),
        (30, LotCondition.EXPIRES_SOON),
        (31, LotCondition.USABLE),
    ],
)
def test_lot_condition_follows_its_date(days_left, condition):
    lot = make_lot(expires_on=TODAY + timedelta(days=days_left))
    assert lot_condition(lot, TODAY) is condition


def test_quarantine_weighs_more_than_the_date():
    lot = make_lot(status="quarantined", expires_on=TODAY - timedelta(days=1))
    assert lot_condition(lot, TODAY) is LotCondition.QUARANTINED


def test_lot_without_date_is_usable():
    assert lot_condition(make_lot(expires_on=None), TODAY) is LotCondition.USABLE
