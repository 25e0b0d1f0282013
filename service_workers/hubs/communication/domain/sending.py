"""What came of giving a message to its provider, and what the provider tells of it later. Pure."""

from dataclasses import dataclass
from typing import Protocol

from ganger.contracts.communication import Status
from service_workers.hubs.communication.domain.wording import Wording
from service_workers.hubs.domain.web import Answer, Outgoing


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message ready to be given to a provider."""

    id: str
    to: str
    wording: Wording
    claimed_at: str  # when it was first given to the provider


@dataclass(frozen=True, slots=True)
class Taken:
    """The provider has the message, under this reference of its own."""

    reference: str


@dataclass(frozen=True, slots=True)
class Declined:
    """The provider will never send it; the code says why."""

    failure: str


@dataclass(frozen=True, slots=True)
class News:
    """What the provider tells of a message: by our id, its own reference, or both."""

    event_id: str
    message_id: str | None
    reference: str | None
    status: Status
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """That somebody wants no more messages, or wants them again."""

    event_id: str
    destination: str
    is_out: bool


class Carrier(Protocol):
    """A provider of one channel, as requests and answers."""

    def request(self, parcel: Parcel) -> Outgoing:
        """The request that gives it the message."""
        ...

    def result(self, answer: Answer) -> Taken | Declined:
        """What its answer says, if it is no failure."""
        ...

    def question(self, parcel: Parcel) -> Outgoing:
        """The question whether it has the message."""
        ...

    def found(self, answer: Answer, parcel: Parcel, known: frozenset[str]) -> str | None:
        """Its reference of the message; `known` are those of other messages of ours."""
        ...
