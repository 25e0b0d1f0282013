"""What is sent to a provider and what it answers, as plain values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from ganger.text import UnsafeJson, read_json

_LONGEST_WAIT_S = 3600
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One request. `user` and `password` are for basic authentication, `bearer` for a token.

    A provider that keeps to it does what is asked once for an `idempotency_key`.
    """

    method: Literal["GET", "POST"]
    url: str
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None
    user: str = ""
    password: str = ""
    bearer: str = ""
    accept: str = "application/json"
    idempotency_key: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A provider's answer; header names are lower case."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_ok(self) -> bool:
        """Whether it did what it was asked."""
        return 200 <= self.status < 300

    def json(self) -> Mapping[str, object]:
        """The body as an object; empty if it is none."""
        try:
            value = read_json(self.body)
        except UnsafeJson:
            return {}
        return value if isinstance(value, dict) else {}

    @property
    def wait_s(self) -> int:
        """How long the provider wants to be left alone (RFC 9110, 10.2.3); a minute unless it says so."""
        text = self.headers.get("retry-after", "")
        return min(int(text), _LONGEST_WAIT_S) if text.isdecimal() and len(text) <= _MOST_DIGITS else 60


class NoAnswer(Exception):
    """There was no answer in time; what was asked may have been done."""


class Web(Protocol):
    """The way out; `worker_web` is the runtime's."""

    async def send(self, outgoing: Outgoing, timeout_s: float) -> Answer:
        """Send a request and return its answer.

        Raises:
            NoAnswer: none came in time.
        """
        ...
