"""The answer to the router's question whether a session still holds."""

from dataclasses import dataclass, replace
from datetime import datetime

from ganger.audit import Actor
from ganger.db import Database, ExpectationFailed
from ganger.ids import new_id
from ganger.session import unseal_session
from service_workers.auth import store
from service_workers.auth.domain.sessions import expiry, has_same_rights
from service_workers.auth.models import HeldSession, Rotation
from service_workers.auth.signing import Signer

# The values that cross the binding. `ended` is a verdict: the person has to sign in again. `unavailable`
# is none: the cookie may be good, and nobody is signed out because the database was away.
ENDED = {"status": "ended"}
UNAVAILABLE = {"status": "unavailable"}


# What the audit log names in the place of a request: the router asks on its own account.
REQUEST_ID = "session-renewal"


@dataclass(frozen=True, slots=True)
class Question:
    """What the router asks: the cookie's value, and the address that it came from."""

    cookie: str
    address: str | None


async def renewal(db: Database, signer: Signer, question: Question, now: datetime) -> dict[str, str]:
    """Say what became of the session of a cookie.

    Returns:
        `{"status": "renewed", "cookie": …}` with the new cookie's value; `{"status": "passing",
        "cookie": …}` for a session that has just got a new id elsewhere, whose value counts for this
        request alone; or ENDED.
    Raises:
        DatabaseError: it cannot be said now.
    """
    session = unseal_session(signer.ring, question.cookie, now.timestamp())
    if session is None:
        return ENDED
    session_id = session.person.session_id
    held = await store.held_session(db, session_id, now)
    if held is not None and not held.is_rotated and not has_same_rights(held.person, session.person):
        held = await _rotated(db, held, question, now)
    if held is None:
        return ENDED
    if held.is_rotated:
        # Never the successor's own cookie: whoever holds a stolen old one must not get the new one for it.
        return {"status": "passing", "cookie": signer.value(held.person, held.ends_at, now)}
    ends_at = expiry(held.started_at, now)
    await store.touch_session(db, held.person.session_id, ends_at, question.address, now)
    return {"status": "renewed", "cookie": signer.value(held.person, ends_at, now)}


async def _rotated(db: Database, held: HeldSession, question: Question, now: datetime) -> HeldSession | None:
    """The session under the id that it gets because its person's rights have changed."""
    rotation = Rotation(held.person.session_id, new_id(now))
    actor = Actor(held.person.id, REQUEST_ID, question.address, now)
    try:
        await db.batch(store.rotate_session(actor, rotation))
    except ExpectationFailed:
        # A request beside this one was faster; this one passes as the others with the old cookie do.
        return await store.held_session(db, rotation.old_id, now)
    return replace(held, person=replace(held.person, session_id=rotation.new_id))
