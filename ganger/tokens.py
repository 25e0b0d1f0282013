"""Signed claims: what the session cookie and the identity header have in common.

A token is `<key id>.<payload>.<mac>`: base64url JSON, and HMAC-SHA-256 (RFC 2104) over the token's
purpose, key id and payload. The purpose is signed but not sent, so that a cookie never passes for a
header. Standard library only: the router verifies one on every request.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache


class Malformed(Exception):
    """A token with our signature does not hold the claims that it should."""


@dataclass(frozen=True, eq=False, slots=True)
class KeyRing:
    """Keys by id, newest first: the first signs, all verify, so that keys can be rotated.

    Each is equal to itself alone, so that what was opened with it can be remembered.
    """

    keys: Mapping[str, bytes]

    @classmethod
    @lru_cache(maxsize=8)
    def parse(cls, text: str) -> "KeyRing":
        """Read `id:base64url-key` entries, separated by spaces; a key has at least 32 bytes."""
        entries = (entry.partition(":") for entry in text.split())
        keys = {key_id: _decode(secret) for key_id, _, secret in entries}
        if not keys or not all(key_id and len(secret) >= 32 for key_id, secret in keys.items()):
            raise ValueError("A key ring holds `id:key` entries with keys of at least 32 bytes.")
        return cls(keys)


def seal(ring: KeyRing, purpose: str, claims: Mapping[str, object]) -> str:
    """Return the claims as a signed token."""
    key_id = next(iter(ring.keys))
    payload = _encode(json.dumps(claims, separators=(",", ":")).encode())
    return f"{key_id}.{payload}.{_mac(ring.keys[key_id], purpose, key_id, payload)}"


def unseal(ring: KeyRing, purpose: str, token: str) -> dict[str, object] | None:
    """Return the claims of a token that this ring signed for this purpose, and None for any other text.

    The payload is decoded only once its signature holds, so nothing that a stranger wrote reaches a parser.
    """
    key_id, _, rest = token.partition(".")
    payload, _, mac = rest.partition(".")
    key = ring.keys.get(key_id)
    if key is None or not token.isascii():
        return None
    if not hmac.compare_digest(_mac(key, purpose, key_id, payload), mac):
        return None
    try:
        claims = json.loads(_decode(payload))
    except (ValueError, RecursionError):
        return None  # whoever else holds the key does not write our claims
    return claims if isinstance(claims, dict) else None


def whole_number(value: object) -> int:
    """A claim that must be a whole number.

    Raises:
        Malformed: it is not.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise Malformed("A number is missing.")
    return value


def _mac(key: bytes, purpose: str, key_id: str, payload: str) -> str:
    signed = f"{purpose}.{key_id}.{payload}".encode()
    return _encode(hmac.digest(key, signed, "sha256"))


def _encode(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
