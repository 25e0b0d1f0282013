"""Signed texts and cookies: what we did not sign is nobody's word, whatever it is, and raises nothing."""

import base64
import json
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from ganger.errors import AppError
from ganger.flash import read_flash
from ganger.hosts import refuse_foreign_host
from ganger.identity import person_from_header
from ganger.location import at_chosen_location
from ganger.rpc import Malformed, read_frame
from ganger.session import unseal_session, without_session
from ganger.tokens import KeyRing, seal
from tests.unit.fuzz.test_requests import HEADER, JSON
from tests.unit.ganger.factories import make_person

few = settings(derandomize=True, max_examples=60, deadline=None)
RING = KeyRing({"k1": b"k" * 32})
NAMES = ("sub", "name", "email", "role", "permissions", "locations", "sid", "step_up", "fresh", "exp", "aud")
CLAIMS = st.dictionaries(st.sampled_from(NAMES), JSON)
TOKEN = st.one_of(
    HEADER,
    st.tuples(st.sampled_from(["k1", "k2", ""]), st.binary(max_size=30), st.binary(max_size=32)).map(
        lambda parts: ".".join([parts[0], *(base64.urlsafe_b64encode(part).decode() for part in parts[1:])])
    ),
)


@few
@given(token=TOKEN)
def test_what_we_did_not_sign_is_no_session_and_no_identity(token):
    assert unseal_session(RING, token, 0) is None
    assert person_from_header(RING, token, "ganger-inventory-staff", 0) is None


@few
@given(claims=CLAIMS)
def test_claims_of_another_shape_that_we_signed_are_none_either(claims):
    if _is_json(claims):
        assert unseal_session(RING, seal(RING, "session", claims), 0) is None
        header = seal(RING, "identity", claims | {"aud": "ganger-inventory-staff"})
        assert person_from_header(RING, header, "ganger-inventory-staff", 0) is None


@few
@given(text=HEADER)
def test_cookies_are_read_or_passed_over(text):
    without_session(text)
    read_flash({"ganger-flash": text, "flash": text})
    at_chosen_location(make_person(), {"ganger-location": text, "location": text})


@few
@given(host=HEADER)
def test_a_host_is_ours_or_refused(host):
    try:
        refuse_foreign_host(host, "staff.gangerdermatology.com", "production")
    except AppError as refusal:
        assert refusal.status < 500


@few
@given(text=st.one_of(HEADER, JSON.map(json.dumps)))
def test_a_frame_of_a_call_is_ours_or_malformed(text):
    with suppress(Malformed):
        read_frame(text)


def _is_json(claims):
    try:
        json.dumps(claims).encode()
    except UnicodeEncodeError:
        return False
    return True
