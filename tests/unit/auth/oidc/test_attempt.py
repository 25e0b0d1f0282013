"""What an attempt to sign in remembers, and that nobody else can make it up."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from ganger.tokens import KeyRing, seal
from service_workers.auth.oidc.attempt import (
    LIFETIME_S,
    attempt_cookie,
    begin,
    ended_attempt_cookie,
    unseal_attempt,
)
from tests.unit.auth.oidc.factories import NOW, RING

STATE = "s" * 43
ATTEMPT, COOKIE = begin(RING, STATE, "/inventory", NOW)


def test_the_cookie_brings_the_same_attempt_back():
    assert unseal_attempt(RING, COOKIE, NOW + LIFETIME_S - 1) == ATTEMPT
    assert ATTEMPT.to == "/inventory"


def test_an_attempt_ends_after_ten_minutes():
    assert unseal_attempt(RING, COOKIE, NOW + LIFETIME_S) is None


def test_the_verifier_is_long_enough_and_neither_sent_nor_readable():
    assert 43 <= len(ATTEMPT.verifier) <= 128
    assert ATTEMPT.verifier not in COOKIE
    assert len({ATTEMPT.verifier, ATTEMPT.nonce, ATTEMPT.state}) == 3


def test_the_challenge_is_that_of_the_verifier():
    """RFC 7636, 4.2, and its own example in appendix B."""
    digest = sha256(ATTEMPT.verifier.encode()).digest()
    assert ATTEMPT.challenge == urlsafe_b64encode(digest).rstrip(b"=").decode()


def test_two_attempts_share_nothing():
    other, _ = begin(RING, "t" * 43, "/inventory", NOW)
    assert {other.verifier, other.nonce, other.mark}.isdisjoint(
        {ATTEMPT.verifier, ATTEMPT.nonce, ATTEMPT.mark}
    )


def test_an_attempt_outlives_the_rotation_of_the_key():
    newer = KeyRing({"newest": b"n" * 32, **RING.keys})
    assert unseal_attempt(newer, COOKIE, NOW) == ATTEMPT
    without = KeyRing({"newest": b"n" * 32})
    assert unseal_attempt(without, COOKIE, NOW) is None


def test_a_token_for_another_purpose_is_no_attempt():
    claims = {"state": STATE, "to": "/", "exp": int(NOW) + 60}
    assert unseal_attempt(RING, seal(RING, "session", claims), NOW) is None


@given(st.integers(0, len(COOKIE) - 1), st.integers(0, 3), st.text("ABCxyz019-_=. \u0000é", max_size=3))
@settings(max_examples=1000, deadline=None)
def test_no_mutant_of_a_cookie_is_an_attempt(place, length, put):
    mutant = COOKIE[:place] + put + COOKIE[place + length :]
    assert mutant == COOKIE or unseal_attempt(RING, mutant, NOW) is None


def test_only_its_own_state_answers_an_attempt():
    assert ATTEMPT.is_answered_by(STATE)
    assert not any(ATTEMPT.is_answered_by(state) for state in (None, "", STATE[:-1], STATE + "s", "ß"))


def test_the_cookie_is_for_this_host_and_scripts_never_see_it():
    assert attempt_cookie("v") == (
        "__Host-ganger-sign-in=v; Max-Age=600; Path=/; Secure; HttpOnly; SameSite=Lax"
    )
    assert ended_attempt_cookie().startswith("__Host-ganger-sign-in=; Max-Age=0; Path=/; Secure")
