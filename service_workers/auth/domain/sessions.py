"""The rules of a session: how long it lives, how long its claims are believed, when its id changes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ganger.identity import Location, Person
from ganger.session import LIFETIME_S, Session

IDLE = timedelta(seconds=LIFETIME_S)  # without any use
LONGEST = timedelta(days=7)  # since sign-in, whatever the use
# Requests that were on their way with the old cookie while the session got a new id still pass.
GRACE = timedelta(seconds=30)
STEP_UP = timedelta(minutes=10)  # how long one second factor counts


def expiry(started_at: datetime, now: datetime) -> datetime:
    """When a session that is used now ends: a day later, but never more than a week after sign-in."""
    return min(now + IDLE, started_at + LONGEST)


def claims(person: Person, ends_at: datetime, now: datetime, fresh_s: int) -> Session:
    """Return a session with the claims of this moment, to be believed for `fresh_s` seconds."""
    end = int(ends_at.timestamp())
    return Session(person, min(int(now.timestamp()) + fresh_s, end), end)


def has_same_rights(one: Person, other: Person) -> bool:
    """Whether both may do and see the same; a session whose person's rights changed gets a new id."""
    return _rights(one) == _rights(other)


def _rights(person: Person) -> tuple[str, frozenset[str], frozenset[str]]:
    places = frozenset(location.id for location in person.locations)
    return person.role, frozenset(person.permissions), places


def own_first(locations: Iterable[Location], own_id: str) -> tuple[Location, ...]:
    """Return the locations by name, the person's own before all others."""
    return tuple(sorted(locations, key=lambda location: (location.id != own_id, location.name)))
