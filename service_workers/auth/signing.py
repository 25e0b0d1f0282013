"""Session cookies, made and kept up: what signs them, and for how long their claims are believed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ganger.audit import Actor
from ganger.context import Context
from ganger.identity import Person
from ganger.ids import new_id
from ganger.session import LIFETIME_S, seal_session, session_cookie
from ganger.tokens import KeyRing
from service_workers.auth import store
from service_workers.auth.domain.browsers import browser_family
from service_workers.auth.domain.sessions import claims, expiry
from service_workers.auth.errors import SignInRefused
from service_workers.auth.models import Start


@dataclass(frozen=True, slots=True)
class Signer:
    """The keys, and the seconds after which the router asks again whether a session holds."""

    ring: KeyRing
    fresh_s: int

    def value(self, person: Person, ends_at: datetime, now: datetime) -> str:
        """The cookie's value for a session that ends then."""
        return seal_session(self.ring, claims(person, ends_at, now, self.fresh_s))

    def cookie(self, person: Person, ends_at: datetime, now: datetime) -> str:
        """The Set-Cookie header for a session that ends then."""
        return session_cookie(self.value(person, ends_at, now), LIFETIME_S)


Signing = Callable[[], Signer]  # the keys are known only while a request runs


async def sign_in(ctx: Context, signer: Signer, person_id: str, method: str) -> str:
    """Start a session and return its Set-Cookie header; the one that the browser had ends.

    Args:
        person_id: whom the method has made sure of.
        method: the method's name in the session and the audit log.
    Raises:
        SignInRefused: there is no such person, or they may not sign in.
    """
    session_id = new_id(ctx.now)
    person = await store.person_to_sign_in(ctx.db, person_id, session_id, ctx.now)
    if person is None:
        raise SignInRefused("This person cannot sign in.")
    ends_at = expiry(ctx.now, ctx.now)
    start = Start(
        session_id=session_id,
        user_id=person.id,
        method=method,
        browser=browser_family(ctx.request.headers.get("user-agent", "")),
        ends_at=ends_at,
        replaces=ctx.person.session_id if ctx.person else None,
    )
    address = ctx.request.headers.get("cf-connecting-ip")
    await store.start_session(ctx.db, Actor(person.id, ctx.request_id, address, ctx.now), start)
    return signer.cookie(person, ends_at, ctx.now)
