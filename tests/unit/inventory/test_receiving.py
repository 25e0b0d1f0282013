from datetime import timedelta

import pytest

from app_workers.inventory.domain.receiving import delivery_problem, is_same_delivery
from app_workers.inventory.errors import ItemDiscontinued, LotExpired, LotExpiryMismatch, LotRequired
from ganger.errors import ValidationFailed
from tests.unit.inventory.factories import TODAY, make_delivery, make_item, make_lot, make_movement

YESTERDAY = TODAY - timedelta(days=1)
TRACKED = make_item(is_lot_tracked=True)


def test_plain_delivery_is_fine():
    assert delivery_problem(make_item(), None, make_delivery(), TODAY) is None


def test_discontinued_item_is_refused():
    problem = delivery_problem(make_item(status="discontinued"), None, make_delivery(), TODAY)
    assert isinstance(problem, ItemDiscontinued)


def test_lot_tracked_item_needs_a_lot_number():
    problem = delivery_problem(TRACKED, None, make_delivery(), TODAY)
    assert isinstance(problem, LotRequired)
    assert problem.details == {"field": "lot_number"}


def test_lot_may_be_received_on_its_expiry_date_and_not_the_day_after():
    """Worked example 5, for receiving."""
    delivery = make_delivery(lot_number="A1", expires_on=TODAY)
    assert delivery_problem(TRACKED, None, delivery, TODAY) is None
    assert isinstance(delivery_problem(TRACKED, None, delivery, TODAY + timedelta(days=1)), LotExpired)


def test_known_lot_keeps_its_expiry_date():
    delivery = make_delivery(lot_number="A1", expires_on=TODAY)
    problem = delivery_problem(TRACKED, make_lot(), delivery, TODAY)
    assert isinstance(problem, LotExpiryMismatch)
    assert problem.details["expires_on"] == "2026-09-30"


def test_known_lot_without_expiry_date_takes_none_later():
    delivery = make_delivery(lot_number="A1", expires_on=TODAY)
    problem = delivery_problem(TRACKED, make_lot(expires_on=None), delivery, TODAY)
    assert isinstance(problem, LotExpiryMismatch)
    assert problem.details["expires_on"] is None


def test_known_lot_needs_no_expiry_date_again():
    assert delivery_problem(TRACKED, make_lot(), make_delivery(lot_number="A1"), TODAY) is None


def test_known_lot_that_expired_is_refused_without_a_date_too():
    delivery = make_delivery(lot_number="A1")
    assert isinstance(delivery_problem(TRACKED, make_lot(expires_on=YESTERDAY), delivery, TODAY), LotExpired)


def test_lot_of_an_item_without_lot_tracking_is_refused():
    problem = delivery_problem(make_item(), None, make_delivery(lot_number="A1", expires_on=TODAY), TODAY)
    assert isinstance(problem, ValidationFailed)
    assert set(problem.details["fields"]) == {"lot_number", "expires_on"}


def test_delivery_sent_again_is_recognised():
    assert is_same_delivery([make_movement()], make_item(), make_delivery())


@pytest.mark.parametrize(
    "changes",
    [{"quantity": 13}, {"location_id": "loc_wx"}, {"lot_number": "B2"}],
    ids=lambda c: next(iter(c)),
)
def test_delivery_that_differs_is_not_the_same(changes):
    assert not is_same_delivery([make_movement()], make_item(), make_delivery(**changes))


def test_delivery_of_another_item_is_not_the_same():
    assert not is_same_delivery([make_movement()], make_item(id="itm_masks"), make_delivery())
