"""One attempt to sign in, from the button to the provider's answer. Pure.

What an attempt must remember travels in a signed cookie that lives ten minutes: its state and where to go
then. Nonce and PKCE verifier are derived from the state with the session key, so the verifier never leaves
this worker, and beginning an attempt writes nothing (decision 0005).
"""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

from ganger.tokens import KeyRing, seal, unseal

COOKIE = "__Host-ganger-sign-in"
LIFETIME_S = 600
_PURPOSE = "sign-in"
_ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Lax"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the provider's answer is held against. `ends_at` is in seconds since the epoch."""

    state: str
    nonce: str
    verifier: str
    to: str
    ends_at: int

    @property
    def challenge(self) -> str:
        """The PKCE challenge of the verifier, by S256 (RFC 7636, 4.2)."""
        return _text(sha256(self.verifier.encode()).digest())

    @property
    def mark(self) -> str:
        """What is kept of the attempt once it was used."""
        return sha256(self.state.encode()).hexdigest()

    def is_answered_by(self, state: str | None) -> bool:
        """Whether an answer with this state is the answer to this attempt."""
        return hmac.compare_digest(self.state.encode(), (state or "").encode())


def begin(ring: KeyRing, state: str, to: str, now: float) -> tuple[Attempt, str]:
    """Return a new attempt and the value of its cookie.

    Args:
        state: 32 or more random bytes as base64url.
        to: path on our own host to go to then.
        now: seconds since the epoch.
    """
    ends_at = int(now) + LIFETIME_S
    cookie = seal(ring, _PURPOSE, {"state": state, "to": to, "exp": ends_at})
    return _attempt(next(iter(ring.keys.values())), state, to, ends_at), cookie


def unseal_attempt(ring: KeyRing, cookie: str | None, now: float) -> Attempt | None:
    """Return the attempt of a cookie that we signed and that has not ended, or None."""
    claims = unseal(ring, _PURPOSE, cookie) if cookie else None
    if cookie is None or claims is None:
        return None
    ends_at = claims["exp"]
    assert isinstance(ends_at, int)  # noqa: S101 - we signed it
    if now >= ends_at:
        return None
    # The key that signed the cookie derived the secrets too, though a newer one may sign by now.
    key = ring.keys[cookie.partition(".")[0]]
    return _attempt(key, str(claims["state"]), str(claims["to"]), ends_at)


def attempt_cookie(value: str) -> str:
    """The Set-Cookie header that keeps an attempt."""
    return f"{COOKIE}={value}; Max-Age={LIFETIME_S}; {_ATTRIBUTES}"


def ended_attempt_cookie() -> str:
    """The Set-Cookie header that makes the browser forget the attempt."""
    return f"{COOKIE}=; Max-Age=0; {_ATTRIBUTES}"


def _attempt(key: bytes, state: str, to: str, ends_at: int) -> Attempt:
    return Attempt(state, _derived(key, "nonce", state), _derived(key, "verifier", state), to, ends_at)


def _derived(key: bytes, use: str, state: str) -> str:
    return _text(hmac.digest(key, f"{_PURPOSE}-{use}.{state}".encode(), "sha256"))


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
