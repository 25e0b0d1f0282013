"""Demo data: plainly fictional people and rows, so that the platform can be tried at once."""

from collections.abc import Iterable
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from ganger import demo
from ganger.clock import clinic_date
from ganger.db import Statement
from tools.build import BuiltWorker
from tools.local.platform import LocalPlatform
from tools.registry import Worker

# The worker that owns the platform's tables brings their rows.
_OWNER = "auth"
# One D1 batch takes some hundred statements; more go in several.
_BATCH = 200


def in_seed_order(workers: Iterable[BuiltWorker]) -> list[Worker]:
    """The workers in the order in which their rows can refer to each other's."""
    return sorted((built.worker for built in workers), key=lambda worker: worker.id != _OWNER)


def seed(platform: LocalPlatform, worker: Worker, now: datetime) -> int:
    """Write the demo rows and files of one worker, if it has some; return how many statements that took."""
    statements = _statements(worker, now)
    for start in range(0, len(statements), _BATCH):
        platform.batch(statements[start : start + _BATCH])
    for key, content, media_type in _objects(worker, now):
        platform.put_object(worker.id, key, content, media_type)
    return len(statements)


def _objects(worker: Worker, now: datetime) -> list[tuple[str, bytes, str]]:
    """The files that an app's demo data names, if it keeps some: key, content and media type."""
    module = f"{worker.package}.demo"
    make = getattr(import_module(module), "objects", None) if find_spec(module) else None
    return list(make(clinic_date(now))) if make else []


def _statements(worker: Worker, now: datetime) -> list[Statement]:
    if worker.id == _OWNER:
        return list(demo.statements(now))
    module = f"{worker.package}.demo"
    return list(import_module(module).statements(clinic_date(now))) if find_spec(module) else []
