import pytest
from pydantic import ValidationError

from tests.unit.inventory.factories import make_delivery


@pytest.mark.parametrize("quantity", [0, -1, 2.5, 10_001, "two"])
def test_quantity_out_of_bounds_is_refused(quantity):
    """Worked example 4, the bounds."""
    with pytest.raises(ValidationError):
        make_delivery(quantity=quantity)


@pytest.mark.parametrize("quantity", [1, 10_000, "12"])
def test_quantity_within_bounds_is_taken(quantity):
    assert make_delivery(quantity=quantity).quantity == int(quantity)


def test_lot_number_is_kept_trimmed_in_upper_case():
    assert make_delivery(lot_number=" demo24a ").lot_number == "DEMO24A"


@pytest.mark.parametrize("lot_number", ["", "   ", "X" * 41])
def test_lot_number_without_or_with_too_many_characters_is_refused(lot_number):
    with pytest.raises(ValidationError):
        make_delivery(lot_number=lot_number)
