"""Cold starts and memory: a worker alone in a process of its own, beside the same one without its code."""

import re
import shutil
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from tools.bench.house import in_service, progress
from tools.bench.measure import cpu_seconds, workerd_pid
from tools.bench.table import Cell, Table
from tools.build import BuiltWorker, build
from tools.build.jsonc import read_jsonc
from tools.local import LocalPlatform, Settings
from tools.local.keys import development_vars
from tools.local.own_snapshot import with_own_snapshot
from tools.registry import Kind
from tools.runtime import Runtime, ensure_runtime

_TIMES = 5
_NOTE = (
    "From the start of the process to its first answer, /health; the median of several, in turns. Each "
    "starts from a snapshot of its own, which holds all that it imports, as Cloudflare makes one when a "
    "worker is deployed. Empty is the same worker with the same packages and bindings, whose own code is "
    "but an answer. Ratio is of the CPU seconds, in which what else the machine does hardly counts. "
    "Memory is what the process holds then."
)
# The main module that the build writes takes the entrypoints from one of the worker's own.
_MODULE = re.compile(r"^from (\S+) import", re.MULTILINE)
_ENTRYPOINT = re.compile(r"^    (\w+),$", re.MULTILINE)
_HEAD = ("ratio", "CPU s", "empty CPU s", "s", "empty s", "MB", "empty MB", "worker")
_EMPTY = """\
from workers import DurableObject, Response, WorkerEntrypoint


class Default(WorkerEntrypoint):
    async def fetch(self, _request):
        return Response("hello")
"""


@dataclass(frozen=True, slots=True)
class Start:
    """What one start took until its first answer, and what the process held then."""

    wall_s: float
    cpu_s: float
    memory_mb: float


@dataclass(frozen=True, slots=True)
class Starter:
    """A worker and the runtime with its snapshot."""

    built: BuiltWorker
    runtime: Runtime

    def start(self) -> Start:
        """Start it once, alone."""
        started = time.perf_counter()
        with LocalPlatform(self.runtime, [self.built], Settings(), _drop) as local:
            local.start()
            worker = self.built.worker
            # Any answer will do, for a worker may miss what it is bound to.
            httpx.get(f"{local.addresses()[worker.id]}{(worker.mount or '').rstrip('/')}/health", timeout=60)
            pid = workerd_pid(local.pid)
            return Start(time.perf_counter() - started, cpu_seconds(pid), memory_mb(pid))


def starts() -> list[Table]:
    """Start each worker several times, in turns with its empty twin."""
    runtime = ensure_runtime(progress)
    rows = []
    for built in build(in_service(), "development", progress, development_vars()):
        if built.worker.kind is Kind.ROUTER:
            continue  # two functions without a package: there is nothing to leave out
        with TemporaryDirectory() as folder:
            row = _row(built.worker.id, *_compared(runtime, built, Path(folder), _TIMES))
        progress(f"Started {built.worker.id}: {row[0]:.2f} times the CPU of an empty one.")
        rows.append(row)
    return [Table("starts", "Cold start and memory", _NOTE, _HEAD, tuple(rows))]


def _compared(
    runtime: Runtime, built: BuiltWorker, folder: Path, times: int
) -> tuple[list[Start], list[Start]]:
    """So many starts of a worker, and as many of its empty twin."""
    modules = _MODULE.findall(_main(built).read_text())
    own = Starter(built, with_own_snapshot(runtime, built.folder, folder / "own", modules))
    empty = empty_twin(built, folder / "twin")
    imported = empty.worker.python
    bare = Starter(empty, with_own_snapshot(runtime, empty.folder, folder / "empty", imported))
    turns = [(own.start(), bare.start()) for _ in range(times)]
    return [ours for ours, _ in turns], [theirs for _, theirs in turns]


def empty_twin(built: BuiltWorker, folder: Path) -> BuiltWorker:
    """The worker with the same packages and bindings, but without code of its own, in an empty folder."""
    shutil.copytree(built.folder, folder, ignore=shutil.ignore_patterns("src"))
    source = folder / "src"
    source.mkdir()
    main = _main(built)
    config: Any = read_jsonc(built.folder / "wrangler.jsonc")
    objects = {each["class_name"] for each in config.get("durable_objects", {}).get("bindings", ())}
    others = sorted(set(_ENTRYPOINT.findall(main.read_text())) - {"Default"})
    bases = {name: "DurableObject" if name in objects else "WorkerEntrypoint" for name in others}
    classes = "".join(f"\n\nclass {name}({base}):\n    pass\n" for name, base in bases.items())
    imports = "".join(f"import {name}\n" for name in built.worker.python)
    (source / main.name).write_text(imports + _EMPTY + classes)
    return BuiltWorker(built.worker, folder, changed=True)


def _main(built: BuiltWorker) -> Path:
    (main,) = (built.folder / "src").glob("*_main.py")
    return main


def memory_mb(pid: int) -> float:
    """What a process holds in memory, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _row(worker_id: str, own: Sequence[Start], empty: Sequence[Start]) -> tuple[Cell, ...]:
    sides = [
        [statistics.median(figures) for figures in zip(*_figures(starts), strict=True)]
        for starts in (own, empty)
    ]
    (wall, cpu, memory), (empty_wall, empty_cpu, empty_memory) = sides
    return (cpu / empty_cpu, cpu, empty_cpu, wall, empty_wall, memory, empty_memory, worker_id)


def _figures(starts: Sequence[Start]) -> list[tuple[float, float, float]]:
    return [(each.wall_s, each.cpu_s, each.memory_mb) for each in starts]


def _drop(_: object) -> None:
    pass
