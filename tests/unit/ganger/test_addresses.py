"""From where administration is allowed, and who counts as one caller."""

import pytest

from ganger.addresses import AllowList, administrators, caller_key, is_readable

OFFICES = AllowList.parse("198.51.100.7, 203.0.113.0/28 2001:db8:1::/48")


@pytest.mark.parametrize(
    "address", ["198.51.100.7", "203.0.113.15", "2001:db8:1:2::9", "::ffff:203.0.113.1", " 198.51.100.7 "]
)
def test_addresses_of_the_list_are_allowed(address):
    assert OFFICES.allows(address)


@pytest.mark.parametrize(
    "address",
    [
        "198.51.100.8",
        "203.0.113.16",
        "2001:db8:2::1",
        "::ffff:198.51.100.8",
        None,
        "",
        "office",
        "0313.51.100.7",
        "198.51.100.7, 192.0.2.1",
        "198.51.100.7:443",
    ],
)
def test_any_other_address_and_what_is_none_are_not(address):
    assert not OFFICES.allows(address)


def test_an_empty_list_allows_nobody():
    assert not AllowList.parse(" ").allows("198.51.100.7")


@pytest.mark.parametrize("text", ["office", "203.0.113.1/28", "203.0.113.0/33", "10.0.0.0/8;127.0.0.1"])
def test_a_list_that_cannot_be_read_is_an_error(text):
    with pytest.raises(ValueError):
        AllowList.parse(text)


def test_one_customer_counts_as_one_caller():
    assert caller_key("2001:db8::1") == caller_key("2001:db8::ffff") != caller_key("2001:db8:0:1::1")
    assert caller_key("::ffff:192.0.2.1") == caller_key("192.0.2.1") != caller_key("192.0.2.2")
    assert caller_key(None) == caller_key("nonsense") == "unknown"


def test_a_variable_that_cannot_be_read_allows_nobody():
    assert not is_readable("198.51.100.0/24 office")
    assert not administrators("198.51.100.0/24 office").allows("198.51.100.1")
    assert administrators("198.51.100.0/24").allows("198.51.100.1")
