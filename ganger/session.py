"""The session cookie: signed claims that the router verifies by itself.

The claims are fresh for some minutes; after that the router asks `ganger-auth`, which owns the
sessions, and so a session that was ended there is gone everywhere within that time. Standard library
only.
"""

from dataclasses import dataclass
from functools import lru_cache

from ganger.identity import Person
from ganger.tokens import KeyRing, Malformed, seal, unseal, whole_number

COOKIE = "__Host-ganger-session"
LIFETIME_S = 86_400  # since the last use; `ganger-auth` also sets an end that use does not move
_PURPOSE = "session"
_ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Lax"


@dataclass(frozen=True, slots=True)
class Session:
    """A person's sign-in. Times are seconds since the epoch."""

    person: Person
    fresh_until: int
    ends_at: int

    def is_fresh(self, now: float) -> bool:
        """Whether the claims may be believed without asking the identity worker."""
        return now < self.fresh_until


def seal_session(ring: KeyRing, session: Session) -> str:
    """Return the cookie's value."""
    times = {"fresh": session.fresh_until, "exp": session.ends_at}
    return seal(ring, _PURPOSE, session.person.claims() | times)


def unseal_session(ring: KeyRing, value: str, now: float) -> Session | None:
    """Return the session of a cookie that we signed and that has not ended, or None."""
    try:
        session = _opened(ring, value)
    except Malformed:
        return None  # no word of ours, or of another version of ours, which knew other claims
    return session if now < session.ends_at else None


# The next requests of a browser bring the same cookie. What does not open is not remembered, so no stranger
# drives out the cookies of people who are signed in.
@lru_cache(maxsize=256)
def _opened(ring: KeyRing, value: str) -> Session:
    claims = unseal(ring, _PURPOSE, value)
    if claims is None:
        raise Malformed("It is not signed.")
    fresh_until, ends_at = whole_number(claims.get("fresh")), whole_number(claims.get("exp"))
    return Session(Person.from_claims(claims), fresh_until, ends_at)


def without_session(cookies: str) -> str:
    """A Cookie header's value without the session, which is for the router alone."""
    parts = (part.strip() for part in cookies.split(";"))
    return "; ".join(part for part in parts if part and not part.startswith(f"{COOKIE}="))


def session_cookie(value: str, seconds: int) -> str:
    """The Set-Cookie header that keeps a session for so long."""
    return f"{COOKIE}={value}; Max-Age={seconds}; {_ATTRIBUTES}"


def ended_cookie() -> str:
    """The Set-Cookie header that makes the browser forget the session."""
    return f"{COOKIE}=; Max-Age=0; {_ATTRIBUTES}"
