"""Codes that people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganger.codes import ALPHABET, PACKET_CODE_LENGTH, new_code, read_code, shown_code


def test_a_code_is_read_in_any_case_with_spaces_and_hyphens():
    """Example 8: `7K3MQ-9XW2P` typed as `7k3mq 9xw2p`."""
    assert read_code("7k3mq 9xw2p", PACKET_CODE_LENGTH) == "7K3MQ9XW2P"
    assert read_code(" 7K3MQ\u20139xw2p ", PACKET_CODE_LENGTH) == "7K3MQ9XW2P"


def test_letters_that_no_code_has_are_read_as_the_digits_they_look_like():
    assert read_code("oOiIlL0011", PACKET_CODE_LENGTH) == "0011110011"


@pytest.mark.parametrize("typed", ["", "7K3MQ9XW2", "7K3MQ9XW2PP", "7K3MQ9XW2U", "7K3MQ9XW2é", "<script>a"])
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed, PACKET_CODE_LENGTH) is None


@given(st.text(ALPHABET, min_size=10, max_size=10))
def test_what_is_printed_is_read_back(code):
    assert read_code(shown_code(code).lower(), PACKET_CODE_LENGTH) == code


def test_new_codes_have_no_letter_that_looks_like_another():
    codes = {new_code(PACKET_CODE_LENGTH) for _ in range(200)}
    assert len(codes) == 200
    assert not set("".join(codes)) & set("ILOU")
