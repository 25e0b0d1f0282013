from datetime import UTC, datetime, timedelta

import pytest

from ganger.contracts.communication import Message
from ganger.contracts.staff_mail import StaffMail
from ganger.errors import ValidationFailed
from service_workers.hubs.communication.domain.destinations import destination
from service_workers.hubs.communication.domain.states import moves_forward, next_try, public_status
from service_workers.hubs.communication.domain.wording import wording

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MESSAGE = {
    "key": "packet-1",
    "kind": "handouts-ready",
    "to": "+17345550142",
    "record_id": "pkt_1",
    "location_id": "loc_aa",
    "link": "https://handouts.gangerdermatology.com/view/AbCdEfGhIjKlMnOpQrStUv",
    "valid_hours": 72,
}


def test_the_text_about_handouts_fits_one_message():
    words = wording("sms", "handouts-ready", MESSAGE["link"], 72)
    assert words.text == (
        "Ganger Dermatology: your visit materials are ready: "
        "https://handouts.gangerdermatology.com/view/AbCdEfGhIjKlMnOpQrStUv "
        "Valid 72 hours. Reply STOP to opt out."
    )
    assert len(words.text) <= 160
    assert words.text.isascii()


def test_a_mail_says_the_same_without_the_word_about_stop():
    words = wording("email", "handouts-ready", MESSAGE["link"], 24)
    assert words.subject == "Your visit materials from Ganger Dermatology"
    assert words.text.endswith("Valid 24 hours.")
    assert wording("sms", "checked-in", None, None).text == (
        "Ganger Dermatology: you are checked in. We will call you soon."
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "short"},
        {"subject": "Two\r\nBcc: somebody@example.test"},
        {"subject": ""},
        {"text": ""},
        {"text": "x" * 20_001},
        {"expires_in_s": 1},
    ],
)
def test_what_is_no_mail_to_staff_is_refused(changes):
    mail = {
        "key": "mail-0001",
        "to": "buyer@example.test",
        "subject": "Order approved",
        "text": "Two boxes",
        "record_id": "ord_1",
        "location_id": "loc_aa",
    }
    assert StaffMail.checked(mail).expires_in_s == 86_400
    with pytest.raises(ValidationFailed):
        StaffMail.checked(mail | changes)


@pytest.mark.parametrize(
    ("channel", "text", "kept"),
    [
        ("sms", "+17345550142", "+17345550142"),
        ("sms", "734-555-0142", None),
        ("sms", "+11345550142", None),
        ("sms", "+447700900123", None),
        ("email", "Pat@Example.Test", "pat@example.test"),
        ("email", "pat@localhost", None),
        ("email", "pat@example.test, sam@example.test", None),
        ("email", "pat\r\nBcc: x@example.test", None),
    ],
)
def test_where_messages_can_go(channel, text, kept):
    assert destination(channel, text) == kept


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "short"},
        {"kind": "advertisement"},
        {"link": None},
        {"link": "https://handouts.example.test/view/x?name=Pat"},
        {"link": "http://elsewhere.example.test/view/x"},
        {"valid_hours": 0},
        {"mrn": "12"},
        {"expires_in_s": 1},
        {"kind": "checked-in"},
        {"text": "anything at all"},
    ],
)
def test_what_is_no_message_is_refused(changes):
    assert Message.checked(MESSAGE).valid_hours == 72
    with pytest.raises(ValidationFailed):
        Message.checked(MESSAGE | changes)


def test_news_move_a_message_forward_only():
    assert moves_forward("uncertain", "sent") and moves_forward("sent", "delivered")
    assert not moves_forward("sent", "sent") and not moves_forward("delivered", "failed")
    assert not moves_forward("cancelled", "sent")


def test_apps_see_no_more_states_than_they_know():
    assert {public_status(each) for each in ("queued", "sending", "uncertain")} == {"queued"}
    assert public_status("bounced") == "bounced"


def test_a_message_is_looked_at_again_when_it_ends_at_the_latest():
    end = NOON + timedelta(minutes=5)
    assert next_try(NOON, 60, end) == NOON + timedelta(minutes=1)
    assert next_try(NOON, 600, end) == end
