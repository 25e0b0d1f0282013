"""Stripe: PaymentIntents with manual capture, refunds, idempotency keys and signed webhooks.

Source: docs.stripe.com/api: payment_intents, refunds, charges/object, idempotent_requests, errors;
docs.stripe.com/webhooks#verify-manually.
"""

import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

from tools.local.providers.exchange import Asked, Reply, json_reply, too_many
from tools.local.providers.fault import Fault

_OPEN = ("requires_payment_method", "requires_confirmation", "requires_action", "requires_capture")


@dataclass
class StripeStandIn:
    """One account."""

    key: str
    secret: str
    hook: str
    fault: Fault = Fault.NONE
    intents: dict[str, dict[str, Any]] = field(default_factory=dict)
    # What was answered for an idempotency key, with what it was asked for.
    answered: dict[str, tuple[str, dict[str, str], Reply]] = field(default_factory=dict)

    def answer(self, asked: Asked) -> Reply:
        """Answer one request."""
        if asked.headers.get("authorization") != f"Bearer {self.key}" or self.fault is Fault.REFUSES:
            return _wrong(401, "invalid_request_error", "api_key")
        if self.fault is Fault.THROTTLES:
            return too_many()
        if self.fault is Fault.FAILS:
            return _wrong(500, "api_error", "api_error")
        reply = self._looked(asked) if asked.method == "GET" else self._once(asked)
        return _wrong(500, "api_error", "api_error") if self.fault is Fault.FAILS_LATE else reply

    def authorise(self, reference: str, risk_score: int = 12) -> None:
        """Do as the payer's page does: give a card that the bank accepts."""
        charge = {
            "id": reference.replace("pi_", "ch_"),
            "object": "charge",
            "amount_refunded": 0,
            "outcome": {"risk_score": risk_score, "type": "authorized"},
            "payment_method_details": {"type": "card", "card": {"last4": "4242"}},
        }
        self.intents[reference] |= {"status": "requires_capture", "latest_charge": charge}

    def decline(self, reference: str) -> None:
        """The same with a card that the bank refuses."""
        self.intents[reference]["last_payment_error"] = {"code": "card_declined", "type": "card_error"}

    def tell(self, reference: str, kind: str) -> httpx.Response:
        """Tell of an intent, as a webhook does."""
        about = {"object": "payment_intent", "id": reference}
        return self.post(json.dumps({"id": f"evt_{time.time_ns()}", "type": kind, "data": {"object": about}}))

    def post(self, body: str, age_s: int = 0) -> httpx.Response:
        """Send a signed webhook."""
        at = int(time.time()) - age_s
        mac = hmac.digest(self.secret.encode(), f"{at}.{body}".encode(), "sha256").hex()
        headers = {"content-type": "application/json", "stripe-signature": f"t={at},v1={mac}"}
        return httpx.post(self.hook, content=body, headers=headers, timeout=30)

    def recover(self) -> None:
        """Be in order again."""
        self.fault = Fault.NONE

    def _once(self, asked: Asked) -> Reply:
        key, form = asked.headers.get("idempotency-key", ""), asked.form
        if key in self.answered:
            path, before, reply = self.answered[key]
            same = (path, before) == (asked.path, form)
            return reply if same else _wrong(400, "idempotency_error", "idempotency_key_reused")
        reply = self._changed(asked.path, form)
        if key:
            self.answered[key] = (asked.path, form, reply)
        return reply

    def _looked(self, asked: Asked) -> Reply:
        intent = self.intents.get(asked.path.removeprefix("/v1/payment_intents/"))
        return json_reply(intent) if intent else _wrong(404, "invalid_request_error", "resource_missing")

    def _changed(self, path: str, form: dict[str, str]) -> Reply:
        if path == "/v1/payment_intents":
            return self._made(form)
        if path == "/v1/refunds":
            return self._refunded(form)
        reference, _, step = path.removeprefix("/v1/payment_intents/").partition("/")
        intent = self.intents.get(reference)
        if intent is None:
            return _wrong(404, "invalid_request_error", "resource_missing")
        if step == "capture" and intent["status"] == "requires_capture":
            intent["status"] = "succeeded"
        elif step == "cancel" and intent["status"] in _OPEN:
            intent |= {"status": "canceled", "cancellation_reason": form["cancellation_reason"]}
        else:
            return _wrong(400, "invalid_request_error", "payment_intent_unexpected_state")
        return json_reply(intent)

    def _made(self, form: dict[str, str]) -> Reply:
        if (
            not form.get("amount", "").isdecimal()
            or int(form["amount"]) < 50
            or form.get("currency") != "usd"
        ):
            return _wrong(400, "invalid_request_error", "amount_too_small")
        reference = f"pi_{len(self.intents) + 1:024d}"
        self.intents[reference] = {
            "id": reference,
            "object": "payment_intent",
            "amount": int(form["amount"]),
            "capture_method": form.get("capture_method", "automatic"),
            "status": "requires_payment_method",
            "metadata": {"ganger_payment": form.get("metadata[ganger_payment]", "")},
            "client_secret": f"{reference}_secret_demo",
            "latest_charge": None,
            "last_payment_error": None,
            "cancellation_reason": None,
        }
        return json_reply(self.intents[reference])

    def _refunded(self, form: dict[str, str]) -> Reply:
        intent = self.intents.get(form.get("payment_intent", ""))
        amount = int(form.get("amount", "0"))
        if intent is None or intent["status"] != "succeeded":
            return _wrong(400, "invalid_request_error", "charge_not_captured")
        charge = intent["latest_charge"]
        if charge["amount_refunded"] + amount > intent["amount"]:
            return _wrong(400, "invalid_request_error", "charge_already_refunded")
        charge["amount_refunded"] += amount
        return json_reply({"id": f"re_{time.time_ns()}", "object": "refund", "status": "succeeded"})


def _wrong(status: int, kind: str, code: str) -> Reply:
    return json_reply({"error": {"type": kind, "code": code}}, status)
