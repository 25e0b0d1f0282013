"""Which ID tokens sign somebody in: one, and none that differs from it."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service_workers.auth.oidc.id_token import (
    LEEWAY_S,
    MAX_AGE_S,
    Identity,
    Reason,
    TokenRefused,
    check_claims,
    parse_token,
)
from service_workers.auth.oidc.settings import DomainRule
from tests.unit.auth.oidc.factories import (
    NONCE,
    NOW,
    encoded,
    is_signed,
    make_claims,
    make_settings,
    make_token,
    public_key,
)

PAT = Identity("https://id.example.test", "pat", "pat.example@example.test", "Pat Example")
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def checked(claims, **changes):
    return check_claims(claims, make_settings(**changes), NONCE, NOW)


def refusal_of(claims, **changes) -> Reason:
    with pytest.raises(TokenRefused) as refused:
        checked(claims, **changes)
    return refused.value.reason


def test_right_claims_name_who_signed_in():
    assert checked(make_claims()) == PAT


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": None}, Reason.ISSUER),
        ({"iss": "https://id.example.test/"}, Reason.ISSUER),
        ({"iss": ["https://id.example.test"]}, Reason.ISSUER),
        ({"aud": None}, Reason.AUDIENCE),
        ({"aud": "somebody-else"}, Reason.AUDIENCE),
        ({"aud": []}, Reason.AUDIENCE),
        ({"aud": {"ganger-tests": 1}}, Reason.AUDIENCE),
        ({"aud": ["ganger-tests", "somebody-else"]}, Reason.AUDIENCE),
        ({"aud": ["ganger-tests", "other"], "azp": "other"}, Reason.AUDIENCE),
        ({"azp": "somebody-else"}, Reason.AUDIENCE),
        ({"exp": None}, Reason.EXPIRED),
        ({"exp": str(NOW + 60)}, Reason.EXPIRED),
        ({"exp": True}, Reason.EXPIRED),
        ({"exp": NOW - LEEWAY_S}, Reason.EXPIRED),
        ({"iat": None}, Reason.NOT_YET),
        ({"iat": NOW + LEEWAY_S + 1}, Reason.NOT_YET),
        ({"iat": NOW - LEEWAY_S - MAX_AGE_S}, Reason.TOO_OLD),
        ({"nbf": NOW + LEEWAY_S + 1}, Reason.NOT_YET),
        ({"nbf": "soon"}, Reason.NOT_YET),
        ({"nonce": None}, Reason.NONCE),
        ({"nonce": ""}, Reason.NONCE),
        ({"nonce": NONCE + "x"}, Reason.NONCE),
        ({"nonce": "nönce"}, Reason.NONCE),
        ({"sub": None}, Reason.SUBJECT),
        ({"sub": ""}, Reason.SUBJECT),
        ({"sub": 7}, Reason.SUBJECT),
        ({"sub": "a" * 256}, Reason.SUBJECT),
        ({"sub": "pät"}, Reason.SUBJECT),
        ({"hd": None}, Reason.DOMAIN),
        ({"hd": ""}, Reason.DOMAIN),
        ({"hd": "elsewhere.test"}, Reason.DOMAIN),
        ({"hd": "evil-example.test"}, Reason.DOMAIN),
        ({"hd": ["example.test"]}, Reason.DOMAIN),
        ({"email": None}, Reason.EMAIL),
        ({"email": "no address"}, Reason.EMAIL),
        ({"email": "a" * 250 + "@example.test"}, Reason.EMAIL),
        ({"email_verified": None}, Reason.EMAIL),
        ({"email_verified": False}, Reason.EMAIL),
        ({"email_verified": "true"}, Reason.EMAIL),
    ],
)
def test_a_claim_that_is_wrong_or_missing_refuses_the_token(changes, reason):
    assert refusal_of(make_claims(**changes)) is reason


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": ["ganger-tests"]},
        {"aud": ["ganger-tests", "other"], "azp": "ganger-tests"},
        {"azp": "ganger-tests"},
        {"exp": NOW - LEEWAY_S + 1},
        {"iat": NOW + LEEWAY_S},
        {"nbf": NOW + LEEWAY_S},
        {"hd": "Example.Test"},
        {"at_hash": "whatever", "locale": "en"},
    ],
)
def test_a_claim_that_is_right_in_another_way_is_taken(changes):
    assert checked(make_claims(**changes)) == PAT


def by_email(email, is_verified=True):
    return make_claims(hd=None, email=email, email_verified=is_verified)


def test_without_a_domain_claim_the_verified_address_says_where_the_account_belongs():
    assert checked(by_email("pat@EXAMPLE.test"), domain_rule=DomainRule.EMAIL).subject == "pat"


@pytest.mark.parametrize(
    ("email", "is_verified"),
    [
        ("pat@example.test", False),
        ("pat@elsewhere.test", True),
        ("pat@example.test@elsewhere.test", True),
        ("pat@sub.example.test", True),
        ("example.test", True),
    ],
)
def test_an_address_that_does_not_prove_the_domain_refuses_the_token(email, is_verified):
    refusal = refusal_of(by_email(email, is_verified), domain_rule=DomainRule.EMAIL)
    assert refusal in (Reason.DOMAIN, Reason.EMAIL)


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        (None, "pat.example@example.test"),
        ("  Pat \n Example ", "Pat Example"),
        ("Pat\u202eexe.\u200bExample", "Pat exe. Example"),
        ("\x00", "pat.example@example.test"),
        ("P" * 200, "P" * 100),
    ],
)
def test_the_name_shown_is_one_line_without_tricks(given_name, shown):
    assert checked(make_claims(name=given_name)).name == shown


@given(st.sampled_from(["iss", "aud", "exp", "iat", "nonce", "sub", "hd", "email_verified"]), JSON_VALUES)
@settings(max_examples=400, deadline=None)
def test_a_claim_of_any_other_value_never_names_somebody_else(name, value):
    try:
        identity = checked(make_claims() | {name: value})
    except TokenRefused:
        return
    assert (identity.issuer, identity.email) == (PAT.issuer, PAT.email)
    if name != "sub":
        assert identity.subject == PAT.subject


def accepts(text: str) -> bool:
    """Whether a token signs somebody in, as the provider module decides it with this key."""
    try:
        token = parse_token(text)
        key = {"one": public_key("one")}.get(token.key_id)
        if key is None or not is_signed(key, token.signed, token.signature):
            return False
        checked(token.claims)
    except TokenRefused:
        return False
    return True


TOKEN = make_token()


def test_the_token_that_the_mutants_come_from_is_accepted():
    assert accepts(TOKEN)


@given(st.data())
@settings(max_examples=1500, deadline=None)
def test_no_mutant_of_a_token_is_accepted(data):
    place = data.draw(st.integers(0, len(TOKEN) - 1))
    length = data.draw(st.integers(0, 3))
    put = data.draw(st.text("ABCxyz019-_=.+/ \n\u0000é", max_size=3))
    mutant = TOKEN[:place] + put + TOKEN[place + length :]
    assert mutant == TOKEN or not accepts(mutant)


def test_no_other_last_character_of_the_signature_is_accepted():
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    assert [last for last in alphabet if accepts(TOKEN[:-1] + last)] == [TOKEN[-1]]


@pytest.mark.parametrize(
    "header",
    [{"alg": name} for name in ("none", "None", "HS256", "RS512", "PS256", "ES256", "rs256", "", 5, None)],
)
def test_the_token_does_not_choose_how_it_is_checked(header):
    with pytest.raises(TokenRefused) as refused:
        parse_token(make_token(header=header))
    assert refused.value.reason is Reason.ALGORITHM


def test_a_header_that_must_be_understood_is_refused():
    assert not accepts(make_token(header={"crit": ["exp"]}))


@pytest.mark.parametrize("key_id", [None, "", 7, ["one"]])
def test_a_token_has_to_name_its_key(key_id):
    with pytest.raises(TokenRefused) as refused:
        parse_token(make_token(header={"kid": key_id}))
    assert refused.value.reason is Reason.KEY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "a.b",
        "a.b.c.d",
        f"{encoded(b'[]')}.{encoded(b'{}')}.",
        f"{encoded(b'{}')}.{encoded(b'7')}.",
        f"{encoded(b'{')}.{encoded(b'{}')}.",
        f"{encoded(bytes([0xFF]))}.{encoded(b'{}')}.",
        f"{encoded(b'[' * 6000)}.{encoded(b'{}')}.",
        "a" * 20_000,
    ],
)
def test_what_is_no_token_is_refused(text):
    with pytest.raises(TokenRefused):
        parse_token(text)


def test_numbers_that_json_does_not_have_are_refused():
    text = make_token().split(".")
    body = json.dumps(make_claims() | {"exp": math.inf})
    with pytest.raises(TokenRefused) as refused:
        parse_token(f"{text[0]}.{encoded(body.encode())}.{text[2]}")
    assert refused.value.reason is Reason.FORM
