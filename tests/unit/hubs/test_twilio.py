from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from service_workers.hubs.communication.domain.sending import Declined, News, Parcel, Taken, Wish
from service_workers.hubs.communication.domain.twilio import Twilio, is_signed, read_hook, signature
from service_workers.hubs.communication.domain.wording import Wording
from tests.unit.hubs.answers import json_answer

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TWILIO = Twilio(
    "https://api.example.test", "AC1", "12345", "+17345550100", "https://s.example.test/hooks/twilio"
)
PARCEL = Parcel("msg1", "+17345550142", Wording("", "Please come."), NOON.isoformat())


def listed(**changes):
    message = {"sid": "SM1", "body": "Please come.", "date_created": format_datetime(NOON)} | changes
    return json_answer({"messages": [message]})


def test_a_message_is_posted_with_its_own_callback():
    asked = TWILIO.request(PARCEL)
    assert asked.url == "https://api.example.test/2010-04-01/Accounts/AC1/Messages.json"
    assert asked.form == {
        "To": "+17345550142",
        "From": "+17345550100",
        "Body": "Please come.",
        "StatusCallback": "https://s.example.test/hooks/twilio?message=msg1",
    }


def test_signatures_are_those_of_twilio_s_own_example():
    # Source: Twilio's documentation of webhook security and the tests of its helper libraries.
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert signature(url, fields, "12345") == "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    assert is_signed("RSOYDt4T1cUTdK1PDd93/VVr8B8=", url, fields, "12345")
    assert not is_signed("RSOYDt4T1cUTdK1PDd93/VVr8B8=", url, fields | {"Digits": "1235"}, "12345")
    assert not is_signed("", url, fields, "12345")


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (json_answer({"sid": "SM1"}, 201), Taken("SM1")),
        (json_answer({"code": 21610}, 400), Declined("OPTED_OUT")),
        (json_answer({"code": 21211}, 400), Declined("INVALID_DESTINATION")),
        (json_answer({"code": 21999}, 400), Declined("REJECTED")),
    ],
)
def test_what_twilio_answers(answer, result):
    assert TWILIO.result(answer) == result


def test_a_lost_message_is_found_by_its_words_since_it_was_given():
    assert TWILIO.found(listed(), PARCEL, frozenset()) == "SM1"
    assert TWILIO.found(listed(), PARCEL, frozenset({"SM1"})) is None  # another of ours with the same words
    assert TWILIO.found(listed(body="Other."), PARCEL, frozenset()) is None
    long_ago = format_datetime(NOON - timedelta(minutes=1))
    assert TWILIO.found(listed(date_created=long_ago), PARCEL, frozenset()) is None
    assert TWILIO.found(listed(date_created=None), PARCEL, frozenset()) == "SM1"
    assert TWILIO.found(json_answer({}), PARCEL, frozenset()) is None


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"MessageStatus": "delivered"}, News("SM1:delivered", "msg1", "SM1", "delivered")),
        ({"MessageStatus": "queued"}, News("SM1:queued", "msg1", "SM1", "sent")),
        (
            {"MessageStatus": "undelivered", "ErrorCode": "21610"},
            News("SM1:undelivered", "msg1", "SM1", "failed", "OPTED_OUT"),
        ),
        ({"MessageStatus": "failed"}, News("SM1:failed", "msg1", "SM1", "failed", "NOT_DELIVERED")),
        ({"Body": " Stop ", "From": "+17345550142"}, Wish("SM1", "+17345550142", is_out=True)),
        ({"Body": "unstop", "From": "+17345550142"}, Wish("SM1", "+17345550142", is_out=False)),
        ({"OptOutType": "STOP", "Body": "arrêt", "From": "+1"}, Wish("SM1", "+1", is_out=True)),
        ({"Body": "please stop by", "From": "+1"}, None),
        ({"MessageStatus": "canceled"}, None),
    ],
)
def test_what_a_webhook_tells(fields, told):
    assert read_hook("msg1", {"MessageSid": "SM1"} | fields) == told
