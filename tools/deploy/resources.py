"""What an environment needs besides its workers. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """A kind of resource, by the words with which wrangler creates one."""

    DATABASE = "d1"
    BUCKET = "r2 bucket"
    QUEUE = "queues"


@dataclass(frozen=True, slots=True, order=True)
class Resource:
    """A resource of the account."""

    kind: Kind
    name: str


def needed(configs: Iterable[Mapping[str, Any]]) -> list[Resource]:
    """Every resource that the built configurations name, each once."""
    return sorted({resource for config in configs for resource in _named(config)})


def _named(config: Mapping[str, Any]) -> Iterator[Resource]:
    for database in config.get("d1_databases", ()):
        yield Resource(Kind.DATABASE, database["database_name"])
    for bucket in config.get("r2_buckets", ()):
        yield Resource(Kind.BUCKET, bucket["bucket_name"])
    queues = config.get("queues", {})
    for queue in (*queues.get("producers", ()), *queues.get("consumers", ())):
        yield Resource(Kind.QUEUE, queue["queue"])
        if "dead_letter_queue" in queue:
            yield Resource(Kind.QUEUE, queue["dead_letter_queue"])
