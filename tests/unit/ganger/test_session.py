"""The session cookie: only as the identity worker wrote it, and never past its end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ganger.session import (
    COOKIE,
    Session,
    ended_cookie,
    seal_session,
    session_cookie,
    unseal_session,
    without_session,
)
from ganger.tokens import KeyRing
from tests.harness.mutants import PAT, SAM, foreign_cookies, mutants

RING = KeyRing({"dev": b"k" * 32})
NOW = 1_790_000_000
SESSION = Session(PAT, NOW + 300, NOW + 86_400)
GENUINE = [seal_session(RING, Session(person, NOW + 300, NOW + 86_400)) for person in (PAT, SAM)]
FOREIGN = foreign_cookies(RING, NOW)


def test_what_was_sealed_comes_back():
    assert unseal_session(RING, seal_session(RING, SESSION), NOW) == SESSION


@settings(max_examples=1500)
@given(mutants(GENUINE))
def test_no_changed_cookie_is_accepted(mutant):
    assert unseal_session(RING, mutant, NOW) is None


@pytest.mark.parametrize("name", FOREIGN)
def test_no_cookie_of_another_time_or_purpose_is_accepted(name):
    assert unseal_session(RING, FOREIGN[name], NOW) is None


@given(st.integers(-(10**6), 10**6))
def test_it_holds_until_its_end_and_not_a_second_longer(seconds):
    session = unseal_session(RING, GENUINE[0], NOW + seconds)
    assert (session is not None) == (seconds < 86_400)


def test_after_rotation_an_old_cookie_still_counts_and_a_new_one_takes_the_new_key():
    rotated = KeyRing({"next": b"n" * 32, **RING.keys})
    assert unseal_session(rotated, GENUINE[0], NOW) is not None
    assert seal_session(rotated, SESSION).startswith("next.")


@pytest.mark.parametrize("header", [session_cookie("value", 60), ended_cookie()])
def test_the_cookie_is_for_our_host_and_its_pages_alone(header):
    attributes = header.split("; ")[1:]
    assert header.startswith("__Host-")
    assert {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"} <= set(attributes)
    assert not any(attribute.lower().startswith("domain") for attribute in attributes)


def test_apps_never_see_the_session():
    assert without_session(f"a=1; {COOKIE}=secret; b=2") == "a=1; b=2"


def test_a_cookie_that_was_opened_before_ends_all_the_same():
    assert unseal_session(RING, GENUINE[0], NOW) == unseal_session(RING, GENUINE[0], NOW + 86_399)
    assert unseal_session(RING, GENUINE[0], NOW + 86_400) is None


def test_a_cookie_that_was_opened_with_one_key_does_not_open_without_it():
    assert unseal_session(RING, GENUINE[0], NOW) is not None
    assert unseal_session(KeyRing({"dev": b"n" * 32}), GENUINE[0], NOW) is None
