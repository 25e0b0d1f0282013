from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_workers.inventory.domain.barcodes import check_digit
from app_workers.inventory.domain.scanning import parse_scan

GLOVES = "00099999000016"
GS = "\x1d"


def facts(text):
    parsed = parse_scan(text)
    return parsed.barcode, parsed.lot_number, parsed.expires_on


@pytest.mark.parametrize("code", ["099999000016", "0099999000016", GLOVES, " 0999-9900 0016 "])
def test_plain_codes_of_a_product_are_the_same(code):
    """Worked example 1, the first two scans."""
    assert facts(code) == (GLOVES, None, None)


@pytest.mark.parametrize(
    ("expiry", "expires_on"),
    [("271231", date(2027, 12, 31)), ("270200", date(2027, 2, 28)), ("280200", date(2028, 2, 29))],
)
def test_gs1_code_brings_lot_and_expiry(expiry, expires_on):
    """Worked example 1, the GS1 scan and day 00."""
    assert facts(f"]d201{GLOVES}17{expiry}10LOT42A") == (GLOVES, "LOT42A", expires_on)


@pytest.mark.parametrize("prefix", ["]d2", "]C1", "]Q3", f"]d2{GS}", ""])
@pytest.mark.parametrize("separator", [GS, "\N{SYMBOL FOR GROUP SEPARATOR}"])
def test_elements_stand_in_any_order(prefix, separator):
    code = f"{prefix}01{GLOVES}10lot42a{separator}21SERIAL{separator}17271231"
    assert facts(code) == (GLOVES, "LOT42A", date(2027, 12, 31))


def test_unknown_elements_are_passed_over():
    assert facts(f"01{GLOVES}11260101{'9912X'}{GS}10A1") == (GLOVES, "A1", None)


@pytest.mark.parametrize("expiry", ["271301", "270230", "2712", "27123X"])
def test_what_is_no_date_is_no_expiry(expiry):
    assert parse_scan(f"01{GLOVES}17{expiry}").expires_on is None


def test_code_with_a_wrong_check_digit_is_no_gs1_code():
    code = f"01{GLOVES[:-1]}717271231"
    assert facts(code) == (code, None, None)


def test_other_codes_are_normalised():
    """Worked example 2, the spelling."""
    assert facts("NOPE-1") == ("NOPE1", None, None)


@given(st.text("0123456789", min_size=13, max_size=13), st.text("ABC123", min_size=1, max_size=20))
def test_every_gs1_code_gives_its_product_and_lot(digits, lot):
    product = f"{digits}{check_digit(digits)}"
    assert facts(f"]C101{product}10{lot}") == (product, lot, None)


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    assert parse_scan(text).barcode is not None
