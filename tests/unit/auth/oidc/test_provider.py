"""What is asked of the provider, how often, and what is made of its answers."""

import asyncio
import json
from base64 import b64decode
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest

from service_workers.auth.errors import ProviderUnavailable, SignInExpired
from service_workers.auth.oidc.attempt import begin
from service_workers.auth.oidc.id_token import Reason, TokenRefused
from service_workers.auth.oidc.provider import LOOK_AGAIN_AFTER_S, Answer, Provider, Unreachable
from service_workers.auth.oidc.settings import DomainRule
from tests.unit.auth.oidc.factories import (
    NOW,
    RING,
    is_signed,
    key_entry,
    make_claims,
    make_settings,
    make_token,
)

ISSUER = "https://id.example.test"
BACK = "https://staff.example.test/auth/oidc/callback"
ATTEMPT, _ = begin(RING, "s" * 43, "/", NOW)
DISCOVERY = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
}


@dataclass
class FakeWeb:
    """A provider's server, answer by answer."""

    answers: dict[str, Answer | None] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    posted: list[tuple[str, str]] = field(default_factory=list)

    async def get(self, url):
        return self._answer(url)

    async def post_form(self, url, form, authorization):
        self.posted.append((form, authorization))
        return self._answer(url)

    async def is_signed(self, key, signed, signature):
        return is_signed(key, signed, signature)

    def _answer(self, url):
        self.asked.append(url.removeprefix(ISSUER))
        answer = self.answers[url.removeprefix(ISSUER)]
        if answer is None:
            raise Unreachable
        return answer


def answer(value, status=200, cache_control=None) -> Answer:
    return Answer(status, cache_control, value if isinstance(value, str) else json.dumps(value))


def make_web(token=None, keys=("one",)) -> FakeWeb:
    claims = make_claims(nonce=ATTEMPT.nonce)
    return FakeWeb(
        {
            "/.well-known/openid-configuration": answer(DISCOVERY),
            "/keys": answer({"keys": [key_entry(name) for name in keys]}),
            "/token": answer({"id_token": token or make_token(claims)}),
        }
    )


def identity(provider, now=NOW):
    return asyncio.run(provider.identity("code", ATTEMPT, BACK, now))


def token_by(key):
    return make_token(make_claims(nonce=ATTEMPT.nonce), key=key)


def test_the_browser_is_sent_with_state_nonce_challenge_and_domain():
    provider = Provider(make_settings(), make_web())
    url = asyncio.run(provider.authorization_url(ATTEMPT, BACK, NOW))
    assert url.startswith(f"{ISSUER}/authorize?")
    assert {name: value for name, (value,) in parse_qs(urlsplit(url).query).items()} == {
        "response_type": "code",
        "client_id": "ganger-tests",
        "redirect_uri": BACK,
        "scope": "openid email profile",
        "state": ATTEMPT.state,
        "nonce": ATTEMPT.nonce,
        "code_challenge": ATTEMPT.challenge,
        "code_challenge_method": "S256",
        "prompt": "select_account",
        "hd": "example.test",
    }
    assert ATTEMPT.verifier not in url


def test_only_google_is_given_the_hint_of_the_domain():
    provider = Provider(make_settings(domain_rule=DomainRule.EMAIL), make_web())
    assert "hd=" not in asyncio.run(provider.authorization_url(ATTEMPT, BACK, NOW))


def test_the_code_is_exchanged_with_the_verifier_and_the_client_s_secret():
    web = make_web()
    assert identity(Provider(make_settings(client_secret="a:b/c+d é"), web)).subject == "pat"
    ((form, authorization),) = web.posted
    assert {name: value for name, (value,) in parse_qs(form).items()} == {
        "grant_type": "authorization_code",
        "code": "code",
        "redirect_uri": BACK,
        "code_verifier": ATTEMPT.verifier,
    }
    assert b64decode(authorization.removeprefix("Basic ")) == b"ganger-tests:a%3Ab%2Fc%2Bd%20%C3%A9"


def test_the_documents_are_fetched_once_while_they_are_fresh():
    web = make_web()
    provider = Provider(make_settings(), web)
    for _ in range(3):
        identity(provider)
    assert web.asked == ["/.well-known/openid-configuration", "/token", "/keys", "/token", "/token"]


def test_the_documents_are_fetched_again_once_they_are_stale():
    web = make_web()
    web.answers["/keys"] = answer({"keys": [key_entry("one")]}, cache_control="max-age=120")
    provider = Provider(make_settings(), web)
    identity(provider)
    identity(provider, NOW + 119)
    assert web.asked.count("/keys") == 1
    identity(provider, NOW + 121)
    assert web.asked.count("/keys") == 2


def test_an_unknown_key_is_looked_up_once_a_minute_at_most():
    web = make_web()
    provider = Provider(make_settings(), web)
    identity(provider)
    web.answers["/token"] = answer({"id_token": token_by("two")})
    for _ in range(5):
        with pytest.raises(TokenRefused) as refused:
            identity(provider, NOW + 1)
        assert refused.value.reason is Reason.KEY
    assert web.asked.count("/keys") == 2
    web.answers["/keys"] = answer({"keys": [key_entry("two")]})
    assert identity(provider, NOW + 1 + LOOK_AGAIN_AFTER_S).subject == "pat"
    assert web.asked.count("/keys") == 3


def test_a_key_that_is_no_longer_published_is_not_believed():
    web = make_web()
    provider = Provider(make_settings(), web)
    identity(provider)
    web.answers |= {
        "/keys": answer({"keys": [key_entry("two")]}),
        "/token": answer({"id_token": token_by("two")}),
    }
    identity(provider, NOW + 1)
    web.answers["/token"] = answer({"id_token": token_by("one")})
    with pytest.raises(TokenRefused):
        identity(provider, NOW + 2)


def test_a_token_of_another_key_under_a_known_name_is_refused():
    forged = make_token(make_claims(nonce=ATTEMPT.nonce), header={"kid": "one"}, key="two")
    with pytest.raises(TokenRefused) as refused:
        identity(Provider(make_settings(), make_web(token=forged)))
    assert refused.value.reason is Reason.SIGNATURE


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys", "/token"])
@pytest.mark.parametrize(
    "given", [None, answer("<html>", 200), answer({}, 500), answer([], 200), answer({}, 302), answer({}, 200)]
)
def test_a_provider_that_does_not_answer_as_it_should_is_unavailable(path, given):
    web = make_web()
    web.answers[path] = given
    with pytest.raises(ProviderUnavailable):
        identity(Provider(make_settings(), web))


def test_a_refused_code_ends_the_attempt():
    web = make_web()
    web.answers["/token"] = answer({"error": "invalid_grant"}, 400)
    with pytest.raises(SignInExpired):
        identity(Provider(make_settings(), web))


def test_a_refused_client_is_our_fault_and_not_the_person_s():
    web = make_web()
    web.answers["/token"] = answer({"error": "invalid_client"}, 401)
    with pytest.raises(ProviderUnavailable):
        identity(Provider(make_settings(), web))


def test_after_an_outage_the_documents_are_fetched_again():
    web = make_web()
    provider = Provider(make_settings(), web)
    keys = web.answers["/keys"]
    web.answers["/keys"] = None
    with pytest.raises(ProviderUnavailable):
        identity(provider)
    web.answers["/keys"] = keys
    assert identity(provider).subject == "pat"
