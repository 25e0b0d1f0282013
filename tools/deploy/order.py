"""In which order workers go out. Pure."""

from collections.abc import Iterable

from tools.registry import Kind, Worker

# Who is called goes out before who calls: the sites of patients ask the apps of staff. The router, which
# leads to everything, goes last.
_STAGES = (Kind.SERVICE, Kind.STAFF, Kind.PATIENT, Kind.ROUTER)


def stages(workers: Iterable[Worker]) -> dict[str, list[Worker]]:
    """The workers by stage, every stage present; those of one stage may go out at once."""
    listed = tuple(workers)
    return {kind.value: [worker for worker in listed if worker.kind is kind] for kind in _STAGES}


def in_order(workers: Iterable[Worker]) -> list[Worker]:
    """The workers one after the other."""
    return [worker for stage in stages(workers).values() for worker in stage]
