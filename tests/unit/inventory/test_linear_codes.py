"""Codes of bars, read back by an independent reader."""

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app_workers.inventory.domain.barcodes import check_digit
from app_workers.inventory.domain.linear_codes import MAX_CHARACTERS, code_128, ean_13, linear_code

QUIET, HEIGHT, SCALE = "0" * 11, 40, 2


def read(modules):
    """What the reader finds in the code: its format and its text."""
    line = bytes(0 if module == "1" else 255 for module in QUIET + modules + QUIET for _ in range(SCALE))
    (found,) = zxingcpp.read_barcodes(Image.frombytes("L", (len(line), HEIGHT), line * HEIGHT))
    return found.format, found.text


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**12 - 1))
def test_every_product_code_is_an_ean_13(number):
    digits = f"{number:012d}"
    code = f"{digits}{check_digit(digits)}"
    assert linear_code(f"0{code}") == ean_13(code)
    assert read(ean_13(code)) == (zxingcpp.BarcodeFormat.EAN13, code)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=MAX_CHARACTERS))
def test_every_other_code_is_a_code_128(text):
    assert read(code_128(text)) == (zxingcpp.BarcodeFormat.Code128, text)


def test_pairs_of_digits_take_half_the_bars():
    assert len(code_128("12345678")) < len(code_128("1234567"))
    assert read(code_128("00112233445599")) == (zxingcpp.BarcodeFormat.Code128, "00112233445599")


@pytest.mark.parametrize("text", ["", "Ä-1", "tab\t", "X" * (MAX_CHARACTERS + 1)])
def test_what_no_bars_on_a_label_can_say_has_none(text):
    assert linear_code(text) is None


def test_a_case_of_a_product_keeps_its_fourteen_digits():
    case = f"1009999900001{check_digit('1009999900001')}"
    assert read(linear_code(case)) == (zxingcpp.BarcodeFormat.Code128, case)
