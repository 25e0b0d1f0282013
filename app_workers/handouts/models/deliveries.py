"""Deliveries of packets."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import StringConstraints

from ganger.records import Record


class Channel(StrEnum):
    """How a packet is given to somebody."""

    PRINT = "print"
    SMS = "sms"
    EMAIL = "email"


class DeliveryStatus(StrEnum):
    """How far a delivery is."""

    PRINTED = "printed"
    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    BOUNCED = "bounced"
    CANCELLED = "cancelled"


class Delivery(Record):
    """One delivery; `destination` is a phone number or an e-mail address, None on paper.

    `has_link` until its link was ended by somebody or by a further message.
    """

    id: str
    handout_id: str
    channel: Channel
    destination: str | None
    status: DeliveryStatus
    attempts: int
    failure_code: str | None
    sent_at: str | None
    delivered_at: str | None
    opened_at: str | None
    has_link: bool
    requested_by_name: str
    created_at: str


class FailedDelivery(Record):
    """A message that did not arrive; `can_retry` while its packet is ready and none was sent since."""

    id: str
    handout_id: str
    location_id: str
    location_name: str
    is_general: bool
    patient_name: str | None
    channel: Channel
    status: DeliveryStatus
    failure_code: str | None
    failed_at: str
    can_retry: bool


class ConsentMethod(StrEnum):
    """How a patient agreed."""

    VERBAL = "verbal"
    WRITTEN = "written"
    DIGITAL = "digital"
    KIOSK = "kiosk"


class ConsentGiven(Record):
    """What the patient says now of one channel."""

    consented: bool
    method: ConsentMethod


class DeliveryStart(Record):
    """A message to be sent. `destination_confirmed` says that it was read back to the patient."""

    channel: Literal[Channel.SMS, Channel.EMAIL]
    destination: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=254)]
    destination_confirmed: bool = False
    consent: ConsentGiven | None = None


class Underway(Record):
    """A delivery as the sending job knows it."""

    id: str
    handout_id: str
    location_id: str
    channel: Literal[Channel.SMS, Channel.EMAIL]
    destination: str
    status: DeliveryStatus
    attempts: int
    hub_message_id: str | None
    patient_mrn: str | None
    created_at: str
