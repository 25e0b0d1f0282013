"""Codes, tables and files that people bring, and what services outside tell: read, or refused in words."""

import json
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from app_workers.inventory.domain.importing import plan_import, read_rows
from app_workers.inventory.domain.scanning import parse_scan
from app_workers.inventory.models.drafts import cents
from ganger.codes import read_code
from ganger.errors import ValidationFailed
from ganger.uploads import document_type_of, file_name_of
from service_workers.hubs.communication.domain import mailgun, twilio
from service_workers.hubs.payments.domain import stripe
from tests.unit.fuzz.test_requests import HEADER, JSON

few = settings(derandomize=True, max_examples=80, deadline=None)
GS1_PARTS = (
    *("]d2", "]C1", "\x1d", "01", "10", "17", "21"),
    *("00614141999996", "261131", "260230", "999999"),
)
GS1 = st.lists(
    st.sampled_from(GS1_PARTS) | st.text(max_size=6) | st.integers(0, 10**16).map(str), max_size=8
).map("".join)
CELLS = (
    "sku",
    "name",
    "category",
    "stock_unit",
    "unit_cost",
    "other",
    "box",
    "8.99",
    '"',
    ",",
    "\t",
    "\n",
    "yes",
)
CELL = st.text(max_size=8) | st.sampled_from(CELLS)
ROWS = st.lists(CELL, max_size=30).map(",".join)
TABLE = ROWS | ROWS.map(lambda rows: "sku,name,category,stock_unit\n" + rows)
# Names that the webhooks know; what stands under them is anything.
MEMBERS = (
    *("event-data", "signature", "type", "data", "object", "id", "metadata", "status", "amount", "event"),
    *("timestamp", "token", "severity", "user-variables", "message", "headers", "message-id", "recipient"),
    *("latest_charge", "amount_refunded", "outcome", "risk_score", "payment_intent", "last_payment_error"),
)
LONG = st.just("9" * 5000)
INNER = st.dictionaries(st.sampled_from(MEMBERS), JSON | LONG, max_size=4)
TOLD = st.dictionaries(st.sampled_from(MEMBERS), JSON | LONG | INNER, max_size=6)
POSTED = ("MessageSid", "MessageStatus", "SmsStatus", "From", "To", "Body", "OptOutType", "RawDlrDoneDate")
FIELDS = st.dictionaries(st.sampled_from(POSTED), st.text(max_size=30))


@few
@given(code=GS1)
def test_a_scanned_code_says_something_or_stays_a_code(code):
    assert len(parse_scan(code).barcode) <= len(code) + 14


@few
@given(table=TABLE)
def test_a_table_is_planned_or_its_problems_are_told(table):
    try:
        rows = read_rows(table)
    except ValidationFailed:
        return
    plan_import(rows, {}, frozenset())


@few
@given(text=st.text(max_size=20), content=st.binary(max_size=60))
def test_amounts_codes_and_files(text, content):
    read_code(text, 6)
    document_type_of(text, content)
    assert file_name_of(text)
    with suppress(ValueError):
        cents(text)


@few
@given(fields=FIELDS, given_signature=HEADER)
def test_what_a_provider_of_text_messages_tells(fields, given_signature):
    assert not twilio.is_signed(given_signature, "https://hooks.example.test/", fields, "token")
    twilio.read_hook("msg_1", fields)


@few
@given(body=TOLD)
def test_what_a_provider_of_e_mail_tells(body):
    assert not mailgun.is_signed(body, "key", 0)
    mailgun.read_hook(body)


@few
@given(body=TOLD, header=HEADER | LONG.map(lambda digits: f"t={digits},v1=a"))
def test_what_a_provider_of_payments_tells(body, header):
    assert not stripe.is_signed(header, json.dumps(body).encode(), "secret", 0)
    stripe.reference_of(body)
    stripe.read_intent(body)
