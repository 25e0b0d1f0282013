"""What the API answers that is more than one record: as a dict, for it is written down at once."""

from typing import TypedDict

from app_workers.handouts.models.consents import ConsentState
from app_workers.handouts.models.content import ContentProblem, Problem
from app_workers.handouts.models.packets import Packet, PacketProblem
from app_workers.handouts.models.patients import KnownPatient


class FoundPatient(TypedDict):
    """A patient with what they said of messages; None where that cannot be told just now."""

    patient: KnownPatient
    consents: list[ConsentState] | None


class FilledPacket(TypedDict):
    """A draft as it is now, and what still keeps it from being given out."""

    packet: Packet
    problems: list[PacketProblem]


class Validation(TypedDict):
    """Whether a text is in order with its rules, and everything that is not."""

    valid: bool
    problems: list[ContentProblem]


class Preview(TypedDict):
    """A text as it would be printed, and what is wrong with the answers."""

    html: str
    problems: list[Problem]
