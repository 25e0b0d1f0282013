"""What people type, browsers send and other services answer: read as what it is, or as nothing."""

import json
from contextlib import suppress

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app_workers.handouts.domain.access import read_birth_date
from app_workers.inventory.domain.barcodes import normalise_barcode
from app_workers.inventory.domain.linear_codes import linear_code
from ganger.addresses import administrators, caller_key
from ganger.live_rules import typing_field
from ganger.phones import phone_of
from ganger.redirects import HOME, own_path
from service_workers.hubs.ehr.domain import fhir
from tests.unit.fuzz.test_inputs import GS1
from tests.unit.fuzz.test_requests import HEADER, JSON

few = settings(derandomize=True, max_examples=80, deadline=None)
ADDRESS = st.one_of(
    HEADER, st.ip_addresses().map(str), st.ip_addresses(v=4).map("::ffff:{}".format), st.just("9" * 5000)
)
PATH = st.lists(st.sampled_from(["/", "\\", "..", "//", "a", "?", "#", "@", ":", "%2f", "\t", "é"])).map(
    "".join
)
DIGITS = st.text("0123456789-/ +().٣²", max_size=40)
# Names that FHIR gives; what stands under them is anything.
MEMBERS = (
    *("resourceType", "type", "entry", "resource", "link", "relation", "url", "identifier", "value", "name"),
    *("given", "family", "use", "birthDate", "telecom", "system", "id", "status", "start", "end"),
    *("participant", "actor", "reference", "display"),
)
KNOWN = st.sampled_from(
    ("Bundle", "searchset", "Patient", "next", "official", "1985-06-16", "phone", "mobile", "Patient/1")
)
RESOURCE = st.recursive(
    JSON | KNOWN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(MEMBERS), inner, max_size=5),
    max_leaves=12,
).filter(lambda value: isinstance(value, dict))


@few
@given(address=ADDRESS)
def test_an_address_is_somebodys_or_unknown(address):
    assert caller_key(address)
    administrators(address).allows(address)


@few
@given(path=PATH)
def test_a_way_back_is_on_our_own_host(path):
    there = own_path(path)
    assert there == HOME or (there == path and there[:2] not in ("//", "/\\"))


@few
@given(typed=DIGITS | HEADER)
def test_numbers_and_dates_that_are_typed(typed):
    number = phone_of(typed)
    assert number is None or (number.startswith("+1") and len(number) == 12 and number.isascii())
    read_birth_date(typed)


@few
@given(code=GS1 | DIGITS)
def test_a_code_has_one_spelling_and_bars_or_none(code):
    assert normalise_barcode(normalise_barcode(code)) == normalise_barcode(code)
    bars = linear_code(code)
    assert bars is None or set(bars) == {"0", "1"}


@few
@given(text=HEADER | JSON.map(json.dumps))
@example("[" * 100_000)
def test_what_a_browser_says_in_a_topic_is_a_field_or_nothing(text):
    field = typing_field(text)
    assert field is None or isinstance(field, str)


@few
@given(resource=RESOURCE)
@example({"name": [{"given": 3, "family": "Example"}], "birthDate": "1985-06-16"})
@example({"entry": [{"resource": {}}], "link": [{"relation": "next", "url": 7}]})
def test_what_the_ehr_answers_is_a_record_or_unreadable(resource):
    with suppress(fhir.Unreadable):
        list(fhir.resources(resource, "Patient"))
    fhir.next_page(resource, "https://ehr.example.test")
    fhir.has_mrn(resource, "MRN1")
    with suppress(fhir.Unreadable):
        fhir.patient(resource, "MRN1")
    with suppress(fhir.Unreadable):
        fhir.appointment(resource)
