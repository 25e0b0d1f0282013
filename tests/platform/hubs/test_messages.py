"""Messages through the outbox, on real workerd with the stand-ins for Twilio and Mailgun."""

import httpx
import pytest

from tests.platform.hubs.conftest import make_message
from tools.local.keys import development_vars
from tools.local.providers.twilio import INVALID

pytestmark = pytest.mark.runtime


def taken_by(service, message):
    return [each for each in service.taken if each.to == message["to"]]


def sent(hubs, **changes):
    """Send a message and wait until its provider has it: the message, its id, and the provider's copy."""
    message = make_message(**changes)
    is_mail = "@" in message["to"]
    message_id = hubs.call("send_email" if is_mail else "send_sms", message)["message_id"]
    hubs.until(lambda: hubs.states(message_id) == ["sent"])
    service = hubs.providers.email if is_mail else hubs.providers.sms
    (taken,) = taken_by(service, message)
    return message, message_id, taken


def events_of(hubs, message_id):
    told = hubs.call("events_after", {"after": 0})["events"]
    return [event["status"] for event in told if event["message_id"] == message_id]


def test_a_text_has_fixed_words_and_nothing_of_it_stays(hubs):
    _, message_id, taken = sent(hubs, link="https://h.example.test/view/abc")
    assert taken.text == (
        "Ganger Dermatology: your visit materials are ready: https://h.example.test/view/abc"
        " Valid 72 hours. Reply STOP to opt out."
    )
    (row,) = hubs.rows("SELECT * FROM hub_messages WHERE id = ?", message_id)
    assert (row["destination"], row["link"]) == (None, None)


def test_a_message_and_its_audit_row_are_written_together(hubs):
    message, message_id, _ = sent(hubs)
    (row,) = hubs.rows("SELECT * FROM audit_logs WHERE record_id = ?", message_id)
    assert (row["action"], row["location_id"], row["user_id"]) == ("hubs:message", "loc_aa", "visitor")
    assert message["to"] not in str(row) and message["link"] not in str(row)


def test_the_same_key_sends_once_and_never_something_else(hubs):
    message, message_id, _ = sent(hubs)
    again = hubs.call("send_sms", message)
    assert (again["message_id"], again["status"]) == (message_id, "sent")
    other = hubs.call("send_sms", message | {"link": "https://h.example.test/view/other"})
    assert other == {"refused": "KEY_REUSED", "details": {"message_id": message_id}}
    assert len(taken_by(hubs.providers.sms, message)) == 1


def test_an_e_mail_goes_out_and_its_bounce_comes_back(hubs):
    _, message_id, taken = sent(hubs, to="pat1@example.test")
    assert taken.subject == "Your visit materials from Ganger Dermatology"
    assert "STOP" not in taken.text
    assert hubs.providers.email.tell(taken, "failed", "temporary").status_code == 204
    assert hubs.states(message_id) == ["sent"]
    assert hubs.providers.email.tell(taken, "failed", "permanent").status_code == 204
    assert events_of(hubs, message_id) == ["sent", "bounced"]


def test_a_mail_to_staff_has_the_app_s_words_and_nothing_of_it_stays(hubs):
    mail = {
        "key": "order-summary-1",
        "to": "buyer@example.test",
        "subject": "Order PO-1 approved",
        "text": "- Gauze: 2 of 10 box\n",
        "record_id": "ord_1",
        "location_id": "loc_aa",
    }
    message_id = hubs.call("send_staff_mail", mail)["message_id"]
    hubs.until(lambda: hubs.states(message_id) == ["sent"])
    (taken,) = taken_by(hubs.providers.email, mail)
    assert (taken.subject, taken.text.strip()) == ("Order PO-1 approved", "- Gauze: 2 of 10 box")
    assert hubs.call("send_staff_mail", mail)["message_id"] == message_id
    assert hubs.call("send_staff_mail", mail | {"text": "other"})["refused"] == "KEY_REUSED"
    (row,) = hubs.rows("SELECT destination, subject, text FROM hub_messages WHERE id = ?", message_id)
    assert set(row.values()) == {None}
    (audit,) = hubs.rows("SELECT fields_json FROM audit_logs WHERE record_id = ?", message_id)
    assert "Gauze" not in str(audit) and '"consent": "not needed"' in str(audit).replace('":"', '": "')


def test_what_the_provider_tells_moves_a_message_forward_only_and_once(hubs):
    _, message_id, taken = sent(hubs)
    assert taken.hook.startswith(hubs.url + "/hooks/twilio?message=")
    for status in ("sent", "delivered", "delivered", "sent"):
        assert hubs.providers.sms.tell(taken, status).status_code == 204
    hubs.providers.sms.tell(taken, "undelivered", "30003")
    assert events_of(hubs, message_id) == ["sent", "delivered"]
    assert hubs.call("message_state", {"message_id": message_id})["status"] == "delivered"


def test_a_webhook_that_is_not_signed_is_refused(hubs):
    _, message_id, taken = sent(hubs)
    forged = {"x-twilio-signature": "AAAA"}
    fields = {"MessageSid": taken.id, "MessageStatus": "delivered"}
    assert httpx.post(taken.hook, data=fields, headers=forged).status_code == 401
    assert httpx.post(f"{hubs.url}/hooks/mailgun", json={"event-data": {}}).status_code == 401
    assert hubs.states(message_id) == ["sent"]
    assert httpx.get(f"{hubs.url}/health/providers").status_code != 200  # nothing else leads to the hubs


def test_the_router_s_deep_health_tells_how_the_providers_are(hubs):
    token = {"authorization": f"Bearer {development_vars()['MONITOR_TOKEN']}"}
    providers = httpx.get(f"{hubs.url}/health/deep", headers=token, timeout=60).json()["providers"]
    assert {name: each["state"] for name, each in providers.items()}.keys() == {
        "sms",
        "email",
        "ehr",
        "payments",
    }


def test_who_answers_stop_gets_nothing_until_they_answer_start(hubs):
    message, _, _ = sent(hubs)
    hook = f"{hubs.url}/hooks/twilio"
    assert hubs.providers.sms.receive(hook, message["to"], " stop ").status_code == 204
    refused = hubs.send(to=message["to"])
    assert refused["refused"] == "OPTED_OUT"
    hubs.providers.sms.receive(hook, message["to"], "START")
    assert hubs.send(to=message["to"])["status"] == "queued"


def test_a_patient_is_written_to_on_the_channels_that_they_last_agreed_to(hubs):
    consent = {"mrn": "10000001", "channel": "sms", "method": "verbal", "location_id": "loc_aa"}
    assert hubs.send(mrn="10000001")["refused"] == "CONSENT_REQUIRED"
    said = hubs.call("record_consent", consent | {"consented": True})["consents"]
    assert [(each["channel"], each["consented"]) for each in said] == [("sms", True), ("email", None)]
    assert hubs.send(mrn="10000001")["status"] == "queued"
    assert hubs.send(mrn="10000001", to="pat2@example.test")["refused"] == "CONSENT_REQUIRED"
    hubs.call("record_consent", consent | {"consented": False})
    assert hubs.send(mrn="10000001")["refused"] == "CONSENT_REQUIRED"
    assert hubs.send(is_consented=False)["refused"] == "CONSENT_REQUIRED"


def test_a_number_that_cannot_be_is_refused_and_one_that_is_not_there_fails(hubs):
    assert hubs.send(to="+44 20 7946 0000")["refused"] == "INVALID_DESTINATION"
    message_id = hubs.send(to=INVALID)["message_id"]
    hubs.until(lambda: hubs.states(message_id) == ["failed"])
    assert hubs.call("message_state", {"message_id": message_id})["failure"] == "INVALID_DESTINATION"


def test_another_app_s_message_is_not_there(hubs):
    assert hubs.call("message_state", {"message_id": "0" * 26})["refused"] == "NOT_FOUND"
