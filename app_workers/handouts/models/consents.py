"""What a patient said of messages, by channel, as the communication hub has it."""

from typing import Literal

from app_workers.handouts.models.deliveries import ConsentMethod
from app_workers.handouts.models.packets import Mrn
from ganger.records import Record


class ConsentStart(Record):
    """What a patient says now of one channel."""

    mrn: Mrn
    channel: Literal["sms", "email"]
    consented: bool
    method: ConsentMethod


class ConsentState(Record):
    """What a patient said last of one channel; `consented` is None where they were never asked."""

    channel: Literal["sms", "email"]
    consented: bool | None
    method: ConsentMethod | None
    at: str | None
