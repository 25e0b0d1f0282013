import hmac

import pytest

from service_workers.hubs.payments.domain.stripe import Stripe, is_signed, read_intent, reference_of

NOW = 1_772_000_000
STRIPE = Stripe("https://api.example.test", "k")


def intent(status="requires_capture", score=10, **changes):
    charge = {
        "amount_refunded": 0,
        "outcome": {"risk_score": score},
        "payment_method_details": {"card": {"last4": "4242"}},
    }
    body = {
        "object": "payment_intent",
        "id": "pi_1",
        "status": status,
        "metadata": {"ganger_payment": "pay1"},
        "latest_charge": charge | changes.pop("charge", {}),
    }
    return read_intent(body | changes)


@pytest.mark.parametrize(
    ("score", "step"), [(0, "capture"), (80, "capture"), (81, "refuse"), (100, "refuse"), (None, "capture")]
)
def test_what_is_authorised_is_taken_up_to_a_risk_of_four_fifths(score, step):
    assert intent(score=score).step == step
    assert intent("succeeded", score=score).step is None


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (intent("requires_payment_method"), "pending"),
        (intent("requires_action"), "pending"),
        (intent("processing"), "processing"),
        (intent("requires_capture"), "processing"),
        (intent("succeeded"), "succeeded"),
        (intent("succeeded", charge={"amount_refunded": 1}), "partially_refunded"),
        (intent("succeeded", charge={"amount_refunded": 3000}), "refunded"),
        (intent("canceled", cancellation_reason="requested_by_customer"), "cancelled"),
        (intent("canceled", cancellation_reason="fraudulent"), "failed"),
    ],
)
def test_how_a_payment_stands(found, status):
    assert found.status(3000) == status


def test_what_an_intent_tells():
    declined = intent(
        "requires_payment_method", last_payment_error={"code": "card_declined"}, client_secret="s"
    )
    assert (declined.failure, declined.client_secret, declined.card_last4) == ("card_declined", "s", "4242")
    assert intent("canceled", cancellation_reason="fraudulent").failure == "RISK_TOO_HIGH"
    assert intent(latest_charge="ch_1").risk is None
    assert read_intent({"error": {"code": "x"}}) is None


def test_every_change_carries_its_own_key():
    found = intent()
    keys = [
        STRIPE.create("pay1", 3000).idempotency_key,
        STRIPE.capture(found).idempotency_key,
        STRIPE.cancel("pi_1", "pay1", is_fraud=True).idempotency_key,
        STRIPE.cancel("pi_1", "pay1", is_fraud=False).idempotency_key,
        STRIPE.refund("pi_1", "ref1", 100).idempotency_key,
    ]
    assert len(set(keys)) == len(keys) and all(keys)
    assert STRIPE.create("pay1", 3000).form["capture_method"] == "manual"


def test_a_webhook_is_believed_while_its_signature_holds_and_is_fresh():
    mac = hmac.digest(b"whsec", f"{NOW}.".encode() + b"{}", "sha256").hex()
    header = f"t={NOW},v1={'0' * 64},v1={mac},v0=abc"
    assert is_signed(header, b"{}", "whsec", NOW + 300)
    assert not is_signed(header, b"{}", "whsec", NOW + 301)
    assert not is_signed(header, b"{ }", "whsec", NOW)
    assert not is_signed(header, b"{}", "other", NOW)
    assert not is_signed(f"t={NOW},v0={mac}", b"{}", "whsec", NOW)
    assert not is_signed("", b"{}", "whsec", NOW)


@pytest.mark.parametrize(
    ("about", "reference"),
    [
        ({"object": "payment_intent", "id": "pi_1"}, "pi_1"),
        ({"object": "charge", "id": "ch_1", "payment_intent": "pi_1"}, "pi_1"),
        ({"object": "customer", "id": "cus_1"}, None),
    ],
)
def test_which_payment_a_webhook_is_about(about, reference):
    assert reference_of({"id": "evt_1", "data": {"object": about}}) == reference
    assert reference_of({}) is None
