"""The rules of an ID token: its form, and what its claims must say. Pure.

Source: OpenID Connect Core 1.0, 3.1.3.7; RFC 7515; RFC 8725 (best practices for JSON Web Tokens).
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from service_workers.auth.oidc.settings import DomainRule, Settings

LEEWAY_S = 60  # how far the provider's clock may be off
MAX_AGE_S = 600  # a token older than an attempt can last was not made for it
_MAX_LENGTH = 16_384
_MAX_SUBJECT = 255  # OpenID Connect Core 1.0, 2
_MAX_EMAIL = 254
_MAX_NAME = 100


class Reason(StrEnum):
    """Why a token was refused, as the audit log says it."""

    FORM = "form"
    ALGORITHM = "algorithm"
    KEY = "key"
    SIGNATURE = "signature"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    EXPIRED = "expired"
    NOT_YET = "not-yet"
    TOO_OLD = "too-old"
    NONCE = "nonce"
    SUBJECT = "subject"
    EMAIL = "email"
    DOMAIN = "domain"


class TokenRefused(Exception):
    """A token that nobody is signed in by."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SignedToken:
    """A token as it came; its claims count only once the signature over `signed` was checked."""

    key_id: str
    claims: Mapping[str, object]
    signed: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider says signed in. Only issuer and subject together name an account for good."""

    issuer: str
    subject: str
    email: str
    name: str


def parse_token(text: str) -> SignedToken:
    """Take a compact token apart.

    Raises:
        TokenRefused: it is not well formed, or not signed by RS256, the one algorithm that we take: the
            token itself must not choose how it is checked.
    """
    parts = text.split(".")
    if len(parts) != 3 or len(text) > _MAX_LENGTH:
        raise TokenRefused(Reason.FORM)
    header, claims = _object(parts[0]), _object(parts[1])
    if header.get("alg") != "RS256" or "crit" in header:
        raise TokenRefused(Reason.ALGORITHM)
    key_id = header.get("kid")
    if not isinstance(key_id, str) or not key_id:
        raise TokenRefused(Reason.KEY)
    return SignedToken(key_id, claims, f"{parts[0]}.{parts[1]}".encode(), decoded(parts[2]))


def check_claims(claims: Mapping[str, object], settings: Settings, nonce: str, now: float) -> Identity:
    """Return who signed in, by claims whose signature was checked.

    Args:
        nonce: the attempt's own.
        now: seconds since the epoch.
    Raises:
        TokenRefused: the token is not for us, not for this attempt, not of this time, or not of the practice.
    """
    _require(claims.get("iss") == settings.issuer, Reason.ISSUER)
    _require(_is_for(claims, settings.client_id), Reason.AUDIENCE)
    _check_times(claims, now)
    given = claims.get("nonce")
    _require(isinstance(given, str) and hmac.compare_digest(given.encode(), nonce.encode()), Reason.NONCE)
    subject, email = _text(claims, "sub"), _text(claims, "email")
    _require(0 < len(subject) <= _MAX_SUBJECT and _is_plain(subject), Reason.SUBJECT)
    _require(_is_of_practice(claims, email, settings), Reason.DOMAIN)
    # An address that the provider did not check could be anyone's, and administrators will read it.
    is_address = 0 < len(email) <= _MAX_EMAIL and _is_plain(email) and "@" in email
    _require(is_address and claims.get("email_verified") is True, Reason.EMAIL)
    name = _display_name(_text(claims, "name")) or email[:_MAX_NAME]
    return Identity(settings.issuer, subject, email, name)


def decoded(text: str) -> bytes:
    """The bytes of base64url text without padding.

    Raises:
        TokenRefused: it is not the one spelling of its bytes, so the same token could be written in two ways.
    """
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise TokenRefused(Reason.FORM) from None
    if urlsafe_b64encode(raw).rstrip(b"=").decode() != text:
        raise TokenRefused(Reason.FORM)
    return raw


def _object(part: str) -> Mapping[str, object]:
    try:
        value = json.loads(decoded(part).decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise TokenRefused(Reason.FORM) from None
    if not isinstance(value, dict):
        raise TokenRefused(Reason.FORM)
    return value


def _refuse_constant(_: str) -> object:
    raise ValueError("NaN and Infinity are no JSON")


def _require(holds: bool, reason: Reason) -> None:
    if not holds:
        raise TokenRefused(reason)


def _is_for(claims: Mapping[str, object], client_id: str) -> bool:
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if client_id not in audiences or ("azp" in claims and claims["azp"] != client_id):
        return False
    return len(audiences) == 1 or claims.get("azp") == client_id


def _check_times(claims: Mapping[str, object], now: float) -> None:
    expires_at, issued_at = _seconds(claims, "exp"), _seconds(claims, "iat")
    _require(expires_at is not None and now < expires_at + LEEWAY_S, Reason.EXPIRED)
    _require(issued_at is not None and issued_at <= now + LEEWAY_S, Reason.NOT_YET)
    _require(issued_at is not None and now - MAX_AGE_S - LEEWAY_S < issued_at, Reason.TOO_OLD)
    if "nbf" in claims:
        not_before = _seconds(claims, "nbf")
        _require(not_before is not None and not_before <= now + LEEWAY_S, Reason.NOT_YET)


def _seconds(claims: Mapping[str, object], name: str) -> float | None:
    value = claims.get(name)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _is_of_practice(claims: Mapping[str, object], email: str, settings: Settings) -> bool:
    if settings.domain_rule is DomainRule.HOSTED_DOMAIN:
        return _text(claims, "hd").lower() == settings.domain
    domain = email.rpartition("@")[2].lower()
    return claims.get("email_verified") is True and domain == settings.domain


def _text(claims: Mapping[str, object], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def _is_plain(text: str) -> bool:
    return all("!" <= character <= "~" for character in text)


def _display_name(name: str) -> str:
    """The name on one line, without what could hide or turn text around it."""
    printable = "".join(character if character.isprintable() else " " for character in name)
    return " ".join(printable.split())[:_MAX_NAME]
