"""The answer to the router's question whether a session still holds."""

from datetime import datetime

from ganger.db import Database
from ganger.session import seal_session, unseal_session
from ganger.tokens import KeyRing
from service_workers.auth import store
from service_workers.auth.domain.sessions import renewed

# The values that cross the binding. `ended` is a verdict: the person has to sign in again. `unavailable`
# is none: the cookie may be good, and nobody is signed out because the database was away.
ENDED = {"status": "ended"}
UNAVAILABLE = {"status": "unavailable"}


async def renewal(db: Database, ring: KeyRing, cookie: str, now: datetime) -> dict[str, str]:
    """Say what became of the session of a cookie.

    Returns:
        `{"status": "renewed", "cookie": …}` with the new cookie's value, or ENDED.
    Raises:
        DatabaseError: it cannot be said now.
    """
    session = unseal_session(ring, cookie, now.timestamp())
    if session is None:
        return ENDED
    person = await store.renew_session(db, session.person.session_id, now)
    if person is None:
        return ENDED
    return {"status": "renewed", "cookie": seal_session(ring, renewed(person, session.ends_at, now))}
