"""Audit rows as statements."""

import json
from datetime import UTC, datetime

import pytest

from ganger.audit import Actor, audit_row, phi_read, phi_refusal
from ganger.errors import ValidationFailed

ACTOR = Actor("usr_pat", "ab12", "203.0.113.9", datetime(2026, 3, 2, 12, tzinfo=UTC))


def columns_of(statement):
    names = statement.sql.partition("(")[2].partition(")")[0].split(", ")
    return dict(zip(names, statement.values, strict=True))


def make_read(justification="check-in", fields=("birth_date",)):
    return phi_read(
        ACTOR,
        "patient",
        "pat_1",
        "loc_aa",
        justification,
        fields,
        is_minimum_necessary=True,
        is_consented=False,
    )


def test_a_change_is_written_with_who_what_when_and_from_where():
    row = columns_of(audit_row(ACTOR, "inventory:receive", "item", "itm_1", "loc_aa", {"quantity": [1, 2]}))
    assert (row["user_id"], row["action"], row["record_id"]) == ("usr_pat", "inventory:receive", "itm_1")
    assert (row["occurred_at"], row["ip_address"]) == ("2026-03-02T12:00:00.000Z", "203.0.113.9")
    assert json.loads(row["fields_json"]) == {"quantity": [1, 2]}


def test_a_read_is_written_with_its_reason_and_the_names_of_the_fields():
    row = columns_of(make_read("  check-in ", ["patient.phone", "birth_date", "birth_date"]))
    assert (row["action"], row["justification"]) == ("phi:read", "check-in")
    assert json.loads(row["fields_json"]) == ["birth_date", "patient.phone"]
    assert (row["is_minimum_necessary"], row["is_consented"]) == (1, 0)


@pytest.mark.parametrize("justification", ["", " \t\n", "x" * 501])
def test_a_read_without_a_reason_of_fair_length_is_refused(justification):
    with pytest.raises(ValidationFailed) as caught:
        make_read(justification)
    assert "justification" in caught.value.fields


@pytest.mark.parametrize(
    "fields", [[], ["Pat Example"], ["1970-01-01"], ["birth_date=1970"], [""], ["Phone"]]
)
def test_values_in_place_of_field_names_are_refused(fields):
    with pytest.raises(ValueError, match="names"):
        make_read(fields=fields)


def test_a_refusal_is_written_as_not_authorized():
    row = columns_of(phi_refusal(ACTOR, "meds:read", {"route": "GET /requests/{id}"}))
    assert (row["action"], row["record_id"], row["is_authorized"]) == ("phi:refused", "meds:read", 0)
