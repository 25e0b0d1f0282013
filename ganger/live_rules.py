"""The rules of live topics: who is here, what was missed, and how much a browser may say. Pure.

A topic is a room of one app. Its members are told of changes (identifiers, codes and numbers, never a name or
a sentence of a patient's), of who comes and goes, and of who is typing. See docs/live.md.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Protocol

from ganger.http import Response
from ganger.identity import Person

GUEST_HEADER, SEEN_HEADER = "x-ganger-live-guest", "x-ganger-live-seen"  # from the app to its topic
KEPT_EVENTS = 200  # of a topic, for those who were cut off
CLOCKS_DIFFER_MS = 10_000  # between the machine that wrote a page and the one that holds the topic
MAX_MESSAGE_BYTES = 512
_BURST = 10.0
_PER_SECOND = 2.0
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}")

# Why a topic closes a connection (RFC 6455, 7.4; those from 4000 on are ours).
MALFORMED, TOO_MUCH, TOO_LARGE, EXPIRED = 1007, 1008, 1009, 4001


@dataclass(frozen=True, slots=True)
class Change:
    """Something has changed: `key` says what, `version` rises with every change of it.

    Raises:
        ValueError: a value is more than an identifier, a code or a number.
    """

    key: str
    version: int
    values: Mapping[str, int | str]

    def __post_init__(self) -> None:
        texts = [self.key, *self.values, *(value for value in self.values.values() if isinstance(value, str))]
        if not all(is_code(text) for text in texts):
            raise ValueError("A change holds identifiers, codes and numbers only.")

    def text(self) -> str:
        """The change as JSON."""
        return _json({"key": self.key, "version": self.version, "values": dict(self.values)})


@dataclass(frozen=True, slots=True)
class Seen:
    """How far a browser knows a topic: to the event `sequence`, or as its page was at `page_ms`."""

    sequence: int | None = None
    page_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Guest:
    """One connection of a person who was let in. Instants are milliseconds since the epoch."""

    connection: str
    person_id: str
    name: str
    since_ms: int
    until_ms: int

    def text(self) -> str:
        """The guest as JSON; `read_guest` is the inverse."""
        return _json(asdict(self))


@dataclass(frozen=True, slots=True)
class Kept:
    """What a topic still has: its last event's sequence, 0 without any, and the first one that is kept."""

    last: int = 0
    first: int = 1
    first_at_ms: int = 0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a connection may still say: a bucket that fills by `_PER_SECOND` up to `_BURST`."""

    messages: float
    at_ms: int


class Live(Protocol):
    """The topics of a worker."""

    async def connect(self, topic: str, person: Person, seen: Seen) -> Response:
        """The answer that lets the person into the topic; whether they may come in was decided before."""
        ...

    def publish(self, topic: str, change: Change) -> None:
        """Tell the topic's members; it holds nobody up, and a failure is logged and goes no further."""
        ...


def is_code(text: str) -> bool:
    """Whether a text is an identifier or a code: no space, no more than 100 characters."""
    return _CODE.fullmatch(text) is not None


def read_guest(text: str) -> Guest:
    """The guest of `Guest.text`."""
    return Guest(**json.loads(text))


def people(guests: Iterable[Guest]) -> list[dict[str, object]]:
    """Everybody who is here once, with the earliest of their connections, in the order in which they came."""
    found: dict[str, Guest] = {}
    for guest in sorted(guests, key=lambda each: (each.since_ms, each.connection)):
        found.setdefault(guest.person_id, guest)
    return [{"id": each.person_id, "name": each.name, "since_ms": each.since_ms} for each in found.values()]


def must_reload(kept: Kept, seen: Seen) -> bool:
    """Whether something that the browser has not seen may be kept no longer."""
    if seen.sequence is not None:
        return not kept.first - 1 <= seen.sequence <= kept.last
    if seen.page_ms is not None and kept.first > 1:
        return kept.first_at_ms > seen.page_ms - CLOCKS_DIFFER_MS
    return False


def first_missed(kept: Kept, seen: Seen) -> tuple[int, int]:
    """The least sequence and the least instant of the events to send again; a page's own are sent generously.

    An event that a page shows already changes nothing there, for its version is not newer.
    """
    if seen.sequence is not None:
        return seen.sequence + 1, 0
    if seen.page_ms is not None:
        return kept.first, seen.page_ms - CLOCKS_DIFFER_MS
    return kept.last + 1, 0


def full_allowance(now_ms: int) -> Allowance:
    """The allowance of a connection that has said nothing for a while."""
    return Allowance(_BURST, now_ms)


def spent(allowance: Allowance, now_ms: int) -> Allowance | None:
    """The allowance after one more message, or None if that is too many."""
    gained = (now_ms - allowance.at_ms) / 1000 * _PER_SECOND
    messages = min(_BURST, allowance.messages + gained)
    return replace(allowance, messages=messages - 1, at_ms=now_ms) if messages >= 1 else None


def typing_field(text: str) -> str | None:
    """The field of a typing notice, which is all that a browser may say; None for anything else."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(message, dict) or message.keys() != {"type", "field"} or message["type"] != "typing":
        return None
    field = message["field"]
    return field if isinstance(field, str) and is_code(field) else None


def _json(value: object) -> str:
    # ASCII alone, so that it may also stand in a header.
    return json.dumps(value, separators=(",", ":"))
