"""Which workers a platform of the tests runs.

Those not in service answer alike, from the same few modules, so one of each kind stands for them;
tests/platform/not_in_service runs them all.
"""

from collections.abc import Iterable

from tools.registry import Kind, Worker, load_registry

_ALL = load_registry().workers.values()

CLOSED = tuple(worker for worker in _ALL if not worker.in_service)
_STAND_INS = {worker.kind: worker for worker in reversed(CLOSED)}
RUNNING = tuple(worker for worker in _ALL if worker.in_service or worker in _STAND_INS.values())


def running(*kinds: Kind) -> list[Worker]:
    """The workers of these kinds on a platform that stands for all: those in service, and one that is not."""
    return [worker for worker in RUNNING if worker.kind in kinds]


def closed(kind: Kind) -> list[Worker]:
    """All workers of that kind that are not in service."""
    return [worker for worker in CLOSED if worker.kind is kind]


def ids_of(workers: Iterable[Worker]) -> list[str]:
    """Their names for the build."""
    return [worker.id for worker in workers]
