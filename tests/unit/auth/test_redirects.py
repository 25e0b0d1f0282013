"""Where sign-in may lead."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service_workers.auth.domain.redirects import local_path

# What a browser makes of an address is where open redirects hide, so most texts are made of its parts.
PIECES = st.sampled_from(
    ["/", "\\", ".", "..", ":", "?", "#", "@", "%2f", "\t", "\n", " ", "a", "evil.test", "http"]
)
ADDRESSES = st.lists(PIECES, max_size=12).map("".join) | st.text()


@pytest.mark.parametrize(
    "path", ["/", "/inventory", "/inventory/stock?page=2&sort=name", "/a%2Fb", "/x#part"]
)
def test_a_path_of_our_own_is_kept(path):
    assert local_path(path) == path


@pytest.mark.parametrize(
    "asked",
    [
        None,
        "",
        "inventory",
        "https://evil.test/",
        "//evil.test",
        "///evil.test",
        "/\\evil.test",
        "\\/evil.test",
        "/\t/evil.test",
        "/\n/evil.test",
        " /inventory",
        "/inventory//evil.test",
        "javascript:alert(1)",
        "/inventory\r\nset-cookie: a=b",
        "/café",
        "/" + "a" * 2000,
    ],
)
def test_anything_that_might_lead_elsewhere_becomes_the_start_page(asked):
    assert local_path(asked) == "/"


@pytest.mark.parametrize("asked", ["/auth/sign-in", "/auth/sign-in?to=/auth/sign-in", "/AUTH/sign-out"])
def test_sign_in_never_leads_back_to_itself(asked):
    assert local_path(asked) == "/"


@pytest.mark.parametrize("path", ["/auth/sessions", "/auth/second-factor"])
def test_pages_of_ones_own_account_may_be_led_back_to(path):
    assert local_path(path) == path


@given(ADDRESSES)
@example("/%2f/evil.test")
@example("/..//evil.test")
def test_the_result_is_on_our_host_however_a_browser_reads_it(asked):
    path = local_path(asked)
    # Browsers drop tabs and line breaks, and read a backslash as a slash.
    read = path.replace("\\", "/").translate({9: None, 10: None, 13: None})
    joined = urlsplit(urljoin("https://staff.test/auth/sign-in", read))
    assert (joined.scheme, joined.netloc) == ("https", "staff.test")


@given(ADDRESSES)
def test_the_result_fits_a_header_and_is_stable(asked):
    path = local_path(asked)
    assert path.isascii() and path.isprintable()
    assert local_path(path) == path
