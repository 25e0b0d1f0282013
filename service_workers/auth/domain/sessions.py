"""The rules of a session: how long it lives, and how long its claims are believed."""

from collections.abc import Iterable
from datetime import datetime

from ganger.identity import Location, Person
from ganger.session import FRESH_S, LIFETIME_S, Session


def begun(person: Person, now: datetime) -> Session:
    """Return the session of a person who has just signed in."""
    return renewed(person, int(now.timestamp()) + LIFETIME_S, now)


def renewed(person: Person, ends_at: int, now: datetime) -> Session:
    """Return a session with the claims of this moment; its end stays where it was.

    Args:
        ends_at: seconds since the epoch.
    """
    fresh_until = min(int(now.timestamp()) + FRESH_S, ends_at)
    return Session(person, fresh_until, ends_at)


def own_first(locations: Iterable[Location], own_id: str) -> tuple[Location, ...]:
    """Return the locations by name, the person's own before all others."""
    return tuple(sorted(locations, key=lambda location: (location.id != own_id, location.name)))
