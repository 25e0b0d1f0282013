"""What apps ask of the communication hub: messages of fixed wording, consent, and what became of a message.

An app names a kind of message and what varies in it; the wording is the hub's, so that no name, drug or title
ever goes out. A message is accepted into the hub's outbox and sent from there, also when the provider is away
now. What becomes of it the hub tells the app by a queue (`MessageNews`); `EVENTS_AFTER` reads the same again.

Refusals are the codes below, and `NOT_FOUND`; nothing was accepted then.
"""

import re
from dataclasses import dataclass
from typing import Literal

from ganger.plain import PlainRecord
from ganger.rpc import Method, Service

COMMUNICATION = Service("hubs", "Communication")

Channel = Literal["sms", "email"]
Kind = Literal["handouts-ready", "secure-page", "checked-in"]
ConsentMethod = Literal["verbal", "written", "digital", "kiosk"]
# queued → sent → delivered | failed | bounced; queued → failed | cancelled. `sent`: the provider took it.
Status = Literal["queued", "sent", "delivered", "failed", "bounced", "cancelled"]
FINAL: frozenset[Status] = frozenset({"delivered", "failed", "bounced", "cancelled"})

OPTED_OUT = "OPTED_OUT"  # whoever is there wants no messages
INVALID_DESTINATION = "INVALID_DESTINATION"  # nothing can be sent there
CONSENT_REQUIRED = "CONSENT_REQUIRED"  # the patient has not agreed to the channel
KEY_REUSED = "KEY_REUSED"  # the key stands for another message, which `details.message_id` names

MAX_EVENTS = 100
_MRN = re.compile(r"[0-9]{6,10}")
_KEY = re.compile(r"[A-Za-z0-9_.:-]{8,100}")
# Only a developer's machine has addresses without TLS, and they lead nowhere else.
_LINK = re.compile(r"(https://[a-z0-9.-]+|http://([a-z0-9-]+\.)?localhost(:[0-9]+)?)/[A-Za-z0-9_./-]{1,200}")
_MAX_VALID_HOURS = 24 * 365


@dataclass(frozen=True, slots=True)
class Message(PlainRecord):
    """One message to one person.

    `key` is the caller's own for this message: asked again with it, the hub answers how the message stands
    and sends no second one. `to` is a mobile number as `+1` and 10 digits, or an e-mail address.
    `record_id` is the caller's record that it is about, for the audit log.

    A patient with an MRN must have consented to the channel at the hub; `is_consented` is the caller's word
    for one without. `expires_in_s` is how long it is worth sending; after that it has failed.
    """

    key: str
    kind: Kind
    to: str
    record_id: str
    location_id: str
    mrn: str | None = None
    is_consented: bool = False
    link: str | None = None
    valid_hours: int | None = None
    expires_in_s: int = 86_400

    def __post_init__(self) -> None:
        require(is_key(self.key) and 1 <= len(self.record_id) <= 100 and len(self.to) <= 254)
        require(self.mrn is None or _MRN.fullmatch(self.mrn))
        require(self.link is None or _LINK.fullmatch(self.link))
        require(self.valid_hours is None or 1 <= self.valid_hours <= _MAX_VALID_HOURS)
        require(60 <= self.expires_in_s <= 7 * 86_400)
        require((self.link is not None) == (self.kind != "checked-in"))
        require((self.valid_hours is not None) == (self.kind == "handouts-ready"))


@dataclass(frozen=True, slots=True)
class MessageState(PlainRecord):
    """How a message stands. `failure` is a code, such as `OPTED_OUT`, `INVALID_DESTINATION` or `EXPIRED`.

    `is_delayed` says that the provider is away just now: the message waits in the outbox and goes out later.
    """

    message_id: str
    status: Status
    failure: str | None = None
    is_delayed: bool = False


@dataclass(frozen=True, slots=True)
class MessageQuestion(PlainRecord):
    """A message of the caller's by the id that the hub gave it."""

    message_id: str


@dataclass(frozen=True, slots=True)
class EventsQuestion(PlainRecord):
    """The events of the caller's messages after this one; 0 for all. At most MAX_EVENTS come at once."""

    after: int = 0

    def __post_init__(self) -> None:
        require(self.after >= 0)


@dataclass(frozen=True, slots=True)
class Event(PlainRecord):
    """That a message reached a state. Numbers only rise, and a message's states only go forward."""

    number: int
    message_id: str
    status: Status
    at: str
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class MessageNews(PlainRecord):
    """That the app's message of that key reached a state, as it comes by the app's queue (`news_binding`).

    It may come twice, late, or before the answer to the call that asked for the message.
    """

    key: str
    message_id: str
    status: Status
    at: str
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Events(PlainRecord):
    """Events by their numbers."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class PatientQuestion(PlainRecord):
    """A patient by MRN."""

    mrn: str

    def __post_init__(self) -> None:
        require(_MRN.fullmatch(self.mrn))


@dataclass(frozen=True, slots=True)
class Consent(PlainRecord):
    """What a patient last said of one channel; None where they were never asked."""

    channel: Channel
    consented: bool | None = None
    method: ConsentMethod | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Consents(PlainRecord):
    """One for each channel."""

    consents: tuple[Consent, ...]


@dataclass(frozen=True, slots=True)
class ConsentGiven(PlainRecord):
    """What a patient says now of one channel."""

    mrn: str
    channel: Channel
    consented: bool
    method: ConsentMethod
    location_id: str

    def __post_init__(self) -> None:
        require(_MRN.fullmatch(self.mrn))


def news_binding(app: str) -> str:
    """The name under which the hub binds the queue that an app reads its news from."""
    return f"NEWS_{app}".upper().replace("-", "_")


def is_key(text: str) -> bool:
    """Whether an app may name a message so."""
    return _KEY.fullmatch(text) is not None


def require(condition: object) -> None:
    """Refuse a message whose fields are not as they must be.

    Raises:
        ValueError: they are not.
    """
    if not condition:
        raise ValueError("A field is not within its bounds.")


SEND_SMS = Method(COMMUNICATION, "send_sms", Message, MessageState)
SEND_EMAIL = Method(COMMUNICATION, "send_email", Message, MessageState)
# Only what is still queued can be taken back; the answer says how it stands.
CANCEL_MESSAGE = Method(COMMUNICATION, "cancel_message", MessageQuestion, MessageState)
MESSAGE_STATE = Method(COMMUNICATION, "message_state", MessageQuestion, MessageState)
EVENTS_AFTER = Method(COMMUNICATION, "events_after", EventsQuestion, Events)
CONSENTS_OF = Method(COMMUNICATION, "consents_of", PatientQuestion, Consents)
RECORD_CONSENT = Method(COMMUNICATION, "record_consent", ConsentGiven, Consents)
