"""The second factor over HTTP: setting it up, giving it, changing it and losing it."""

import re
import time

import pyotp
import pytest

from tests.platform.auth.browsers import PAGE, STEP_UP, actions, browser_of, enrolled, notices, wrong
from tests.platform.auth.factories import session_id_of, set_cookies, stale, with_cookie

pytestmark = pytest.mark.runtime


def test_enrolment_shows_ten_recovery_codes_and_confirms_the_session(platform):
    browser = browser_of(platform)
    before = session_id_of(browser.cookie)
    page = browser.enrol()
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    assert len(set(browser.recovery_codes)) == 10
    assert 'href="/inventory"' in page.text
    assert session_id_of(browser.cookie) != before
    assert browser.stepped_up_until == pytest.approx(time.time() + 600, abs=30)
    assert "auth:second-factor-enrolled" in actions(browser)
    assert notices(browser) == ["A second factor was set up for your account."]


def test_neither_secret_nor_recovery_codes_stand_in_the_database(platform):
    browser = enrolled(platform)
    factor = platform.rows("SELECT * FROM second_factors WHERE user_id = ?", browser.person)
    codes = platform.rows("SELECT * FROM second_factor_recovery_codes WHERE user_id = ?", browser.person)
    stored = repr(factor) + repr(codes)
    assert len(codes) == 10
    assert browser.totp.secret not in stored
    assert not any(
        part in stored for code in browser.recovery_codes for part in (code, code.replace("-", ""))
    )


def test_a_wrong_first_code_enrols_nothing_and_shows_the_same_secret(platform):
    browser = browser_of(platform)
    browser.totp = pyotp.TOTP(browser.begin())
    page = browser.post(f"{PAGE}/set-up/confirm", code=wrong(browser))
    assert page.status_code == 422
    assert browser.totp.secret in page.text.replace(" ", "")
    assert platform.rows("SELECT 1 FROM second_factors WHERE user_id = ?", browser.person) == []


def test_a_code_confirms_for_ten_minutes_under_a_new_session_id(platform):
    browser = enrolled(platform)
    browser.forget_step_up()
    before = session_id_of(browser.cookie)
    answer = browser.post(STEP_UP, code=browser.totp.now(), to="/inventory?page=2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/inventory?page=2")
    assert browser.stepped_up_until == pytest.approx(time.time() + 600, abs=30)
    assert session_id_of(browser.cookie) != before
    assert actions(browser)[-2:] == ["auth:step-up", "auth:session-rotated"]


def test_the_old_cookie_does_not_share_the_confirmation(platform):
    browser = enrolled(platform)
    browser.forget_step_up()
    old = browser.cookie
    browser.post(STEP_UP, code=browser.totp.now())
    answer = platform.get(PAGE, headers=with_cookie(stale(old)))
    assert answer.status_code == 200 and set_cookies(answer) == []
    assert "confirm first that it is you" in answer.text


def test_the_confirmation_survives_renewal(platform):
    browser = enrolled(platform)
    until = browser.stepped_up_until
    browser.cookie = stale(browser.cookie)
    browser.get("/")
    assert browser.stepped_up_until == until


def test_who_has_no_second_factor_is_sent_to_set_one_up(platform):
    answer = browser_of(platform).get(f"{STEP_UP}?to=/inventory")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?to=/inventory")


@pytest.mark.parametrize("to", ["//evil.test", "https://evil.test/", "/\\evil.test"])
def test_confirming_leads_only_to_our_own_pages(platform, to):
    browser = enrolled(platform)
    assert browser.post(STEP_UP, code=browser.totp.now(), to=to).headers["location"] == "/"


def test_a_recovery_code_confirms_once_and_the_person_is_told(platform):
    browser = enrolled(platform)
    code = browser.recovery_codes[3].upper().replace("-", " ")
    assert browser.post(STEP_UP, code=code).status_code == 303
    assert "A recovery code of yours was used; 9 are left." in notices(browser)
    assert browser.post(STEP_UP, code=code).status_code == 422


def test_a_recovery_code_of_somebody_else_is_refused(platform):
    browser, other = enrolled(platform), enrolled(platform)
    assert browser.post(STEP_UP, code=other.recovery_codes[0]).status_code == 422


def test_changing_the_factor_needs_a_confirmation(platform):
    browser = enrolled(platform)
    browser.forget_step_up()
    for path in (f"{PAGE}/replace", f"{PAGE}/recovery-codes", f"{PAGE}/turn-off"):
        assert browser.post(path).status_code == 403
    answer = platform.post(
        f"{PAGE}/turn-off", headers=with_cookie(browser.cookie) | {"accept": "application/json"}
    )
    assert answer.json()["error"]["code"] == "STEP_UP_REQUIRED"


def test_a_second_secret_cannot_be_set_up_beside_the_first(platform):
    browser = enrolled(platform)
    assert browser.post(f"{PAGE}/set-up").status_code == 409


def test_a_new_device_takes_the_place_of_the_old(platform):
    browser = enrolled(platform)
    old, old_codes = browser.totp, browser.recovery_codes
    browser.totp = pyotp.TOTP(browser.begin(f"{PAGE}/replace"))
    assert browser.post(f"{PAGE}/set-up/confirm", code=browser.totp.now()).status_code == 200
    assert old.secret != browser.totp.secret
    browser.forget_used_codes()
    assert browser.post(STEP_UP, code=old.now()).status_code == 422
    assert browser.post(STEP_UP, code=old_codes[0]).status_code == 422
    assert browser.post(STEP_UP, code=browser.totp.now()).status_code == 303


def test_new_recovery_codes_make_the_old_ones_useless(platform):
    browser = enrolled(platform)
    page = browser.post(f"{PAGE}/recovery-codes")
    fresh = re.findall(r"<li><code>([0-9a-z-]+)</code></li>", page.text)
    assert len(fresh) == 10 and not set(fresh) & set(browser.recovery_codes)
    assert browser.post(STEP_UP, code=browser.recovery_codes[0]).status_code == 422
    assert browser.post(STEP_UP, code=fresh[0]).status_code == 303


def test_turning_off_forgets_everything_and_takes_the_confirmation_away(platform):
    browser = enrolled(platform)
    assert browser.post(f"{PAGE}/turn-off").status_code == 303
    for table in ("second_factors", "second_factor_enrolments", "second_factor_recovery_codes"):
        assert platform.rows(f"SELECT 1 FROM {table} WHERE user_id = ?", browser.person) == []  # noqa: S608
    browser.cookie = stale(browser.cookie)
    browser.get("/")
    assert browser.stepped_up_until == 0
    assert "auth:second-factor-turned-off" in actions(browser)


def test_a_sealed_secret_moved_to_another_person_does_not_open(platform):
    browser, thief = enrolled(platform), enrolled(platform)
    platform.run(
        """UPDATE second_factors SET secret_sealed =
               (SELECT secret_sealed FROM second_factors WHERE user_id = ?) WHERE user_id = ?""",
        thief.person,
        browser.person,
    )
    answer = browser.post(STEP_UP, code=thief.totp.now())
    assert answer.status_code == 500
    assert browser.stepped_up_until < time.time() + 600 and set_cookies(answer) == []


def test_a_session_that_was_ended_cannot_be_confirmed(platform):
    browser = enrolled(platform)
    cookie = with_cookie(browser.cookie)
    platform.run(
        "UPDATE sessions SET ended_at = '2026-01-01T00:00:00.000Z' WHERE user_id = ?", browser.person
    )
    answer = platform.post(STEP_UP, data={"code": browser.totp.now()}, headers=cookie)
    assert answer.status_code == 403 and set_cookies(answer) == []


def test_another_site_confirms_nothing(platform):
    browser = enrolled(platform)
    headers = with_cookie(browser.cookie) | {"sec-fetch-site": "cross-site"}
    answer = platform.post(STEP_UP, data={"code": browser.totp.now()}, headers=headers)
    assert answer.status_code == 403 and set_cookies(answer) == []
