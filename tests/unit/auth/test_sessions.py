"""How long a session lives, when it gets a new id, and what it shows first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganger.identity import Location, Person
from service_workers.auth.domain.browsers import browser_family
from service_workers.auth.domain.sessions import claims, expiry, has_same_rights, own_first

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
FRESH_S = 300
ANN_ARBOR, PLYMOUTH, WIXOM = (
    Location("loc_aa", "Ann Arbor"),
    Location("loc_py", "Plymouth"),
    Location("loc_wx", "Wixom"),
)
PAT = Person("usr_pat", "Pat Example", "pat@example.test", "staff", (), (ANN_ARBOR,), "ses_1")


def test_a_new_session_ends_a_day_later_unless_it_is_used():
    assert expiry(NOW, NOW) == NOW + timedelta(hours=24)


def test_use_moves_the_end_on():
    assert expiry(NOW, NOW + timedelta(hours=23)) == NOW + timedelta(hours=47)


@given(st.timedeltas(timedelta(0), timedelta(days=30)))
def test_no_use_moves_the_end_beyond_a_week_after_sign_in(used_after):
    assert expiry(NOW, NOW + used_after) <= NOW + timedelta(days=7)


def test_claims_are_believed_for_the_seconds_that_are_set():
    session = claims(PAT, NOW + timedelta(hours=24), NOW, FRESH_S)
    assert session.is_fresh((NOW + timedelta(seconds=FRESH_S - 1)).timestamp())
    assert not session.is_fresh((NOW + timedelta(seconds=FRESH_S)).timestamp())


def test_claims_are_never_fresh_beyond_the_end():
    session = claims(PAT, NOW + timedelta(seconds=90), NOW, FRESH_S)
    assert session.fresh_until == session.ends_at


@pytest.mark.parametrize(
    "other",
    [
        replace(PAT, role="manager"),
        replace(PAT, permissions=("inventory:export",)),
        replace(PAT, locations=(ANN_ARBOR, WIXOM)),
    ],
)
def test_another_role_grant_or_location_is_a_change_of_rights(other):
    assert not has_same_rights(PAT, other)


def test_a_new_name_session_or_second_factor_is_none():
    assert has_same_rights(PAT, replace(PAT, name="Pat Sample", session_id="ses_2", stepped_up_until=9))


@pytest.mark.parametrize("own", [ANN_ARBOR, PLYMOUTH, WIXOM])
def test_the_own_location_stands_first_and_the_others_by_name(own):
    ordered = own_first([WIXOM, PLYMOUTH, ANN_ARBOR], own.id)
    assert ordered[0] == own
    assert [place.name for place in ordered[1:]] == sorted(place.name for place in ordered[1:])


def test_a_closed_own_location_leaves_the_others_by_name():
    assert own_first([WIXOM, PLYMOUTH], ANN_ARBOR.id) == (PLYMOUTH, WIXOM)


@given(st.permutations([ANN_ARBOR, PLYMOUTH, WIXOM]))
def test_the_order_given_does_not_matter(locations):
    assert own_first(locations, WIXOM.id) == (WIXOM, ANN_ARBOR, PLYMOUTH)


@pytest.mark.parametrize(
    ("user_agent", "family"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/19.0 Safari/605.1.15", "Safari on Mac"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) CriOS/142.0 Safari/604.1",
            "Chrome on iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/142.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"),
        ("", "Other browser"),
    ],
)
def test_a_browser_is_named_as_people_know_it(user_agent, family):
    assert browser_family(user_agent) == family


@given(st.text())
def test_nothing_that_a_browser_says_is_kept_word_for_word(user_agent):
    assert browser_family(f"<b>{user_agent}</b>") in {browser_family(user_agent), "Other browser"}
    assert "<" not in browser_family(user_agent)
