"""How long codes and links open a packet."""

from datetime import UTC, datetime, timedelta

import pytest

from app_workers.handouts.domain.links import (
    TOKEN_BYTES,
    extended_end,
    is_open_until,
    latest_end,
    token_hash,
    token_of,
)

GENERATED = datetime(2026, 1, 10, 15, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_code_opens_up_to_and_including_its_end():
    """Example 10: 30 days later to the second, and one second after that no more."""
    end = GENERATED + timedelta(days=30)
    assert end == datetime(2026, 2, 9, 15, tzinfo=UTC)
    assert is_open_until(end, end)
    assert not is_open_until(end, end + SECOND)


def test_an_extension_counts_from_the_end_and_an_expired_code_works_again():
    end = GENERATED + timedelta(days=30)
    early, late = GENERATED + timedelta(days=1), end + timedelta(days=5)
    assert extended_end(GENERATED, end, 10, early, is_general=False) == end + timedelta(days=10)
    assert extended_end(GENERATED, end, 10, late, is_general=False) == late + timedelta(days=10)


@pytest.mark.parametrize(("is_general", "most"), [(False, 365), (True, 730)])
def test_no_code_is_valid_for_longer_than_its_kind_may_be(is_general, most):
    assert latest_end(GENERATED, is_general) == GENERATED + timedelta(days=most)
    end = GENERATED + timedelta(days=most - 1)
    assert extended_end(GENERATED, end, 1, GENERATED, is_general) == GENERATED + timedelta(days=most)
    with pytest.raises(ValueError, match="not valid for that long"):
        extended_end(GENERATED, end, 2, GENERATED, is_general)


def test_a_token_has_128_bits_in_22_characters_of_which_a_hash_is_kept():
    token = token_of(bytes(range(TOKEN_BYTES)))
    assert (TOKEN_BYTES * 8, len(token)) == (128, 22)
    assert token.replace("-", "").replace("_", "").isalnum()
    assert len(token_hash(token)) == 64
    assert token not in token_hash(token)
