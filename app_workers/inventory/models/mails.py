"""E-mails to people of the practice, which the communication hub sends."""

from enum import StrEnum

from ganger.records import Record


class MailKind(StrEnum):
    """What a mail is about."""

    ORDER_SUMMARY = "order-summary"
    REORDER_DIGEST = "reorder-digest"


class MailStatus(StrEnum):
    """How far a mail is: `waiting` for the hub to take it, `accepted` into the hub's outbox, and so on."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    BOUNCED = "bounced"


class NewMail(Record):
    """What is to be sent to each of its recipients; `number` counts from 1 how often the same was sent."""

    kind: MailKind
    reference_id: str
    number: int
    recipients: tuple[str, ...]
    subject: str
    text: str


class Mail(Record):
    """One mail to one address."""

    id: str
    kind: MailKind
    reference_id: str
    number: int
    location_id: str
    recipient: str
    subject: str
    text: str
    status: MailStatus
    failure_code: str | None
    hub_message_id: str | None
    attempts: int
    created_at: str
