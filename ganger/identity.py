"""Who is asking: the person, as the router tells it to an app in one signed header.

The header holds for one minute and for one worker, so that a copy of it is of no use elsewhere.
Standard library only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ganger.tokens import KeyRing, Malformed, seal, unseal, whole_number

HEADER = "x-ganger-identity"
LIFETIME_S = 60
_STEP_S = 20  # for so long the same person brings an app the same header, which both sides remember
_PURPOSE = "identity"


@dataclass(frozen=True, slots=True)
class Location:
    """A location of the practice."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person.

    `locations` are those whose rows they may see, their own first. `stepped_up_until` is when their last
    second factor ends to count, in seconds since the epoch; 0 without one. `chosen_location_id` is one of
    `locations`, or empty; it is no claim, for it is this browser's alone (`ganger.location`).
    """

    id: str
    name: str
    email: str
    role: str
    permissions: tuple[str, ...]
    locations: tuple[Location, ...]
    session_id: str
    stepped_up_until: int = 0
    chosen_location_id: str = ""

    @property
    def location(self) -> Location:
        """Where they work now: the location that they chose, or else their own."""
        chosen = (each for each in self.locations if each.id == self.chosen_location_id)
        return next(chosen, self.locations[0])

    def claims(self) -> dict[str, object]:
        """The person as JSON values; `from_claims` is the inverse."""
        return {
            "sub": self.id,
            "name": self.name,
            "email": self.email,
            "role": self.role,
            "permissions": list(self.permissions),
            "locations": [[location.id, location.name] for location in self.locations],
            "sid": self.session_id,
            "step_up": self.stepped_up_until,
        }

    @classmethod
    def from_claims(cls, claims: Mapping[str, object]) -> "Person":
        """The person of claims whose signature was checked.

        Raises:
            Malformed: a claim is missing or of another kind.
        """
        locations = tuple(_location(pair) for pair in _list(claims.get("locations")))
        if not locations:
            raise Malformed("A person has a location.")
        return cls(
            id=_text(claims.get("sub")),
            name=_text(claims.get("name")),
            email=_text(claims.get("email")),
            role=_text(claims.get("role")),
            permissions=tuple(_text(name) for name in _list(claims.get("permissions"))),
            locations=locations,
            session_id=_text(claims.get("sid")),
            stepped_up_until=whole_number(claims.get("step_up")),
        )


def identity_header(ring: KeyRing, person: Person, audience: str, now: float) -> str:
    """Return the header's value for one worker.

    Args:
        audience: name of the worker that the request goes to.
        now: seconds since the epoch.
    """
    return _signed(ring, person, audience, int(now) // _STEP_S * _STEP_S + LIFETIME_S)


def person_from_header(ring: KeyRing, value: str, audience: str, now: float) -> Person | None:
    """Return the person that the router vouches for to this worker, or None if the header is not its word."""
    try:
        word = _opened(ring, value)
    except Malformed:
        return None  # no word of ours, or of another version of ours, which knew other claims
    return word.person if word.audience == audience and now <= word.ends_at else None


@dataclass(frozen=True, slots=True)
class _Word:
    person: Person
    audience: object
    ends_at: int


@lru_cache(maxsize=256)
def _signed(ring: KeyRing, person: Person, audience: str, ends_at: int) -> str:
    return seal(ring, _PURPOSE, person.claims() | {"aud": audience, "exp": ends_at})


# What does not open is not remembered.
@lru_cache(maxsize=256)
def _opened(ring: KeyRing, value: str) -> _Word:
    claims = unseal(ring, _PURPOSE, value)
    if claims is None:
        raise Malformed("It is not signed.")
    return _Word(Person.from_claims(claims), claims.get("aud"), whole_number(claims.get("exp")))


def _location(pair: object) -> Location:
    values = [_text(value) for value in _list(pair)]
    if len(values) != 2:
        raise Malformed("A location is an id and a name.")
    return Location(*values)


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise Malformed("A list is missing.")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Malformed("A text is missing.")
    return value
