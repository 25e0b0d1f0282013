"""Payments and refunds. What the provider says is the truth; we write it down and do the next step.

Everything that changes something at the provider carries an idempotency key of ours, so it is done once
however often it is asked. What was written down but not answered is asked again when the app asks again.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ganger.audit import Actor
from ganger.contracts.payments import PaymentAsked, PaymentQuestion, PaymentState, RefundAsked
from ganger.db import ConstraintFailed, Database, ExpectationFailed
from ganger.errors import InvalidTransition, NotFound
from ganger.ids import new_id
from ganger.rpc import Deadline
from ganger.rpc_serving import Call
from service_workers.hubs.domain.web import Answer, Outgoing
from service_workers.hubs.errors import KeyReused, RefundExceeds
from service_workers.hubs.guarding import Provider, asked
from service_workers.hubs.payments import store
from service_workers.hubs.payments.domain.stripe import Intent, Stripe, read_intent
from service_workers.hubs.payments.store import Payment, Refund

_BAD_REQUESTS = (400, 402, 404)


@dataclass(frozen=True, slots=True)
class Till:
    """The provider of payments, for one who acts and for as long as they wait."""

    stripe: Stripe
    provider: Provider
    db: Database
    actor: Actor
    deadline: Deadline

    async def state(self, payment: Payment) -> PaymentState:
        """How a payment stands at the provider now, after the step that is due."""
        looked = self.stripe.look(payment.reference) if payment.reference else None
        intent = await self._intent(looked or self.stripe.create(payment.id, payment.amount_cents))
        return await self.settled(payment, intent)

    async def settled(self, payment: Payment, intent: Intent) -> PaymentState:
        """Take or refuse what was authorised, and write down how the payment stands."""
        if intent.step == "capture":
            intent = await self._stepped(self.stripe.capture(intent), intent.reference)
        elif intent.step == "refuse":
            refused = self.stripe.cancel(intent.reference, payment.id, is_fraud=True)
            intent = await self._stepped(refused, intent.reference)
        try:
            await store.take_up(self.db, payment, intent, self.actor)
        except ExpectationFailed:
            # A webhook beside this call wrote it down; what it says is as new.
            payment = await store.payment(self.db, payment.id) or payment
        status = intent.status(payment.amount_cents)
        return PaymentState(
            payment.id,
            status,
            payment.amount_cents,
            intent.refunded_cents,
            intent.failure,
            intent.card_last4,
            intent.client_secret if status == "pending" else None,
        )

    async def cancel(self, payment: Payment) -> PaymentState:
        """Give a payment up that the payer has not finished."""
        state = await self.state(payment)
        if state.status == "cancelled":
            return state
        payment = await store.payment(self.db, payment.id) or payment
        if state.status != "pending" or payment.reference is None:
            raise InvalidTransition("It is too late to cancel this payment.")
        cancelled = self.stripe.cancel(payment.reference, payment.id, is_fraud=False)
        return await self.settled(payment, await self._stepped(cancelled, payment.reference))

    async def refund(self, refund: Refund, payment: Payment) -> PaymentState:
        """Give money back, unless that was done."""
        if refund.status == "asked" and payment.reference:
            outgoing = self.stripe.refund(payment.reference, refund.id, refund.amount_cents)
            answer = await self._answer(outgoing)
            is_done = answer.is_ok and answer.json().get("status") in ("succeeded", "pending")
            await store.finish_refund(self.db, refund.id, "done" if is_done else "failed", self.actor)
        return await self.state(payment)

    async def _intent(self, outgoing: Outgoing) -> Intent:
        intent = read_intent((await self._answer(outgoing)).json())
        if intent is None:
            raise self.provider.away()
        return intent

    async def _stepped(self, outgoing: Outgoing, reference: str) -> Intent:
        """The intent after a step; where it is no longer possible, as it stands for some other reason."""
        answer = await self._answer(outgoing)
        intent = read_intent(answer.json()) if answer.is_ok else None
        return intent or await self._intent(self.stripe.look(reference))

    async def _answer(self, outgoing: Outgoing) -> Answer:
        answer = await asked(self.provider, outgoing, self.deadline, self.actor.at)
        if not answer.is_ok and answer.status not in _BAD_REQUESTS:
            raise self.provider.away()
        return answer


Open = Callable[[Database, Actor, Deadline], Till]


class Paying:
    """The payment hub as apps see it; the till is known only while a call runs."""

    def __init__(self, till: Open) -> None:
        self._till = till

    async def start_payment(self, call: Call, question: PaymentAsked) -> PaymentState:
        """Begin a payment, or tell how the one of that key stands."""
        till = self._till(call.db, call.actor, call.deadline)
        present = await store.payment_of_key(call.db, call.app, question.key)
        if present is None:
            present = _new_payment(call, question)
            try:
                await store.add_payment(call.db, present, question, call.actor)
            except ConstraintFailed:
                # The same call beside this one was faster.
                present = await store.payment_of_key(call.db, call.app, question.key)
                if present is None:
                    raise
        same = (present.amount_cents, present.purpose, present.record_id)
        if same != (question.amount_cents, question.purpose, question.record_id):
            raise KeyReused("The key stands for another payment already.", payment_id=present.id)
        return await till.state(present)

    async def payment_state(self, call: Call, question: PaymentQuestion) -> PaymentState:
        """How a payment stands."""
        payment = await _own(call, question.payment_id)
        return await self._till(call.db, call.actor, call.deadline).state(payment)

    async def cancel_payment(self, call: Call, question: PaymentQuestion) -> PaymentState:
        """Give up a payment that the payer has not finished."""
        payment = await _own(call, question.payment_id)
        return await self._till(call.db, call.actor, call.deadline).cancel(payment)

    async def refund_payment(self, call: Call, question: RefundAsked) -> PaymentState:
        """Give back so much of a payment, once for the key."""
        payment = await _own(call, question.payment_id)
        till = self._till(call.db, call.actor, call.deadline)
        present = await store.refund_of_key(call.db, call.app, question.key)
        if present is None:
            present = await _new_refund(call, question, payment)
        if (present.payment_id, present.amount_cents) != (payment.id, question.amount_cents):
            raise KeyReused("The key stands for another refund already.", refund_id=present.id)
        return await till.refund(present, payment)


async def _own(call: Call, payment_id: str) -> Payment:
    found = await store.payment(call.db, payment_id)
    if found is None or found.app != call.app:
        raise NotFound("There is no such payment.")
    return found


async def _new_refund(call: Call, question: RefundAsked, payment: Payment) -> Refund:
    if payment.status not in ("succeeded", "partially_refunded"):
        raise RefundExceeds("Nothing of this payment can be given back.")
    new = Refund(new_id(call.actor.at), payment.id, question.amount_cents, "asked")
    try:
        await store.add_refund(call.db, new, question, payment, call.actor)
    except ExpectationFailed as error:
        raise RefundExceeds("It is more than what is left of the payment.") from error
    except ConstraintFailed:
        found = await store.refund_of_key(call.db, call.app, question.key)
        if found is None:
            raise
        return found
    return new


def _new_payment(call: Call, question: PaymentAsked) -> Payment:
    return Payment(
        id=new_id(call.actor.at),
        app=call.app,
        amount_cents=question.amount_cents,
        purpose=question.purpose,
        record_id=question.record_id,
        location_id=question.location_id,
        status="pending",
        failure=None,
        reference=None,
        card_last4=None,
        refunded_cents=0,
        version=1,
    )
