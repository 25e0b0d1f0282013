import pytest

from service_workers.hubs.communication.domain.mailgun import Mailgun, is_signed, read_hook, signature
from service_workers.hubs.communication.domain.sending import Declined, News, Parcel, Taken, Wish
from service_workers.hubs.communication.domain.wording import Wording
from tests.unit.hubs.answers import json_answer

MAILGUN = Mailgun("https://api.example.test", "mail.example.test", "k", "G <no-reply@example.test>")
PARCEL = Parcel("msg1", "pat@example.test", Wording("Subject", "Text"), "2026-03-02T12:00:00Z")
NOW = 1_772_000_000


def hook(event="delivered", at=NOW, key="signing", **data):
    told = {"event": event, "user-variables": {"ganger_message": "msg1"}, "recipient": "Pat@example.test"}
    signed = {"timestamp": str(at), "token": "tok1", "signature": signature(str(at), "tok1", key)}
    return {"signature": signed, "event-data": told | data}


def test_a_mail_carries_an_id_of_ours_by_which_it_is_found_again():
    form = MAILGUN.request(PARCEL).form
    assert form["h:Message-Id"] == "<msg1@mail.example.test>"
    assert form["v:ganger_message"] == "msg1"
    question = MAILGUN.question(PARCEL)
    assert (question.method, question.query["message-id"]) == ("GET", "msg1@mail.example.test")
    events = json_answer({"items": [{"event": "accepted"}]})
    assert MAILGUN.found(events, PARCEL, frozenset()) == "msg1@mail.example.test"
    assert MAILGUN.found(json_answer({"items": []}), PARCEL, frozenset()) is None


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (json_answer({"id": "<a@b>"}), Taken("a@b")),
        (json_answer({}, 400), Declined("INVALID_DESTINATION")),
        (json_answer({}, 404), Declined("REJECTED")),
    ],
)
def test_what_mailgun_answers(answer, result):
    assert MAILGUN.result(answer) == result


def test_a_webhook_is_believed_while_its_signature_holds_and_is_fresh():
    assert is_signed(hook(), "signing", NOW + 300)
    assert not is_signed(hook(), "signing", NOW + 301)
    assert not is_signed(hook(), "other", NOW)
    assert not is_signed({}, "signing", NOW)
    assert not is_signed(hook() | {"signature": {"timestamp": "soon", "token": "t"}}, "signing", NOW)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (hook(), News("tok1", "msg1", None, "delivered")),
        (hook("accepted"), News("tok1", "msg1", None, "sent")),
        (hook("failed", severity="permanent"), News("tok1", "msg1", None, "bounced", "BOUNCED")),
        (hook("failed", severity="temporary"), None),
        (hook("rejected"), News("tok1", "msg1", None, "failed", "REJECTED")),
        (hook("complained"), Wish("tok1", "pat@example.test", is_out=True)),
        (hook("opened"), None),
        ({"signature": {}}, None),
        (hook() | {"event-data": {"event": "delivered"}}, None),
    ],
)
def test_what_a_webhook_tells(body, told):
    assert read_hook(body) == told
