"""A request to a stand-in and its answer, as plain values."""

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

RETRY_AFTER_S = 7


@dataclass(frozen=True, slots=True)
class Asked:
    """What came in; `path` is below the stand-in's own prefix."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        """The fields of a posted form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True, strict_parsing=bool(self.body)))

    @property
    def basic(self) -> tuple[str, str]:
        """User and password of basic authentication (RFC 7617)."""
        kind, _, value = self.headers.get("authorization", "").partition(" ")
        if kind != "Basic":
            return "", ""
        user, _, password = b64decode(value).decode().partition(":")
        return user, password


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes out."""

    status: int = 200
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def json_reply(value: object, status: int = 200, media_type: str = "application/json") -> Reply:
    """A reply with JSON."""
    return Reply(status, json.dumps(value), {"content-type": media_type})


def too_many() -> Reply:
    """The reply to somebody who asks too often."""
    return Reply(429, "{}", {"content-type": "application/json", "retry-after": str(RETRY_AFTER_S)})
