"""Which requests count as sent by our own pages."""

import pytest

from ganger.csrf import refuse_cross_origin
from ganger.errors import CrossOrigin
from ganger.http import Request

HOST = "staff.example.test"


def is_refused(method="POST", is_signed_in=True, **headers):
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        refuse_cross_origin(Request(method, "/", headers=sent, host=HOST), is_signed_in)
    except CrossOrigin:
        return True
    return False


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "", "SAME-ORIGIN"])
def test_a_change_comes_from_our_own_origin_alone(method, site):
    assert is_refused(method, sec_fetch_site=site)
    assert not is_refused(method, sec_fetch_site="same-origin")


def test_what_the_browser_says_of_the_site_counts_more_than_the_origin():
    assert is_refused(sec_fetch_site="cross-site", origin=f"https://{HOST}")


@pytest.mark.parametrize(
    "origin", ["https://evil.test", "null", "", f"https://{HOST}.evil.test", f"https://{HOST}:444", HOST]
)
def test_an_older_browser_has_to_name_our_origin(origin):
    assert is_refused(origin=origin)
    assert not is_refused(origin=f"https://{HOST}")


def test_the_host_header_has_no_say():
    assert is_refused(origin="https://evil.test", host="evil.test")


def test_a_session_or_a_cookie_that_comes_with_neither_header_is_refused():
    assert is_refused()
    assert is_refused(is_signed_in=False, cookie="a=b")
    assert not is_refused(is_signed_in=False)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_is_open_to_links_from_anywhere(method):
    assert not is_refused(method, sec_fetch_site="cross-site")


def test_a_socket_is_opened_by_our_own_pages_alone():
    assert is_refused("GET", upgrade="websocket", origin="https://evil.test")
    assert is_refused("GET", upgrade="WebSocket", sec_fetch_site="same-site")
    assert not is_refused("GET", upgrade="websocket", origin=f"https://{HOST}")
