"""A signed-in person's browser with an authenticator app.

Codes come from pyotp, which knows nothing of our own implementation.
"""

import re
import time
from dataclasses import dataclass

import httpx
import pyotp

from tests.harness.staff import StaffPortal
from tests.platform.auth.factories import (
    cookie_of,
    make_person,
    session_of,
    set_cookies,
    sign_in_on,
    stale,
    with_cookie,
)

PAGE = "/auth/second-factor"
STEP_UP = "/auth/step-up"


@dataclass
class Browser:
    """A signed-in person's browser."""

    platform: StaffPortal
    person: str
    cookie: str
    totp: pyotp.TOTP | None = None
    recovery_codes: tuple[str, ...] = ()

    def get(self, path, **headers) -> httpx.Response:
        return self._kept(self.platform.get(path, headers=with_cookie(self.cookie) | headers))

    def post(self, path, **fields) -> httpx.Response:
        return self._kept(
            self.platform.post(path, data={"to": "/"} | fields, headers=with_cookie(self.cookie))
        )

    def _kept(self, answer):
        if set_cookies(answer):
            self.cookie = cookie_of(answer)
        return answer

    def begin(self, path=f"{PAGE}/set-up") -> str:
        """Begin a set-up and return the secret that its page shows."""
        answer = self.post(path)
        assert answer.status_code == 303, answer.text
        page = self.get(answer.headers["location"])
        return re.search(r'<code id="secret">([A-Z2-7 ]+)</code>', page.text).group(1).replace(" ", "")

    def enrol(self) -> httpx.Response:
        """Set a second factor up and return the page with the recovery codes."""
        self.totp = pyotp.TOTP(self.begin())
        page = self.post(f"{PAGE}/set-up/confirm", code=self.totp.now(), to="/inventory")
        self.recovery_codes = tuple(re.findall(r"<li><code>([0-9a-z-]+)</code></li>", page.text))
        return page

    def forget_used_codes(self) -> None:
        """As if the last code had been given long ago."""
        self.platform.run("UPDATE second_factors SET last_step = 0 WHERE user_id = ?", self.person)

    def forget_step_up(self) -> None:
        """As if the last second factor had been given more than ten minutes ago."""
        self.platform.run("UPDATE sessions SET stepped_up_until = NULL WHERE user_id = ?", self.person)
        self.cookie = stale(self.cookie)

    @property
    def stepped_up_until(self) -> int:
        return session_of(self.cookie).person.stepped_up_until


def browser_of(platform, person=None) -> Browser:
    person = person or make_person(platform)
    return Browser(platform, person, sign_in_on(platform, person))


def enrolled(platform) -> Browser:
    browser = browser_of(platform)
    assert browser.enrol().status_code == 200
    browser.forget_used_codes()
    return browser


def actions(browser):
    rows = browser.platform.rows(
        "SELECT action FROM audit_logs WHERE user_id = ? ORDER BY rowid", browser.person
    )
    return [row["action"] for row in rows]


def notices(browser):
    rows = browser.platform.rows("SELECT title FROM notifications WHERE user_id = ?", browser.person)
    return [row["title"] for row in rows]


def wrong(browser):
    """A code that none of the three steps around now has."""
    around = {browser.totp.at(time.time(), counter_offset=step) for step in (-2, -1, 0, 1, 2)}
    return next(
        code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in around
    )
