"""Cold starts and memory: a worker alone in a process of its own, beside empty ones."""

import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from tools.bench.house import in_service, progress, running
from tools.bench.measure import cpu_seconds
from tools.bench.table import Table
from tools.bench.workers import bench_id, bench_workers
from tools.build import BuiltWorker, build
from tools.local.keys import development_vars

_TIMES = 5
# An empty worker with the packages of the one below it; what stands beside what.
_EMPTY = (bench_id("javascript"), bench_id("hello_class"), bench_id("empty"))
_AS_EMPTY = bench_id("empty")
_NOTE = (
    "From the start of the process to its first answer, from the snapshot that all share; the median of "
    "several, in turns. Ratio is of the seconds, against an empty Python worker with a staff app's packages. "
    "Memory is what the process holds after that answer."
)
_HEAD = ("ratio", "s", "spread", "CPU s", "MB", "worker")


def starts() -> list[Table]:
    """Start each worker several times, in turns."""
    others = [worker for worker in bench_workers(progress) if worker.worker.id in _EMPTY]
    workers = [*others, *build(in_service(), "development", progress, development_vars())]
    found: dict[str, list[tuple[float, float, float]]] = {worker.worker.id: [] for worker in workers}
    for turn in range(_TIMES):
        progress(f"Starting each worker alone, {turn + 1} of {_TIMES}.")
        for worker in workers:
            found[worker.worker.id].append(_start(worker))
    wanted = statistics.median(took for took, _, _ in found[_AS_EMPTY])
    rows = tuple(_row(worker_id, figures, wanted) for worker_id, figures in found.items())
    return [Table("starts", "Cold start and memory", _NOTE, _HEAD, rows)]


def memory_mb(pid: int) -> float:
    """What a process holds in memory, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _start(worker: BuiltWorker) -> tuple[float, float, float]:
    """Seconds, CPU seconds and MB until the first answer."""
    started = time.perf_counter()
    with running([worker]) as house:
        mount = (worker.worker.mount or "").rstrip("/")
        # Any answer will do, for a worker may miss what it is bound to.
        httpx.get(f"{house.addresses[worker.worker.id]}{mount}/health", timeout=60)
        return time.perf_counter() - started, cpu_seconds(house.pid), memory_mb(house.pid)


def _row(
    worker_id: str, figures: Sequence[tuple[float, float, float]], wanted: float
) -> tuple[float, float, str, float, float, str]:
    took, cpu, memory = ([each[place] for each in figures] for place in range(3))
    middle = statistics.median(took)
    spread = f"{min(took):.2f}–{max(took):.2f}"
    return (middle / wanted, middle, spread, statistics.median(cpu), statistics.median(memory), worker_id)
