"""Codes that count once, and how little guessing at them gains."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.platform.auth.browsers import STEP_UP, actions, browser_of, enrolled, notices, wrong
from tests.platform.auth.factories import sign_in_on, with_cookie

pytestmark = pytest.mark.runtime


def test_a_used_code_is_refused(platform):
    browser = enrolled(platform)
    code = browser.totp.now()
    assert browser.post(STEP_UP, code=code).status_code == 303
    assert browser.post(STEP_UP, code=code).status_code == 422


def test_the_code_of_enrolment_is_used_too(platform):
    browser = browser_of(platform)
    browser.enrol()
    last = platform.rows("SELECT last_step FROM second_factors WHERE user_id = ?", browser.person)[0]
    code = browser.totp.generate_otp(last["last_step"])
    assert browser.post(STEP_UP, code=code).status_code == 422


def at_once(browser, fields, count):
    """Send the same form at once from several sessions of the person, and return the statuses."""
    cookies = [with_cookie(sign_in_on(browser.platform, browser.person)) for _ in range(count)]

    def send(cookie):
        headers = cookie | {"accept": "text/html", "sec-fetch-site": "same-origin"}
        return httpx.post(
            browser.platform.url + STEP_UP, data=fields, headers=headers, timeout=60
        ).status_code

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(send, cookies))


def test_one_code_given_many_times_at_once_counts_once(platform):
    browser = enrolled(platform)
    statuses = at_once(browser, {"code": browser.totp.now()}, 4)
    assert statuses.count(303) == 1


def test_one_recovery_code_given_many_times_at_once_counts_once(platform):
    browser = enrolled(platform)
    statuses = at_once(browser, {"code": browser.recovery_codes[0]}, 4)
    assert statuses.count(303) == 1
    (row,) = platform.rows(
        "SELECT count(*) AS n FROM second_factor_recovery_codes WHERE user_id = ? AND used_at IS NOT NULL",
        browser.person,
    )
    assert row["n"] == 1


def test_five_wrong_codes_lock_and_even_the_right_one_waits(platform):
    browser = enrolled(platform)
    for _ in range(5):
        assert browser.post(STEP_UP, code=wrong(browser)).status_code == 422
    answer = browser.post(STEP_UP, code=browser.totp.now())
    assert answer.status_code == 429
    assert 800 < int(answer.headers["retry-after"]) <= 901
    assert actions(browser).count("auth:second-factor-refused") == 5
    assert actions(browser)[-1] == "auth:second-factor-locked"
    assert any("Too many wrong codes" in notice for notice in notices(browser))


def test_a_lock_ends_by_itself(platform):
    browser = enrolled(platform)
    for _ in range(5):
        browser.post(STEP_UP, code=wrong(browser))
    platform.run(
        """UPDATE second_factor_attempts
           SET attempted_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-16 minutes') WHERE user_id = ?""",
        browser.person,
    )
    assert browser.post(STEP_UP, code=browser.totp.now()).status_code == 303


def test_guessing_at_once_gains_nothing(platform):
    browser = enrolled(platform)
    statuses = at_once(browser, {"code": wrong(browser)}, 8)
    assert statuses.count(422) == 5
    assert statuses.count(429) == 3


def test_right_codes_are_not_counted_as_wrong(platform):
    browser = enrolled(platform)
    for _ in range(6):
        assert browser.post(STEP_UP, code=browser.totp.now()).status_code == 303
        browser.forget_used_codes()
