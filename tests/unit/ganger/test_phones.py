"""Phone numbers as typed and as stored."""

import pytest

from ganger.phones import phone_of


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("734-555-0142", "+17345550142"),
        ("(734) 555 0142", "+17345550142"),
        ("+1 734.555.0142", "+17345550142"),
        ("1734555014", None),
        ("734-555-014x", None),
        ("0345550142", None),
    ],
)
def test_a_phone_number_is_stored_one_way(typed, stored):
    assert phone_of(typed) == stored
