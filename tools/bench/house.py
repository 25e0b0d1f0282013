"""A running platform to measure: our workers with their demo data, and those that stand beside them."""

import os
import platform as machine_facts
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from tools.bench.measure import workerd_pid
from tools.bench.workers import bench_workers
from tools.build import BuiltWorker, build
from tools.local import LocalPlatform, Settings
from tools.local.demo import in_seed_order, seed
from tools.local.keys import development_vars
from tools.registry import load_registry
from tools.runtime import ensure_runtime


@dataclass(frozen=True, slots=True)
class House:
    """What is measured. `addresses` are those of the workers, by id; `pid` is the process of them all."""

    local: LocalPlatform
    addresses: Mapping[str, str]
    pid: int


@contextmanager
def house() -> Iterator[House]:
    """All workers in service and all that are measured beside them, with the demo data."""
    ours = build(in_service(), "development", progress, development_vars())
    with running([*ours, *bench_workers(progress)]) as started:
        started.local.migrate()
        for worker in in_seed_order(ours):
            seed(started.local, worker, datetime.now(UTC))
        yield started


@contextmanager
def running(workers: Sequence[BuiltWorker]) -> Iterator[House]:
    """These workers in a process of their own, without any data."""
    with LocalPlatform(ensure_runtime(progress), workers, Settings(), _drop) as local:
        local.start()
        yield House(local, local.addresses(), workerd_pid(local.pid))


def in_service() -> list[str]:
    """The ids of the workers that people can use by now."""
    return [worker.id for worker in load_registry().workers.values() if worker.in_service]


def progress(line: str) -> None:
    """Standard output is for the figures."""
    sys.stderr.write(f"{line}\n")


def machine() -> str:
    """What it was measured on."""
    return f"{os.cpu_count()} cores, {machine_facts.machine()}, {machine_facts.system()}"


def _drop(_: Mapping[str, str]) -> None:
    pass
