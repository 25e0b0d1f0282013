"""What the provider publishes of itself: its endpoints and its keys. Pure.

Source: OpenID Connect Discovery 1.0, 3 and 4.3; RFC 7517 (JSON Web Key); RFC 9111, 5.2 (Cache-Control).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from service_workers.auth.oidc.id_token import TokenRefused, decoded
from service_workers.auth.oidc.settings import is_safe_url

WELL_KNOWN = "/.well-known/openid-configuration"
FRESH_AT_LEAST_S = 60
FRESH_AT_MOST_S = 3600
_LEAST_KEY_BYTES = 256  # RSA keys below 2,048 bits are no longer safe (NIST SP 800-131A)


class DocumentRefused(Exception):
    """The provider's document is not what a provider publishes, or not this provider's."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where the provider answers. `names_issuer` is whether its answers always bring `iss` (RFC 9207)."""

    authorization: str
    token: str
    keys: str
    names_issuer: bool


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The modulus and exponent of an RSA key, as base64url text."""

    n: str
    e: str


def discovery_url(issuer: str) -> str:
    """Where the issuer publishes its endpoints."""
    return issuer.removesuffix("/") + WELL_KNOWN


def endpoints(document: object, issuer: str) -> Endpoints:
    """Read a discovery document.

    Raises:
        DocumentRefused: it is another issuer's, or an address is missing or not safe.
    """
    if not isinstance(document, dict) or document.get("issuer") != issuer:
        raise DocumentRefused("The discovery document is not this issuer's.")
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    authorization, token, keys = (_address(document, name, issuer) for name in names)
    names_issuer = document.get("authorization_response_iss_parameter_supported") is True
    return Endpoints(authorization, token, keys, names_issuer)


def signing_keys(document: object) -> Mapping[str, SigningKey]:
    """The keys by id that may sign an ID token by RS256; others in the set are passed over.

    Raises:
        DocumentRefused: it is no key set.
    """
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise DocumentRefused("This is no key set.")
    found = (_signing_key(entry) for entry in listed if isinstance(entry, dict))
    return dict(pair for pair in found if pair is not None)


def fresh_for_s(cache_control: str | None) -> int:
    """For how many seconds a document may be kept, between a minute and an hour."""
    asked = re.search(r"\bmax-age=(\d{1,9})\b", cache_control or "")
    seconds = int(asked.group(1)) if asked else FRESH_AT_MOST_S
    return max(FRESH_AT_LEAST_S, min(seconds, FRESH_AT_MOST_S))


def _address(document: Mapping[str, object], name: str, issuer: str) -> str:
    url = document.get(name)
    if not isinstance(url, str) or not is_safe_url(url, issuer):
        raise DocumentRefused(f"The discovery document has no safe {name}.")
    return url


def _signing_key(entry: Mapping[str, object]) -> tuple[str, SigningKey] | None:
    key_id, n, e = entry.get("kid"), entry.get("n"), entry.get("e")
    is_ours = (
        entry.get("kty") == "RSA"
        and entry.get("use", "sig") == "sig"
        and entry.get("alg", "RS256") == "RS256"
        and "verify" in _operations(entry)
    )
    if not is_ours or not isinstance(key_id, str) or not isinstance(n, str) or not isinstance(e, str):
        return None
    return (key_id, SigningKey(n, e)) if _is_strong(n, e) else None


def _operations(entry: Mapping[str, object]) -> list[object]:
    value = entry.get("key_ops", ["verify"])
    return value if isinstance(value, list) else []


def _is_strong(n: str, e: str) -> bool:
    try:
        modulus, exponent = decoded(n), int.from_bytes(decoded(e))
    except TokenRefused:
        return False
    return len(modulus.lstrip(b"\0")) >= _LEAST_KEY_BYTES and exponent >= 3 and exponent % 2 == 1
