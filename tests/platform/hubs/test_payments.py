"""Payments on real workerd, with the stand-in for Stripe."""

from itertools import count

import httpx
import pytest

from tools.local.providers import Fault

pytestmark = pytest.mark.runtime

_numbers = count(1)


def started(hubs, **changes):
    """A payment that was begun: what was asked, how it stands, and its intent at the provider."""
    number = next(_numbers)
    asked = {
        "key": f"session-{number:04d}",
        "amount_cents": 3000,
        "purpose": "copay",
        "record_id": f"ses_{number}",
        "location_id": "loc_aa",
    } | changes
    state = hubs.call("start_payment", asked, "Payments")
    ids = {each["metadata"]["ganger_payment"]: name for name, each in hubs.providers.payments.intents.items()}
    return asked, state, ids.get(state.get("payment_id"))


def state_of(hubs, state):
    return hubs.call("payment_state", {"payment_id": state["payment_id"]}, "Payments")


def refund(hubs, state, amount_cents, key):
    asked = {"key": key, "payment_id": state["payment_id"], "amount_cents": amount_cents}
    return hubs.call("refund_payment", asked, "Payments")


def test_a_card_is_authorised_by_the_payer_and_then_captured_by_the_webhook(hubs):
    stripe = hubs.providers.payments
    asked, state, reference = started(hubs)
    assert (state["status"], state["client_secret"]) == ("pending", f"{reference}_secret_demo")
    stripe.authorise(reference)
    assert stripe.tell(reference, "payment_intent.amount_capturable_updated").status_code == 204
    assert stripe.intents[reference]["status"] == "succeeded"
    now = state_of(hubs, state)
    assert (now["status"], now["card_last4"], now["client_secret"]) == ("succeeded", "4242", None)
    assert hubs.call("start_payment", asked, "Payments") == now
    other = hubs.call("start_payment", asked | {"amount_cents": 4000}, "Payments")
    assert other["refused"] == "KEY_REUSED"


@pytest.mark.parametrize(("risk_score", "status"), [(80, "succeeded"), (81, "failed")])
def test_above_a_risk_of_four_fifths_nothing_is_taken(hubs, risk_score, status):
    stripe = hubs.providers.payments
    _, state, reference = started(hubs)
    stripe.authorise(reference, risk_score)
    now = state_of(hubs, state)
    assert now["status"] == status
    assert now["failure"] == ("RISK_TOO_HIGH" if status == "failed" else None)
    assert stripe.intents[reference]["status"] == ("canceled" if status == "failed" else "succeeded")


def test_a_declined_card_leaves_the_payment_open_for_another(hubs):
    _, state, reference = started(hubs)
    hubs.providers.payments.decline(reference)
    now = state_of(hubs, state)
    assert (now["status"], now["failure"]) == ("pending", "card_declined")
    cancelled = hubs.call("cancel_payment", {"payment_id": state["payment_id"]}, "Payments")
    assert cancelled["status"] == "cancelled"
    assert hubs.call("cancel_payment", {"payment_id": state["payment_id"]}, "Payments") == cancelled


def test_money_goes_back_once_for_a_key_and_never_more_than_came(hubs):
    stripe = hubs.providers.payments
    _, state, reference = started(hubs)
    assert refund(hubs, state, 1000, "refund-early")["refused"] == "REFUND_EXCEEDS"
    stripe.authorise(reference)
    state_of(hubs, state)
    part = refund(hubs, state, 1000, f"refund-{reference}-1")
    assert (part["status"], part["refunded_cents"]) == ("partially_refunded", 1000)
    assert refund(hubs, state, 1000, f"refund-{reference}-1") == part
    assert refund(hubs, state, 2001, f"refund-{reference}-2")["refused"] == "REFUND_EXCEEDS"
    assert refund(hubs, state, 2000, f"refund-{reference}-3")["status"] == "refunded"
    assert stripe.intents[reference]["latest_charge"]["amount_refunded"] == 3000
    late = hubs.call("cancel_payment", {"payment_id": state["payment_id"]}, "Payments")
    assert late["refused"] == "INVALID_TRANSITION"


def test_a_payment_that_was_begun_without_an_answer_is_the_same_when_it_is_asked_again(hubs):
    stripe = hubs.providers.payments
    stripe.fault = Fault.FAILS_LATE
    asked, state, _ = started(hubs)
    assert state["refused"] == "UNAVAILABLE"
    made = len(stripe.intents)
    stripe.recover()
    again = hubs.call("start_payment", asked, "Payments")
    assert (again["status"], len(stripe.intents)) == ("pending", made)


def test_a_webhook_counts_while_its_signature_is_right_and_fresh(hubs):
    stripe = hubs.providers.payments
    _, _, reference = started(hubs)
    stripe.authorise(reference)
    body = f'{{"id":"evt_1","data":{{"object":{{"object":"payment_intent","id":"{reference}"}}}}}}'
    assert stripe.post(body, age_s=301).status_code == 401
    forged = {"content-type": "application/json", "stripe-signature": "t=1,v1=00"}
    assert httpx.post(stripe.hook, content=body, headers=forged).status_code == 401
    assert stripe.intents[reference]["status"] == "requires_capture"
    assert stripe.post(body).status_code == 204
    assert stripe.intents[reference]["status"] == "succeeded"


def test_every_change_of_a_payment_has_its_audit_row(hubs):
    _, state, reference = started(hubs)
    hubs.providers.payments.authorise(reference)
    state_of(hubs, state)
    sql = "SELECT action FROM audit_logs WHERE record_id = ? ORDER BY sequence"
    actions = [row["action"] for row in hubs.rows(sql, state["payment_id"])]
    assert actions == ["hubs:payment", "hubs:payment-status"]
