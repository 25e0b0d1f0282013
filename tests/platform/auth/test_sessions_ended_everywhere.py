"""An ended session is gone from every app within the interval for which its claims are believed.

The interval is one second here and five minutes in production; everything else is the same.
"""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.harness.few import few_workers
from tests.platform.auth.factories import (
    cookie_of,
    make_person,
    session_of,
    set_cookies,
    sign_in_on,
    with_cookie,
)

pytestmark = pytest.mark.runtime

FRESH_S = 1
# The interval, and what a busy machine needs to answer.
WITHIN_S = FRESH_S + 10
PAGES = ("/", "/inventory", "/handouts", "/auth/sessions")


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    ids = ["router", "auth", "management", "inventory", "handouts"]
    with few_workers(ids, tmp_path_factory.mktemp("few"), {"SESSION_FRESH_S": FRESH_S}) as few:
        yield few


def is_open(portal, cookie, page):
    return portal.get(page, headers=with_cookie(cookie)).status_code == 200


def wait_until_closed(portal, cookie):
    """Return when no page opens any more with the cookie, which a browser would keep up all the while."""
    ends = time.monotonic() + WITHIN_S
    while any(is_open(portal, cookie, page) for page in PAGES):
        assert time.monotonic() < ends, "The session is still open somewhere."


def test_the_interval_is_the_one_that_is_set(portal):
    session = session_of(sign_in_on(portal, make_person(portal)))
    assert session.fresh_until - time.time() <= FRESH_S


def test_use_alone_never_closes_anything(portal):
    cookie = sign_in_on(portal, make_person(portal))
    ends = time.monotonic() + FRESH_S * 3
    while time.monotonic() < ends:
        answer = portal.get("/inventory", headers=with_cookie(cookie))
        assert answer.status_code == 200
        cookie = cookie_of(answer) if set_cookies(answer) else cookie


def test_signing_out_closes_every_app_to_a_copy_of_the_cookie(portal):
    cookie = sign_in_on(portal, make_person(portal))
    assert all(is_open(portal, cookie, page) for page in PAGES)
    portal.post("/auth/sign-out", headers=with_cookie(cookie))
    wait_until_closed(portal, cookie)


def test_ending_all_sessions_closes_every_app_in_every_browser(portal):
    person = make_person(portal)
    here, there = (sign_in_on(portal, person) for _ in range(2))
    portal.post("/auth/sessions/end-all", headers=with_cookie(here))
    wait_until_closed(portal, here)
    wait_until_closed(portal, there)


def test_deactivating_a_person_closes_every_app(portal):
    person = make_person(portal)
    cookie = sign_in_on(portal, person)
    portal.run("UPDATE users SET is_active = 0 WHERE id = ?", person)
    wait_until_closed(portal, cookie)


def test_parallel_requests_during_a_change_of_rights_all_pass(portal):
    """The one that is first gets the new cookie; the others pass with the old one for a moment."""
    person = make_person(portal)
    cookie = sign_in_on(portal, person)
    portal.run("UPDATE user_roles SET role = 'manager' WHERE user_id = ?", person)
    wait_for_stale(cookie)
    statuses, fresh = at_once(portal, cookie, 6)
    assert statuses == [200] * 6
    assert len({session_of(value).person.session_id for value in fresh}) == 1
    assert session_of(fresh[0]).person.role == "manager"
    assert is_open(portal, fresh[0], "/inventory")


def wait_for_stale(cookie):
    fresh_until = session_of(cookie).fresh_until
    while time.time() < fresh_until:
        time.sleep(0.05)


def at_once(portal, cookie, count):
    """Ask for a page several times at once; return the statuses and the cookies that were set."""
    with ThreadPoolExecutor(count) as pool:
        answers = list(
            pool.map(lambda _: portal.get("/inventory", headers=with_cookie(cookie)), range(count))
        )
    statuses = [answer.status_code for answer in answers]
    return statuses, [cookie_of(answer) for answer in answers if set_cookies(answer)]
