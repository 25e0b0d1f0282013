"""What apps ask of the payment hub: payments by card, and refunds.

A payment is begun under a key of the app's; asked again with it, the hub answers how that payment stands. The
page of the payer finishes it with `client_secret` and the provider's own field, so no card number comes near
us. Once the card is authorised the risk that the provider sees in it counts: above 0.8 nothing is taken.

Refusals: `KEY_REUSED` (the key stands for another payment or refund, named in the details), `NOT_FOUND`,
`INVALID_TRANSITION` (it is too late to cancel), and the code below.
"""

import re
from dataclasses import dataclass
from typing import Literal

from ganger.plain import PlainRecord
from ganger.rpc import Method, Service

PAYMENTS = Service("hubs", "Payments")

REFUND_EXCEEDS = "REFUND_EXCEEDS"  # it is more than what is left of the payment

Purpose = Literal["copay", "balance", "deposit", "fee"]
# pending → processing → succeeded | failed; pending → cancelled; succeeded → partially_refunded → refunded.
PaymentStatus = Literal[
    "pending", "processing", "succeeded", "failed", "cancelled", "partially_refunded", "refunded"
]
MIN_CENTS, MAX_CENTS = 50, 500_000
_KEY = re.compile(r"[A-Za-z0-9_.:-]{8,100}")


@dataclass(frozen=True, slots=True)
class PaymentAsked(PlainRecord):
    """A payment. `record_id` is the caller's record that it is for, for the audit log."""

    key: str
    amount_cents: int
    purpose: Purpose
    record_id: str
    location_id: str

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key) or not 1 <= len(self.record_id) <= 100:
            raise ValueError("A field is not within its bounds.")
        if not MIN_CENTS <= self.amount_cents <= MAX_CENTS:
            raise ValueError("The amount is not within its bounds.")


@dataclass(frozen=True, slots=True)
class PaymentQuestion(PlainRecord):
    """A payment of the caller's by the id that the hub gave it."""

    payment_id: str


@dataclass(frozen=True, slots=True)
class RefundAsked(PlainRecord):
    """So much of a payment back, once for the caller's key."""

    key: str
    payment_id: str
    amount_cents: int

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key) or not 1 <= self.amount_cents <= MAX_CENTS:
            raise ValueError("A field is not within its bounds.")


@dataclass(frozen=True, slots=True)
class PaymentState(PlainRecord):
    """How a payment stands.

    `failure` is a code: `RISK_TOO_HIGH`, or the provider's own of the last card that was tried.
    `client_secret` is there while the payer has something to do, and is shown to them alone.
    """

    payment_id: str
    status: PaymentStatus
    amount_cents: int
    refunded_cents: int = 0
    failure: str | None = None
    card_last4: str | None = None
    client_secret: str | None = None


START_PAYMENT = Method(PAYMENTS, "start_payment", PaymentAsked, PaymentState, within_s=10.0)
PAYMENT_STATE = Method(PAYMENTS, "payment_state", PaymentQuestion, PaymentState, within_s=10.0)
CANCEL_PAYMENT = Method(PAYMENTS, "cancel_payment", PaymentQuestion, PaymentState, within_s=10.0)
REFUND_PAYMENT = Method(PAYMENTS, "refund_payment", RefundAsked, PaymentState, within_s=10.0)
