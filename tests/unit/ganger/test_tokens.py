"""Signed claims: what comes back, what never does, and how keys are rotated."""

import hmac
import json
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ganger.tokens import KeyRing, Malformed, seal, unseal, whole_number
from tests.harness.mutants import mutants

OLD, NEW = ("old", b"o" * 32), ("new", b"n" * 32)
RING = KeyRing(dict([OLD]))
CLAIMS = {"sub": "usr_pat", "exp": 5}
GENUINE = [seal(RING, "test", CLAIMS | {"n": number}) for number in range(3)]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


def text_of(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(payload: str) -> str:
    """A token whose signature holds, whatever its payload is."""
    mac = hmac.digest(OLD[1], f"test.old.{payload}".encode(), "sha256")
    return f"old.{payload}.{text_of(mac)}"


@given(st.dictionaries(st.text(), JSON, max_size=5))
def test_what_was_sealed_comes_back(claims):
    assert unseal(RING, "test", seal(RING, "test", claims)) == claims


@settings(max_examples=1500)
@given(mutants(GENUINE))
def test_no_changed_token_is_accepted(mutant):
    assert unseal(RING, "test", mutant) is None


@settings(max_examples=1000)
@given(st.text())
def test_no_text_at_all_is_accepted_or_raises(text):
    assert unseal(RING, "test", text) is None


@given(st.text())
def test_no_other_purpose_is_accepted(purpose):
    assert purpose == "test" or unseal(RING, purpose, GENUINE[0]) is None


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "A",
        "!!!!",
        text_of(b"\xff"),
        text_of(b"[1]"),
        text_of(b"null"),
        text_of(b"{"),
        text_of(b"[" * 100_000),
    ],
)
def test_a_signed_payload_that_is_no_claims_is_refused(payload):
    assert unseal(RING, "test", signed(payload)) is None


def test_a_well_formed_payload_is_what_such_a_signature_is_for():
    assert unseal(RING, "test", signed(text_of(json.dumps(CLAIMS).encode()))) == CLAIMS


def test_after_rotation_old_tokens_still_count_and_new_ones_take_the_new_key():
    both = KeyRing(dict([NEW, OLD]))
    assert unseal(both, "test", GENUINE[0]) is not None
    fresh = seal(both, "test", CLAIMS)
    assert fresh.startswith("new.")
    assert unseal(both, "test", fresh) == CLAIMS


def test_once_the_old_key_is_gone_its_tokens_are_too():
    assert unseal(KeyRing(dict([NEW])), "test", GENUINE[0]) is None


def test_a_new_key_under_an_old_id_does_not_accept_the_old_tokens():
    assert unseal(KeyRing({"old": NEW[1]}), "test", GENUINE[0]) is None


def test_a_ring_is_read_newest_first():
    ring = KeyRing.parse(f"new:{text_of(NEW[1])} old:{text_of(OLD[1])}")
    assert list(ring.keys.items()) == [NEW, OLD]


@pytest.mark.parametrize("text", ["", "id", ":" + "A" * 43, "id:" + "A" * 42, "id:" + "A" * 20])
def test_a_ring_without_keys_or_with_weak_ones_is_refused(text):
    with pytest.raises(ValueError, match="32 bytes"):
        KeyRing.parse(text)


@pytest.mark.parametrize("value", [None, True, 1.5, "1", [], {}])
def test_only_a_whole_number_is_one(value):
    with pytest.raises(Malformed):
        whole_number(value)
