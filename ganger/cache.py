"""Values that cost much to make, kept for a while and dropped with the change that makes them wrong.

What a value is made of has a generation in a table of its app, which triggers raise in the transaction of
each change. A reader asks for the generations first, and they stand in the
key. So nobody sees a value that is older than one they have seen: whoever saw a change asks for a
generation of after it, under which nothing of before was ever put.

`ganger.cache_edge` is the implementation on the runtime's Cache API, which each data center has its own of.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeVar
from urllib.parse import quote

from ganger.db import Database
from ganger.errors import ValidationFailed
from ganger.text import UnsafeJson, read_json


class Kind(Enum):
    """What a value is, as its address names it, and for how many seconds it is kept at most."""

    PATIENT = ("patient", 300)
    MEDICATION = ("medication", 3600)
    INVENTORY = ("inventory", 120)
    APPOINTMENTS = ("appointments", 30)
    SESSIONS = ("sessions", 86_400)
    TEMPLATES = ("templates", 300)

    def __init__(self, label: str, seconds: int) -> None:
        self.label = label
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Generations:
    """Names in a table of `name` and `generation`: all that a value is made of."""

    table: str
    names: tuple[str, ...]


class Shelf(Protocol):
    """Where values are kept; it may forget any of them at any time."""

    async def get(self, key: str) -> bytes | None:
        """What was put under the key, if it is still there."""
        ...

    async def put(self, key: str, value: bytes, seconds: int) -> None:
        """Keep a value for so long at most."""
        ...


class Kept(Protocol):
    """A record, which can be written and read again."""

    @classmethod
    def checked(cls, value: object) -> "Kept":
        """The record, or ValidationFailed."""
        ...

    def model_dump_json(self) -> str:
        """The record as JSON."""
        ...


K = TypeVar("K", bound=Kept)


@dataclass(slots=True)
class Counts:
    """How often a value was there, since the worker's isolate started."""

    hits: int = 0
    misses: int = 0

    def plain(self) -> dict[str, float | int | None]:
        """For the health page; the ratio is None as long as nobody has asked."""
        asked = self.hits + self.misses
        ratio = round(self.hits / asked, 3) if asked else None
        return {"hits": self.hits, "misses": self.misses, "hitRatio": ratio}


@dataclass(frozen=True, slots=True)
class Cache:
    """The cache of one worker; its keys begin with the worker's environment and name."""

    shelf: Shelf
    worker: str
    counts: Counts

    async def remember(
        self,
        db: Database,
        kind: Kind,
        key: Sequence[str],
        made_of: Generations,
        model: type[K],
        make: Callable[[], Awaitable[K]],
    ) -> K:
        """The value of the key: kept, or made now and kept from now on.

        Args:
            key: identifiers and dates that tell this value from others; never PHI, for keys are addresses.
            make: asks the database, after the generations were read; what it raises is not kept.
        """
        generations = await _generations(db, made_of)
        address = self._address(kind, key, model.__name__, generations)
        kept = _read(model, await self.shelf.get(address))
        if kept is not None:
            self.counts.hits += 1
            return kept
        self.counts.misses += 1
        made = await make()
        await self.shelf.put(address, made.model_dump_json().encode(), kind.seconds)
        return made

    def _address(self, kind: Kind, key: Sequence[str], model: str, generations: Sequence[str]) -> str:
        parts = (self.worker, kind.label, model, *key, *generations)
        return "https://cache.invalid/" + "/".join(quote(part, safe="") for part in parts)


async def _generations(db: Database, made_of: Generations) -> list[str]:
    """Each name with its generation; what never changed is of generation 0."""
    marks = ", ".join("?" * len(made_of.names))
    sql = f"SELECT name, generation FROM {made_of.table} WHERE name IN ({marks})"  # noqa: S608 - from code
    known = {row["name"]: row["generation"] for row in await db.rows(sql, *made_of.names)}
    return [f"{name}:{known.get(name, 0)}" for name in made_of.names]


def _read(model: type[K], content: bytes | None) -> K | None:
    """The record; what another version of the code kept in another shape counts as not there."""
    if content is None:
        return None
    try:
        return model.checked(read_json(content))  # type: ignore[return-value]
    except (UnsafeJson, ValidationFailed):
        return None
