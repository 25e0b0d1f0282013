"""The identity header: for one worker and one minute, and only as the router wrote it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ganger.identity import LIFETIME_S, Location, Person, identity_header, person_from_header
from ganger.tokens import KeyRing
from tests.harness.mutants import PAT, SAM, foreign_headers, mutants

RING = KeyRing({"dev": b"k" * 32})
WORKER = "ganger-inventory-staff"
NOW = 1_790_000_000
GENUINE = [identity_header(RING, person, WORKER, NOW + later) for person in (PAT, SAM) for later in (0, 1)]
FOREIGN = foreign_headers(RING, WORKER, NOW)
TEXT = st.text(max_size=20)
PEOPLE = st.builds(
    Person,
    id=TEXT,
    name=TEXT,
    email=TEXT,
    role=st.sampled_from(["staff", "manager", "superadmin"]),
    permissions=st.lists(TEXT, max_size=3).map(tuple),
    locations=st.lists(st.builds(Location, TEXT, TEXT), min_size=1, max_size=3).map(tuple),
    session_id=TEXT,
    stepped_up_until=st.integers(0, 2**40),
)


@given(PEOPLE)
def test_the_worker_that_it_is_for_reads_the_person(person):
    assert person_from_header(RING, identity_header(RING, person, WORKER, NOW), WORKER, NOW) == person


@settings(max_examples=1500)
@given(mutants(GENUINE))
def test_no_changed_header_is_accepted(mutant):
    assert person_from_header(RING, mutant, WORKER, NOW) is None


@pytest.mark.parametrize("name", FOREIGN)
def test_no_header_of_another_worker_time_or_purpose_is_accepted(name):
    assert person_from_header(RING, FOREIGN[name], WORKER, NOW) is None


@given(st.text().filter(lambda name: name != WORKER))
def test_replayed_to_another_worker_it_is_nothing(other):
    assert person_from_header(RING, GENUINE[0], other, NOW) is None


@given(st.integers(-LIFETIME_S, LIFETIME_S * 100))
def test_it_holds_for_one_minute(seconds):
    person = person_from_header(RING, GENUINE[0], WORKER, NOW + seconds)
    assert (person is not None) == (seconds <= LIFETIME_S)


@given(st.integers(0, 19), st.integers(0, 120))
def test_the_router_brings_the_same_header_for_a_while_and_it_ends_within_a_minute(step, later):
    header = identity_header(RING, PAT, WORKER, NOW + step)
    assert header == identity_header(RING, PAT, WORKER, NOW)
    assert (person_from_header(RING, header, WORKER, NOW + later) is not None) == (later <= LIFETIME_S)
