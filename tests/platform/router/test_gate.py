"""Who is let in, and what becomes of a session whose claims are stale."""

import time

import pytest

from ganger.session import COOKIE, LIFETIME_S
from tests.platform.router.conftest import PAT, Router, cookie_of

pytestmark = pytest.mark.runtime

PAGE = "text/html"


def stale_cookie() -> str:
    return cookie_of(PAT, time.time(), fresh_s=-1)


def set_cookie(answer) -> str:
    return answer.headers.get("set-cookie", "")


def test_signed_out_people_are_led_to_the_sign_in(router: Router):
    answer = router.get("/inventory/items?search=gauze", accept=PAGE)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/auth/sign-in?to=/inventory/items%3Fsearch%3Dgauze"


def test_signed_out_programs_get_the_envelope(router: Router):
    answer = router.get("/inventory/api/v1/items", accept=PAGE)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "UNAUTHENTICATED"


@pytest.mark.parametrize("change", ["tampered", "foreign", "empty", "ended"])
def test_a_cookie_that_does_not_hold_is_no_session(router: Router, change: str):
    good = cookie_of(PAT, time.time())
    bad = {
        "tampered": good[:-2] + ("AA" if good[-2:] != "AA" else "BB"),
        "foreign": "other." + good.partition(".")[2],
        "empty": "..",
        "ended": cookie_of(PAT, time.time() - LIFETIME_S),
    }[change]
    answer = router.get("/inventory/items", bad)
    assert answer.status_code == 401
    assert f"{COOKIE}=; Max-Age=0" in set_cookie(answer)


def test_fresh_claims_are_believed_without_asking(router: Router):
    router.tell_auth(status="ended")
    assert router.get("/inventory/items", cookie_of(PAT, time.time())).status_code == 200
    assert router.renewals() == 0


def test_stale_claims_are_renewed_and_the_new_cookie_goes_out(router: Router):
    fresh = cookie_of(PAT, time.time())
    router.tell_auth(status="renewed", cookie=fresh)
    answer = router.get("/inventory/items", stale_cookie())
    assert answer.status_code == 200
    assert set_cookie(answer).startswith(f"{COOKIE}={fresh}; Max-Age=")
    assert router.renewals() == 1


def test_a_cookie_whose_session_has_just_got_a_new_id_passes_and_is_not_replaced(router: Router):
    router.tell_auth(status="passing", cookie=cookie_of(PAT, time.time()))
    answer = router.get("/inventory/items", stale_cookie())
    assert answer.status_code == 200
    assert set_cookie(answer) == ""


def test_a_renewed_cookie_goes_out_with_the_pages_of_identity_too(router: Router):
    fresh = cookie_of(PAT, time.time())
    router.tell_auth(status="renewed", cookie=fresh)
    assert set_cookie(router.get("/auth/sessions", stale_cookie())).startswith(f"{COOKIE}={fresh}; Max-Age=")


def test_a_session_that_was_ended_is_over(router: Router):
    router.tell_auth(status="ended")
    answer = router.get("/inventory/items", stale_cookie(), accept=PAGE)
    assert answer.status_code == 303
    assert f"{COOKIE}=; Max-Age=0" in set_cookie(answer)


@pytest.mark.parametrize("state", [{"status": "unavailable"}, {"fails": True}])
def test_when_identity_cannot_be_told_nobody_is_let_in_and_nobody_is_signed_out(router: Router, state):
    router.tell_auth(**state)
    answer = router.get("/inventory/items", stale_cookie(), accept=PAGE)
    assert answer.status_code == 503
    assert "Identity does not answer" in answer.text
    assert set_cookie(answer) == ""


def test_a_slow_renewal_is_logged_with_its_stage(router: Router):
    router.tell_auth(status="renewed", cookie=cookie_of(PAT, time.time()), wait=30)
    request_id = router.get("/inventory/items", stale_cookie()).headers["x-request-id"]
    assert router.logged.facts(request_id, '"stage": "identify"')


def test_the_sign_in_pages_are_open_to_all_and_know_who_comes(router: Router):
    assert "x-ganger-identity" not in router.get("/auth/sign-in").json()["headers"]
    signed_in = router.get("/auth/sign-in", cookie_of(PAT, time.time())).json()["headers"]
    assert "x-ganger-identity" in signed_in


def test_what_merely_begins_like_the_sign_in_is_closed(router: Router):
    assert router.get("/authority").status_code == 401
