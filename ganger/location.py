"""Which of their locations a person works at now, as they chose it in the header of any page.

The choice is kept in this browser for that one person, so that the next person at a shared computer begins at
their own location. It moves what pages begin with; whose rows a person may see is the Scope's, and stays.
"""

from collections.abc import Mapping
from dataclasses import replace

from ganger.identity import Location, Person

COOKIE = "__Host-ganger-location"
LASTS_S = 7 * 24 * 3600
_ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Lax"
_BETWEEN = "."  # no id holds one


def location_cookie(person: Person, location: Location) -> str:
    """The Set-Cookie header that keeps a person's choice for a week."""
    return f"{COOKIE}={person.id}{_BETWEEN}{location.id}; Max-Age={LASTS_S}; {_ATTRIBUTES}"


def at_chosen_location(person: Person, cookies: Mapping[str, str]) -> Person:
    """The person at the location that they chose; one that is not among theirs does not count."""
    chooser, _, location_id = cookies.get(COOKIE, "").partition(_BETWEEN)
    is_theirs = chooser == person.id and any(location_id == each.id for each in person.locations)
    return replace(person, chosen_location_id=location_id) if is_theirs else person
