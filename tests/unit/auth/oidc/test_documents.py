"""What is believed of the documents that a provider publishes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_workers.auth.oidc.documents import (
    DocumentRefused,
    Endpoints,
    discovery_url,
    endpoints,
    fresh_for_s,
    signing_keys,
)
from tests.unit.auth.oidc.factories import encoded, key_entry, public_key

ISSUER = "https://id.example.test"


def make_document(**changes):
    return {
        "issuer": ISSUER,
        "authorization_endpoint": f"{ISSUER}/authorize",
        "token_endpoint": "https://tokens.example.test/token",
        "jwks_uri": f"{ISSUER}/keys",
    } | changes


def test_the_endpoints_are_read():
    assert endpoints(make_document(), ISSUER) == Endpoints(
        f"{ISSUER}/authorize", "https://tokens.example.test/token", f"{ISSUER}/keys", False
    )
    named = make_document(authorization_response_iss_parameter_supported=True)
    assert endpoints(named, ISSUER).names_issuer


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        make_document(issuer="https://elsewhere.test"),
        make_document(issuer=ISSUER + "/"),
        make_document(token_endpoint=None),
        make_document(token_endpoint="http://id.example.test/token"),
        make_document(jwks_uri="http://127.0.0.1/keys"),
        make_document(jwks_uri="https://user@id.example.test/keys"),
        make_document(authorization_endpoint="javascript:alert(1)"),
        make_document(authorization_endpoint="https://"),
        make_document(authorization_endpoint="https://[broken"),
        make_document(authorization_endpoint=f"{ISSUER}/authorize#part"),
    ],
)
def test_a_document_of_somebody_else_or_with_an_unsafe_address_is_refused(document):
    with pytest.raises(DocumentRefused):
        endpoints(document, ISSUER)


def test_a_provider_on_loopback_may_do_without_tls_but_only_there():
    issuer = "http://127.0.0.1:4000"
    local = {name: f"{issuer}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
    assert endpoints(local | {"issuer": issuer}, issuer).token == f"{issuer}/token_endpoint"
    with pytest.raises(DocumentRefused):
        endpoints(local | {"issuer": issuer, "jwks_uri": "http://elsewhere.test/"}, issuer)


@pytest.mark.parametrize("issuer", [ISSUER, ISSUER + "/"])
def test_the_discovery_document_lies_below_the_issuer(issuer):
    assert discovery_url(issuer) == f"{ISSUER}/.well-known/openid-configuration"


def test_keys_are_found_by_their_id():
    keys = signing_keys({"keys": [key_entry("one"), key_entry("two")]})
    assert keys == {"one": public_key("one"), "two": public_key("two")}


@pytest.mark.parametrize(
    "changes",
    [
        {"kty": "oct"},
        {"use": "enc"},
        {"alg": "RS512"},
        {"alg": "HS256"},
        {"key_ops": ["sign"]},
        {"key_ops": "verify"},
        {"kid": None},
        {"n": 7},
        {"n": "not base64!"},
        {"n": encoded(b"\xff" * 128)},
        {"n": encoded(b"\x00" * 256)},
        {"e": encoded(b"\x01")},
        {"e": encoded(b"\x04")},
    ],
)
def test_a_key_that_may_not_sign_an_id_token_is_passed_over(changes):
    keys = signing_keys({"keys": ["no key", key_entry("one", **changes), key_entry("two")]})
    assert list(keys) == ["two"]


@pytest.mark.parametrize("document", [None, [], {}, {"keys": {}}, "keys"])
def test_what_is_no_key_set_is_refused(document):
    with pytest.raises(DocumentRefused):
        signing_keys(document)


@pytest.mark.parametrize(
    ("cache_control", "seconds"),
    [
        (None, 3600),
        ("", 3600),
        ("public, max-age=1800, must-revalidate", 1800),
        ("max-age=0", 60),
        ("no-store", 3600),
        ("max-age=99999", 3600),
        ("max-age=99999999999999999999", 3600),
        ("max-age=soon", 3600),
    ],
)
def test_documents_are_kept_as_long_as_they_say_within_bounds(cache_control, seconds):
    assert fresh_for_s(cache_control) == seconds


@given(st.text())
def test_documents_are_kept_for_a_minute_to_an_hour_whatever_they_say(cache_control):
    assert 60 <= fresh_for_s(cache_control) <= 3600
