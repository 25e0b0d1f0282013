"""Requests, forms and records as values."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from ganger.clock import clinic_date, iso_utc
from ganger.errors import BadRequest, NotFound, PayloadTooLarge, UnsupportedMediaType, ValidationFailed
from ganger.flash import Flash, flash_cookie, read_flash
from ganger.forms import read_form
from ganger.http import FORM, MAX_BODY_BYTES, json_response
from ganger.identity import Location
from ganger.ids import new_id
from ganger.records import Record
from ganger.scope import Scope
from tests.unit.ganger.factories import NOW, make_person, make_request


class Delivery(Record):
    quantity: int = Field(ge=1, le=10)
    note: str | None = Field(default=None, max_length=5)
    on: date | None = None


def posted(content: bytes, content_type: str = FORM):
    return make_request("POST", body=content, headers={"content-type": content_type})


def test_a_form_is_read_with_its_empty_fields():
    assert asyncio.run(posted(b"a=1&b=&c=%C3%A9").form()) == {"a": "1", "b": "", "c": "é"}


@pytest.mark.parametrize("content", [b"a=%FF", b"&".join(b"a=1" for _ in range(501))])
def test_a_form_that_is_no_text_or_has_no_end_is_refused(content):
    with pytest.raises(BadRequest):
        asyncio.run(posted(content).form())


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000])
def test_json_that_is_none_is_refused(content):
    with pytest.raises(BadRequest):
        asyncio.run(posted(content, "application/json").json())


def test_a_body_of_another_type_is_not_guessed_at():
    with pytest.raises(UnsupportedMediaType):
        asyncio.run(posted(b"{}", "text/plain").json())
    with pytest.raises(UnsupportedMediaType):
        asyncio.run(posted(b"a=1", "multipart/form-data").form())


def test_a_body_over_the_limit_is_refused():
    with pytest.raises(PayloadTooLarge):
        asyncio.run(posted(b"x" * (MAX_BODY_BYTES + 1)).form())


def test_what_was_typed_is_kept_beside_what_is_wrong():
    form = read_form(Delivery, {"quantity": " eleven ", "note": "too long", "on": "tomorrow"})
    assert form.record is None
    assert form.values["quantity"] == "eleven"
    assert form.errors == {
        "quantity": "must be a whole number",
        "note": "must have at most 5 characters",
        "on": "must be a date",
    }


def test_an_empty_field_counts_as_not_given():
    assert read_form(Delivery, {"quantity": "3", "note": " "}).record == Delivery(quantity=3)
    assert read_form(Delivery, {"quantity": ""}).errors == {"quantity": "is required"}


def test_records_refuse_unknown_fields_and_keep_inputs_out_of_errors():
    with pytest.raises(ValidationFailed) as caught:
        Delivery.checked({"quantity": 3, "patient": "Pat Example"})
    assert caught.value.fields == {"patient": "is not a field of this form"}
    assert "Pat" not in f"{caught.value} {caught.value.details}"


def test_records_are_sent_as_json_values():
    response = json_response({"items": [Delivery(quantity=3, on=date(2026, 1, 2))]})
    assert response.body == '{"items":[{"quantity":3,"note":null,"on":"2026-01-02"}]}'


@given(st.text(max_size=80), st.sampled_from(["info", "success", "warning", "danger"]))
def test_a_message_survives_its_cookie(text, tone):
    name, _, value = flash_cookie(Flash(text, tone)).partition(";")[0].partition("=")
    assert read_flash({name: value}) == Flash(text, tone)


@given(st.text(st.characters(codec="ascii"), max_size=60))
def test_any_cookie_text_is_a_message_or_none(text):
    read_flash({"__Host-ganger-flash": text})


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_ids_sort_by_time(start, later):
    earlier = datetime.fromtimestamp(start, UTC)
    first, second = new_id(earlier), new_id(earlier + timedelta(milliseconds=later))
    assert first < second
    assert len(first) == len(second) == 26


def test_two_ids_of_one_instant_differ():
    assert new_id(NOW) != new_id(NOW)


def test_instants_are_utc_and_days_are_the_clinics():
    assert iso_utc(NOW) == "2026-11-22T14:03:07.120Z"
    assert clinic_date(datetime(2026, 11, 23, 4, 59, tzinfo=UTC)) == date(2026, 11, 22)
    assert clinic_date(datetime(2026, 7, 1, 4, 0, tzinfo=UTC)) == date(2026, 7, 1)


def test_a_scope_narrows_to_a_location_of_its_own_only():
    scope = Scope.of(make_person(locations=(Location("loc_aa", "Ann Arbor"), Location("loc_py", "Plymouth"))))
    assert (scope.marks, scope.location_ids) == ("?, ?", ("loc_aa", "loc_py"))
    assert scope.at("loc_py").location_ids == ("loc_py",)
    with pytest.raises(NotFound):
        scope.at("loc_wx")
