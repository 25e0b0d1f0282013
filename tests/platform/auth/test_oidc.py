"""Signing in through the provider as programs and tampering hands see it: cookies, answers and rows."""

from urllib.parse import parse_qs, urlsplit

import pytest

from ganger.tokens import KeyRing
from service_workers.auth.oidc.attempt import COOKIE, begin, unseal_attempt
from tests.harness.openid.portal import CALLBACK
from tools.local.keys import development_vars

pytestmark = pytest.mark.runtime

START = "/auth/oidc/sign-in"


def ring() -> KeyRing:
    return KeyRing.parse(development_vars()["SESSION_KEYS"])


def started(portal, **query):
    return portal.staff.get(START, params=query)


def attempt_of(answer):
    (header,) = [each for each in answer.headers.get_list("set-cookie") if each.startswith(f"{COOKIE}=")]
    return header.partition(";")[0].partition("=")[2]


def came_back(portal, cookie, accept="application/json", **query):
    headers = {"cookie": f"{COOKIE}={cookie}", "accept": accept, "sec-fetch-site": "cross-site"}
    return portal.staff.get(CALLBACK, headers=headers, params=query)


def test_the_sign_in_page_links_to_the_provider_and_keeps_the_way_on(portal):
    page = portal.staff.get("/auth/sign-in?to=/inventory%3Fpage%3D2")
    assert f'href="{START}?to=/inventory%3Fpage%3D2"' in page.text
    assert "Continue with Test Provider" in page.text


def test_the_start_leads_to_the_provider_alone_and_sets_one_safe_cookie(portal):
    answer = started(portal, to="/inventory")
    assert answer.status_code == 303
    target = urlsplit(answer.headers["location"])
    assert f"{target.scheme}://{target.netloc}" == portal.provider.issuer
    query = {name: value for name, (value,) in parse_qs(target.query).items()}
    assert (query["code_challenge_method"], query["response_type"]) == ("S256", "code")
    assert query["redirect_uri"].endswith(CALLBACK)
    (cookie,) = answer.headers.get_list("set-cookie")
    name, *attributes = cookie.split("; ")
    assert name.startswith("__Host-ganger-sign-in=")
    assert sorted(attributes) == ["HttpOnly", "Max-Age=600", "Path=/", "SameSite=Lax", "Secure"]


@pytest.mark.parametrize("to", ["//evil.test", "https://evil.test/", "/\\evil.test", "/auth/sign-in"])
def test_an_attempt_never_remembers_a_foreign_target(portal, to):
    attempt = unseal_attempt(ring(), attempt_of(started(portal, to=to)), 0)
    assert attempt is not None and attempt.to == "/"


def test_beginning_an_attempt_writes_nothing(portal):
    sql = """SELECT (SELECT count(*) FROM audit_logs) + (SELECT count(*) FROM access_requests)
                  + (SELECT count(*) FROM sessions) + (SELECT count(*) FROM used_sign_in_attempts) AS rows"""
    before = portal.staff.rows(sql)
    started(portal)
    assert portal.staff.rows(sql) == before


def test_an_answer_to_an_older_attempt_leaves_the_newer_one_as_it_is(portal):
    portal.link("pat", "usr_pat")
    cookie = attempt_of(started(portal))
    refused = came_back(portal, cookie, accept="text/html", code="x", state="of another tab")
    assert refused.status_code == 400
    attempt = unseal_attempt(ring(), cookie, 0)
    again = came_back(portal, cookie, code="x", state=attempt.state, iss=portal.provider.issuer)
    assert again.json()["error"]["message"] == "The provider no longer takes this sign-in."


@pytest.mark.parametrize("cookie", ["", "made-up", "dev.e30.AAAA"])
def test_an_answer_without_an_attempt_of_ours_is_refused_and_leaves_no_row(portal, cookie):
    before = portal.staff.rows("SELECT count(*) AS rows FROM audit_logs")
    answer = came_back(portal, cookie, code="x", state="x")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "SIGN_IN_EXPIRED")
    assert portal.staff.rows("SELECT count(*) AS rows FROM audit_logs") == before


def test_an_attempt_that_has_run_out_is_refused(portal):
    _, cookie = begin(ring(), "s" * 43, "/", 1_700_000_000)
    answer = came_back(portal, cookie, code="x", state="s" * 43)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "SIGN_IN_EXPIRED")


def test_a_refusal_says_nothing_of_the_code_to_the_page_or_the_log(portal):
    cookie = attempt_of(started(portal))
    page = came_back(portal, cookie, accept="text/html", code="secret-code", state="x")
    assert page.status_code == 400
    assert "secret-code" not in page.text
    assert not any("secret-code" in line["message"] for line in portal.logged)


def test_every_refusal_is_in_the_audit_log_with_its_reason(portal):
    cookie = attempt_of(started(portal))
    answer = came_back(portal, cookie, code="x", state="x")
    (row,) = portal.staff.rows(
        "SELECT * FROM audit_logs WHERE request_id = ?", answer.headers["x-request-id"]
    )
    assert (row["action"], row["is_authorized"], row["user_id"]) == ("auth:sign-in-refused", 0, None)
    assert row["fields_json"] == '{"reason": "SIGN_IN_EXPIRED"}'


def test_the_log_names_the_part_of_the_provider_that_failed(portal):
    answer = started(portal)
    state = parse_qs(urlsplit(answer.headers["location"]).query)["state"][0]
    portal.provider.fail("error")
    refused = came_back(portal, attempt_of(answer), code="x", state=state, iss=portal.provider.issuer)
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "IDENTITY_PROVIDER_UNAVAILABLE")
    (line,) = portal.logged.facts(refused.headers["x-request-id"], "identity provider")
    assert line["code"] == "token"
