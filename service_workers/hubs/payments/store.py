"""The SQL of payments. A change of one is one batch with its audit row, and relies on its version."""

from dataclasses import dataclass

from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.contracts.payments import PaymentAsked, PaymentStatus, RefundAsked
from ganger.db import Database, Row, Statement, Value, expect, insert
from service_workers.hubs.payments.domain.stripe import Intent

_LEFT = """
    (SELECT amount_cents FROM hub_payments WHERE id = ?) >= ? + (
        SELECT coalesce(sum(amount_cents), 0) FROM hub_refunds WHERE payment_id = ? AND status <> 'failed'
    )
"""
_VERSION = "(SELECT version FROM hub_payments WHERE id = ?) = ?"
_TAKE_UP = """
    UPDATE hub_payments SET status = ?, failure = ?, reference = ?, card_last4 = coalesce(?, card_last4),
        refunded_cents = ?, version = version + 1, updated_at = ?
    WHERE id = ?"""


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment as we know it."""

    id: str
    app: str
    amount_cents: int
    purpose: str
    record_id: str
    location_id: str
    status: PaymentStatus
    failure: str | None
    reference: str | None
    card_last4: str | None
    refunded_cents: int
    version: int


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund as we know it."""

    id: str
    payment_id: str
    amount_cents: int
    status: str


_PAYMENT = ", ".join(Payment.__slots__)
_REFUND = ", ".join(Refund.__slots__)


async def payment(db: Database, payment_id: str) -> Payment | None:
    """A payment by our id."""
    return _payment(await db.row(f"SELECT {_PAYMENT} FROM hub_payments WHERE id = ?", payment_id))  # noqa: S608


async def payment_of_key(db: Database, app: str, key: str) -> Payment | None:
    """The payment that the app began with that key."""
    sql = f"SELECT {_PAYMENT} FROM hub_payments WHERE app = ? AND key = ?"  # noqa: S608
    return _payment(await db.row(sql, app, key))


async def payment_of_reference(db: Database, reference: str) -> Payment | None:
    """A payment by the provider's reference."""
    return _payment(await db.row(f"SELECT {_PAYMENT} FROM hub_payments WHERE reference = ?", reference))  # noqa: S608


async def refund_of_key(db: Database, app: str, key: str) -> Refund | None:
    """The refund that the app asked for with that key."""
    row = await db.row(f"SELECT {_REFUND} FROM hub_refunds WHERE app = ? AND key = ?", app, key)  # noqa: S608
    return Refund(**row) if row else None  # type: ignore[arg-type]  # the columns are the record's fields


async def add_payment(db: Database, new: Payment, asked: PaymentAsked, actor: Actor) -> None:
    """Write a payment down before the provider hears of it.

    Raises:
        ConstraintFailed: the app has used the key just now.
    """
    at = iso_utc(actor.at)
    row = {name: getattr(new, name) for name in Payment.__slots__}
    facts = {
        "app": new.app,
        "amount_cents": new.amount_cents,
        "purpose": new.purpose,
        "record": new.record_id,
    }
    audit = audit_row(actor, "hubs:payment", "payment", new.id, new.location_id, facts)
    await db.batch(
        [insert("hub_payments", row | {"key": asked.key, "created_at": at, "updated_at": at}), audit]
    )


async def take_up(db: Database, before: Payment, intent: Intent, actor: Actor) -> None:
    """Write down how the provider says that a payment stands, if that is news.

    Raises:
        ExpectationFailed: somebody else wrote it down since it was read.
    """
    status, at = intent.status(before.amount_cents), iso_utc(actor.at)
    known = (before.status, before.failure, before.reference, before.refunded_cents)
    if known == (status, intent.failure, intent.reference, intent.refunded_cents):
        return
    values = (status, intent.failure, intent.reference, intent.card_last4, intent.refunded_cents, at)
    statements = [
        expect("version", _VERSION, before.id, before.version),
        Statement(_TAKE_UP, (*values, before.id)),
    ]
    if status != before.status:
        facts = {"status": [before.status, status], "failure": intent.failure}
        audit = audit_row(actor, "hubs:payment-status", "payment", before.id, before.location_id, facts)
        statements.append(audit)
    await db.batch(statements)


async def add_refund(db: Database, new: Refund, asked: RefundAsked, of: Payment, actor: Actor) -> None:
    """Write a refund down before the provider hears of it.

    Raises:
        ExpectationFailed: it is more than what is left of the payment.
        ConstraintFailed: the app has used the key just now.
    """
    at = iso_utc(actor.at)
    row: dict[str, Value] = {
        "id": new.id,
        "payment_id": of.id,
        "app": of.app,
        "key": asked.key,
        "amount_cents": asked.amount_cents,
        "status": new.status,
        "created_at": at,
        "updated_at": at,
    }
    facts = {"amount_cents": asked.amount_cents, "payment": of.id}
    await db.batch(
        [
            expect("left", _LEFT, of.id, asked.amount_cents, of.id),
            insert("hub_refunds", row),
            audit_row(actor, "hubs:refund", "refund", new.id, of.location_id, facts),
        ]
    )


async def finish_refund(db: Database, refund_id: str, status: str, actor: Actor) -> None:
    """Write down what came of a refund."""
    sql = "UPDATE hub_refunds SET status = ?, updated_at = ? WHERE id = ?"
    await db.batch([Statement(sql, (status, iso_utc(actor.at), refund_id))])


def _payment(row: Row | None) -> Payment | None:
    return Payment(**row) if row else None  # type: ignore[arg-type]  # the columns are the record's fields
