"""Signing in through a real OpenID provider, in Chromium, with whatever can go wrong on the way.

Accounts and what they are linked to stand in tests/harness/openid. The provider is real; where a test says
that its tokens are forged, they are what no real provider sends, made from its own by the harness.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from ganger.session import COOKIE
from service_workers.auth.oidc import attempt
from tests.browser.conftest import assert_accessible
from tests.harness.openid.portal import CALLBACK, OpenIdPortal

pytestmark = [pytest.mark.runtime, pytest.mark.browser]

ENTRY = "Continue with Test Provider"


@dataclass
class Visitor:
    """Somebody with a browser of their own."""

    page: Page
    portal: OpenIdPortal
    seen: list[Response] = field(default_factory=list)

    def begin(self, to: str = "/") -> None:
        """Follow the sign-in page's link to the provider."""
        self.page.goto(f"{self.portal.url}/auth/sign-in?to={to}")
        self.page.get_by_role("link", name=ENTRY).click()

    def choose(self, account: str) -> None:
        """Choose an account at the provider, and come back."""
        self.page.get_by_role("link", name=account, exact=True).click()

    def sign_in(self, account: str, to: str = "/") -> None:
        """Go the whole way."""
        self.begin(to)
        self.choose(account)

    def callback(self, code: str) -> str:
        """The address that the provider would answer the last attempt at."""
        begun = [answer for answer in self.seen if "/auth/oidc/sign-in" in answer.url]
        state = parse_qs(urlsplit(begun[-1].headers["location"]).query)["state"][0]
        return f"{self.portal.url}{CALLBACK}?code={code}&state={state}&iss={self.portal.provider.issuer}"

    def cookies(self) -> dict[str, str]:
        """The portal's cookies by name."""
        return {cookie["name"]: cookie["value"] for cookie in self.page.context.cookies(self.portal.url)}

    def assert_refused(self, status: int, code: str, title: str) -> None:
        """Fail unless the page says so, nobody is signed in, and the way back is there."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        expect(self.page.get_by_text(f"{status} {code}")).to_be_visible()
        expect(self.page.get_by_role("link", name=re.compile("sign-in|Try again"))).to_be_visible()
        assert COOKIE not in self.cookies()


@pytest.fixture
def visitor(chromium: Browser, portal: OpenIdPortal) -> Iterator[Visitor]:
    context = chromium.new_context()
    somebody = Visitor(context.new_page(), portal)
    somebody.page.on("response", lambda answer: somebody.seen.append(answer))
    yield somebody
    context.close()


def the_last_refusal(portal: OpenIdPortal) -> tuple[object, object, object]:
    (row,) = portal.staff.rows(
        "SELECT user_id, fields_json, is_authorized FROM audit_logs WHERE action = 'auth:sign-in-refused' "
        "ORDER BY id DESC LIMIT 1"
    )
    return row["user_id"], row["fields_json"], row["is_authorized"]


def test_a_linked_person_gets_to_the_page_that_they_wanted(visitor, portal):
    portal.link("pat", "usr_pat")
    visitor.page.goto(f"{portal.url}/api-of-nothing")  # sent to the sign-in page, and back there then
    visitor.page.get_by_role("link", name=ENTRY).click()
    visitor.choose("pat")
    assert urlsplit(visitor.page.url).path == "/api-of-nothing"
    assert "Pat Example" in visitor.page.content()
    assert attempt.COOKIE not in visitor.cookies()


def test_from_the_provider_to_the_first_page_there_are_at_most_three_redirects(visitor, portal):
    portal.link("pat", "usr_pat")
    visitor.sign_in("pat")
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("Pat")
    ours = [answer for answer in visitor.seen if answer.url.startswith(portal.url)]
    (back,) = [number for number, answer in enumerate(ours) if CALLBACK in answer.url]
    redirects = [answer for answer in ours[back:] if 300 <= answer.status < 400]
    assert [urlsplit(answer.url).path for answer in redirects] == [CALLBACK]


def test_the_sign_in_page_is_accessible_and_works_without_a_script(chromium, portal):
    portal.link("pat", "usr_pat")
    context = chromium.new_context(java_script_enabled=False)
    somebody = Visitor(context.new_page(), portal)
    somebody.sign_in("pat")
    assert COOKIE in somebody.cookies()
    context.close()
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{portal.url}/auth/sign-in")
    assert_accessible(page)
    context.close()


def test_signing_in_again_starts_a_new_session_and_ends_the_old_one(visitor, portal):
    portal.link("pat", "usr_pat")
    visitor.sign_in("pat")
    before = visitor.cookies()[COOKIE]
    visitor.page.goto(f"{portal.url}/auth/oidc/sign-in")
    visitor.choose("pat")
    assert visitor.cookies()[COOKIE] != before
    rows = portal.staff.rows(
        "SELECT ended_at FROM sessions WHERE user_id = 'usr_pat' AND method = 'oidc' ORDER BY id DESC LIMIT 2"
    )
    assert [row["ended_at"] is None for row in rows] == [True, False]


def test_a_new_account_of_the_practice_asks_for_access_once(visitor, portal):
    visitor.sign_in("nia")
    visitor.assert_refused(403, "ACCESS_REQUESTED", "Your request for access was sent")
    assert_accessible(visitor.page)
    visitor.sign_in("nia")
    visitor.assert_refused(403, "ACCESS_PENDING", "Your request for access is waiting")
    (row,) = portal.staff.rows("SELECT email, name, status FROM access_requests WHERE subject = 'nia'")
    assert row == {"email": "nia.newcomer@example.test", "name": "Nia Newcomer", "status": "pending"}
    told = portal.staff.rows("SELECT user_id FROM notifications WHERE title LIKE 'Nia Newcomer %'")
    assert [each["user_id"] for each in told] == ["usr_sam"]


def test_an_account_is_not_linked_by_its_e_mail_address(visitor, portal):
    portal.staff.run("UPDATE users SET email = 'noa.newcomer@example.test' WHERE id = 'usr_fay'")
    visitor.sign_in("noa")
    visitor.assert_refused(403, "ACCESS_REQUESTED", "Your request for access was sent")


def test_a_deactivated_person_is_told_so(visitor, portal):
    portal.link("ina", "usr_ina")
    visitor.sign_in("ina")
    visitor.assert_refused(403, "SIGN_IN_REFUSED", "You cannot sign in to the portal")
    assert the_last_refusal(portal) == ("usr_ina", '{"reason": "SIGN_IN_REFUSED"}', 0)


@pytest.mark.parametrize("account", ["eve", "pia", "mal"])
def test_an_account_of_another_domain_is_refused(visitor, portal, account):
    visitor.sign_in(account)
    visitor.assert_refused(403, "FOREIGN_ACCOUNT", "This account does not belong to the practice")
    assert the_last_refusal(portal) == (None, '{"reason": "token-domain"}', 0)
    assert portal.staff.rows("SELECT 1 FROM access_requests WHERE subject = ?", account) == []


def test_an_address_that_the_provider_did_not_verify_is_refused(visitor):
    visitor.sign_in("uno")
    visitor.assert_refused(403, "SIGN_IN_UNVERIFIED", "Your sign-in could not be verified")


def test_who_breaks_off_at_the_provider_is_not_signed_in(visitor):
    visitor.sign_in("nobody")
    visitor.assert_refused(400, "SIGN_IN_CANCELLED", "You are not signed in")


def came_back(visitor) -> str:
    """Sign in as Pat and return the address that the provider sent the browser back to."""
    visitor.portal.link("pat", "usr_pat")
    visitor.sign_in("pat")
    (address,) = [answer.url for answer in visitor.seen if CALLBACK in answer.url]
    return address


def test_a_callback_that_is_sent_again_is_refused(visitor):
    address = came_back(visitor)
    visitor.page.context.clear_cookies()
    visitor.page.goto(address)
    visitor.assert_refused(400, "SIGN_IN_EXPIRED", "This sign-in is no longer valid")


def test_a_callback_that_is_sent_again_with_its_cookie_is_refused_without_asking_the_provider(
    visitor, portal
):
    portal.link("pat", "usr_pat")
    visitor.begin()
    kept = visitor.page.context.cookies(portal.url)
    visitor.choose("pat")
    (address,) = [answer.url for answer in visitor.seen if CALLBACK in answer.url]
    asked = portal.provider.counts()["/token"]
    visitor.page.context.clear_cookies()
    visitor.page.context.add_cookies(kept)
    visitor.page.goto(address)
    visitor.assert_refused(400, "SIGN_IN_EXPIRED", "This sign-in is no longer valid")
    assert portal.provider.counts()["/token"] == asked
    assert the_last_refusal(portal) == (None, '{"reason": "SIGN_IN_EXPIRED"}', 0)


def test_a_stolen_code_is_of_no_use_in_another_browser(visitor, portal):
    """The code is good and unused; but it goes with the first browser's attempt, and so with its verifier."""
    address = came_back(visitor)
    code = parse_qs(urlsplit(address).query)["code"][0]
    visitor.page.context.clear_cookies()
    visitor.begin()
    visitor.page.goto(visitor.callback(code))
    visitor.assert_refused(400, "SIGN_IN_EXPIRED", "This sign-in is no longer valid")


@pytest.mark.parametrize(
    ("changed", "status", "code", "title"),
    [
        ({"state": "made-up"}, 400, "SIGN_IN_EXPIRED", "This sign-in is no longer valid"),
        ({"state": ""}, 400, "SIGN_IN_EXPIRED", "This sign-in is no longer valid"),
        ({"code": "made-up"}, 400, "SIGN_IN_EXPIRED", "This sign-in is no longer valid"),
        ({"iss": "https://elsewhere.test"}, 403, "SIGN_IN_UNVERIFIED", "Your sign-in could not be verified"),
    ],
)
def test_an_answer_that_was_changed_on_its_way_is_refused(visitor, portal, changed, status, code, title):
    portal.link("pat", "usr_pat")
    portal.provider.bend(**changed)
    visitor.sign_in("pat")
    visitor.assert_refused(status, code, title)


FORGERIES = {
    "another audience": {"aud": "somebody-else"},
    "several audiences without a party": {"aud": ["ganger-tests", "somebody-else"]},
    "another party": {"azp": "somebody-else"},
    "another nonce": {"nonce": "made-up"},
    "another issuer": {"iss": "https://accounts.google.com"},
    "of another time": {"iat": 1_500_000_000, "exp": 4_000_000_000},
    "expired": {"exp": int(time.time()) - 3600},
}


@pytest.mark.parametrize("claims", FORGERIES.values(), ids=FORGERIES.keys())
def test_a_forged_token_with_wrong_claims_is_refused(visitor, portal, claims):
    """Forged: the provider's own key signs claims that it never would."""
    portal.link("pat", "usr_pat")
    portal.provider.forge(**claims)
    visitor.sign_in("pat")
    visitor.assert_refused(403, "SIGN_IN_UNVERIFIED", "Your sign-in could not be verified")


@pytest.mark.parametrize(
    ("sign", "header", "reason"),
    [
        ("none", {}, "algorithm"),
        ("hmac", {}, "algorithm"),
        ("hmac", {"alg": "RS256"}, "signature"),
        ("stranger", {}, "signature"),
    ],
)
def test_a_forged_token_with_another_signature_is_refused(visitor, portal, sign, header, reason):
    """Forged: all claims are right, and the provider's published key did not sign them."""
    portal.link("pat", "usr_pat")
    portal.provider.forge(sign=sign, header=header)
    visitor.sign_in("pat")
    visitor.assert_refused(403, "SIGN_IN_UNVERIFIED", "Your sign-in could not be verified")
    assert the_last_refusal(portal) == (None, f'{{"reason": "token-{reason}"}}', 0)


@pytest.mark.parametrize("how", ["error", "closed", "silent"])
def test_while_the_provider_is_down_people_are_told_and_can_try_again(visitor, portal, how):
    portal.link("pat", "usr_pat")
    visitor.begin("/api-of-nothing")
    portal.provider.fail(how)
    visitor.page.goto(visitor.callback(code="any"))
    visitor.assert_refused(503, "IDENTITY_PROVIDER_UNAVAILABLE", "The sign-in service does not answer")
    assert_accessible(visitor.page)
    portal.provider.recover()
    visitor.page.get_by_role("link", name="Try again").click()
    visitor.page.get_by_role("link", name=ENTRY).click()
    visitor.choose("pat")
    assert COOKIE in visitor.cookies()
    assert urlsplit(visitor.page.url).path == "/api-of-nothing"


def test_a_rotated_key_is_found_and_used(visitor, portal):
    """The keys are looked up again once a minute at most, so nothing else here may bring an unknown key."""
    portal.link("pat", "usr_pat")
    visitor.sign_in("pat")
    visitor.page.context.clear_cookies()
    portal.provider.rotate()
    before = portal.provider.counts()["/jwks"]
    visitor.sign_in("pat")
    assert COOKIE in visitor.cookies()
    assert portal.provider.counts()["/jwks"] == before + 1
