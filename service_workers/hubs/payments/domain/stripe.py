"""Stripe's PaymentIntents, refunds and webhooks. Pure.

A card is authorised first and captured only once the risk was looked at (`capture_method` manual).

Source: docs.stripe.com/api: payment_intents, refunds, charges/object (`outcome`), idempotent_requests;
docs.stripe.com/webhooks#verify-manually.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ganger.contracts.payments import PaymentStatus
from service_workers.hubs.domain.web import Outgoing

# Above this share of certainty that it is fraud nothing is taken.
MAX_RISK = 0.8
FRAUD = "RISK_TOO_HIGH"
_FRESH_S = 300
_MOST_DIGITS = 12
_PENDING = ("requires_payment_method", "requires_confirmation", "requires_action")


@dataclass(frozen=True, slots=True)
class Intent:
    """A PaymentIntent as far as we care. `risk` is 0 to 1, or None where nobody looked."""

    reference: str
    payment_id: str
    state: str
    is_fraud: bool
    failure: str | None
    risk: float | None
    card_last4: str | None
    refunded_cents: int
    client_secret: str | None

    @property
    def step(self) -> Literal["capture", "refuse"] | None:
        """What has to be done next, if the card is authorised."""
        if self.state != "requires_capture":
            return None
        return "refuse" if self.risk is not None and self.risk > MAX_RISK else "capture"

    def status(self, amount_cents: int) -> PaymentStatus:
        """The state of the payment; what still has to be captured is under way."""
        if self.state == "succeeded":
            if self.refunded_cents >= amount_cents:
                return "refunded"
            return "partially_refunded" if self.refunded_cents else "succeeded"
        if self.state == "canceled":
            return "failed" if self.is_fraud else "cancelled"
        return "pending" if self.state in _PENDING else "processing"


@dataclass(frozen=True, slots=True)
class Stripe:
    """One account."""

    url: str
    key: str

    def create(self, payment_id: str, amount_cents: int) -> Outgoing:
        """The request that makes an intent; made again it answers the same one."""
        form = {
            "amount": str(amount_cents),
            "currency": "usd",
            "capture_method": "manual",
            "payment_method_types[]": "card",
            "metadata[ganger_payment]": payment_id,
        }
        return self._post("payment_intents", form, payment_id)

    def look(self, reference: str) -> Outgoing:
        """The question how an intent stands."""
        query = {"expand[]": "latest_charge"}
        return Outgoing("GET", f"{self.url}/v1/payment_intents/{reference}", query=query, bearer=self.key)

    def capture(self, intent: Intent) -> Outgoing:
        """The request that takes what was authorised."""
        form = {"expand[]": "latest_charge"}
        return self._post(f"payment_intents/{intent.reference}/capture", form, f"{intent.payment_id}:capture")

    def cancel(self, reference: str, payment_id: str, is_fraud: bool) -> Outgoing:
        """The request that gives an intent up, and sets free what was authorised."""
        reason = "fraudulent" if is_fraud else "requested_by_customer"
        form = {"cancellation_reason": reason, "expand[]": "latest_charge"}
        return self._post(f"payment_intents/{reference}/cancel", form, f"{payment_id}:cancel:{reason}")

    def refund(self, reference: str, refund_id: str, amount_cents: int) -> Outgoing:
        """The request that gives money back."""
        return self._post("refunds", {"payment_intent": reference, "amount": str(amount_cents)}, refund_id)

    def _post(self, path: str, form: Mapping[str, str], idempotency_key: str) -> Outgoing:
        url = f"{self.url}/v1/{path}"
        return Outgoing("POST", url, form=form, bearer=self.key, idempotency_key=idempotency_key)


def read_intent(body: Mapping[str, Any]) -> Intent | None:
    """The intent of an answer; None if it is none."""
    reference, metadata = body.get("id"), _object(body.get("metadata"))
    if body.get("object") != "payment_intent" or not isinstance(reference, str):
        return None
    charge = _object(body.get("latest_charge"))
    score = _object(charge.get("outcome")).get("risk_score")
    is_fraud = body.get("cancellation_reason") == "fraudulent"
    error = _text(_object(body.get("last_payment_error")).get("code"))
    return Intent(
        reference=reference,
        payment_id=str(metadata.get("ganger_payment", "")),
        state=str(body.get("status")),
        is_fraud=is_fraud,
        failure=FRAUD if is_fraud else error,
        risk=score / 100 if isinstance(score, int | float) else None,
        card_last4=_text(_object(_object(charge.get("payment_method_details")).get("card")).get("last4")),
        refunded_cents=int(charge.get("amount_refunded") or 0),
        client_secret=_text(body.get("client_secret")),
    )


def is_signed(header: str, body: bytes, secret: str, now_s: float) -> bool:
    """Whether Stripe signed the webhook, and just now: HMAC-SHA256 of its time and body."""
    parts = [part.partition("=") for part in header.split(",")]
    # A longer one is no time, and int() takes no number of thousands of digits.
    times = [
        value
        for name, _, value in parts
        if name.strip() == "t" and value.isdecimal() and len(value) <= _MOST_DIGITS
    ]
    given = [value for name, _, value in parts if name.strip() == "v1"]
    if len(times) != 1 or abs(now_s - int(times[0])) > _FRESH_S:
        return False
    mac = hmac.digest(secret.encode(), f"{times[0]}.".encode() + body, "sha256").hex()
    return any(hmac.compare_digest(mac.encode(), each.encode()) for each in given)


def reference_of(body: Mapping[str, Any]) -> str | None:
    """The intent that a webhook is about; None for one that is about something else."""
    about = _object(_object(body.get("data")).get("object"))
    return _text(about.get("id") if about.get("object") == "payment_intent" else about.get("payment_intent"))


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
