"""Whose rows a statement may see: every store function takes a Scope."""

from dataclasses import dataclass

from ganger.errors import NotFound
from ganger.identity import Location, Person


@dataclass(frozen=True, slots=True)
class Scope:
    """A person and the locations whose rows they may read and write."""

    person_id: str
    locations: tuple[Location, ...]

    @classmethod
    def of(cls, person: Person) -> "Scope":
        """The scope that a person has by right."""
        return cls(person.id, person.locations)

    @property
    def location_ids(self) -> tuple[str, ...]:
        """Ids of the locations, for the values of a statement."""
        return tuple(location.id for location in self.locations)

    @property
    def marks(self) -> str:
        """As many `?` as there are locations, for `location_id IN (…)`."""
        return ", ".join("?" * len(self.locations))

    def at(self, location_id: str) -> "Scope":
        """The same scope narrowed to one location.

        Raises:
            NotFound: it is not one of theirs, so they may not know of it.
        """
        chosen = tuple(location for location in self.locations if location.id == location_id)
        if not chosen:
            raise NotFound("There is no such location.")
        return Scope(self.person_id, chosen)
