from hypothesis import given
from hypothesis import strategies as st

from app_workers.inventory.domain.barcodes import check_digit, has_valid_check_digit, normalise_barcode

DIGITS = st.text("0123456789", min_size=7, max_size=13)


def test_upc_and_the_ean_that_contains_it_are_the_same_code():
    """Worked example 1, the scans without a GS1 prefix."""
    assert normalise_barcode("099999000016") == normalise_barcode("0099999000016") == "00099999000016"


def test_spaces_hyphens_and_case_do_not_matter():
    """Worked example 2, the spelling under which an unknown code is kept."""
    assert normalise_barcode(" nope-1 ") == "NOPE1"
    assert normalise_barcode("0999 9900-0016") == "00099999000016"


def test_digits_with_a_wrong_check_digit_stay_as_they_are():
    assert normalise_barcode("099999000017") == "099999000017"


def test_digits_of_another_length_stay_as_they_are():
    assert normalise_barcode("12345") == "12345"


def test_digits_of_other_scripts_are_no_product_code():
    assert normalise_barcode("٠٩٩٩٩٩٠٠٠٠١٦") == "٠٩٩٩٩٩٠٠٠٠١٦"


@given(DIGITS)
def test_check_digit_completes_any_code(digits):
    assert has_valid_check_digit(f"{digits}{check_digit(digits)}")


@given(DIGITS, st.integers(0, 12), st.integers(1, 9))
def test_check_digit_notices_one_wrong_digit(digits, place, difference):
    place %= len(digits)
    wrong = (int(digits[place]) + difference) % 10
    assert check_digit(f"{digits[:place]}{wrong}{digits[place + 1 :]}") != check_digit(digits)


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing_more(text):
    once = normalise_barcode(text)
    assert normalise_barcode(once) == once
