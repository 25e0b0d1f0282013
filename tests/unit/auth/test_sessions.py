"""How long a session lives and what it shows first."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganger.identity import Location, Person
from service_workers.auth.domain.sessions import begun, own_first, renewed

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
ANN_ARBOR, PLYMOUTH, WIXOM = (
    Location("loc_aa", "Ann Arbor"),
    Location("loc_py", "Plymouth"),
    Location("loc_wx", "Wixom"),
)
PAT = Person("usr_pat", "Pat Example", "pat@example.test", "staff", (), (ANN_ARBOR,), "ses_1")


def test_a_session_lives_a_day_and_is_fresh_for_five_minutes():
    session = begun(PAT, NOW)
    assert session.ends_at == int((NOW + timedelta(hours=24)).timestamp())
    assert session.fresh_until == int((NOW + timedelta(minutes=5)).timestamp())


def test_renewal_keeps_the_end():
    session = begun(PAT, NOW)
    later = renewed(PAT, session.ends_at, NOW + timedelta(hours=3))
    assert later.ends_at == session.ends_at
    assert later.is_fresh((NOW + timedelta(hours=3, minutes=4)).timestamp())


def test_claims_are_never_fresh_beyond_the_end():
    session = begun(PAT, NOW)
    last = renewed(PAT, session.ends_at, NOW + timedelta(hours=23, minutes=58))
    assert last.fresh_until == session.ends_at


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
