"""The bench's own lock beside that of the runtime."""

from pathlib import Path

from tools.bench import workers
from tools.registry import load_registry
from tools.runtime.lock import LOCK, closure, parse_lock

OWN = Path(workers.__file__).with_name("wheels.toml")


def test_both_locks_together_hold_all_that_measured_workers_need():
    both = parse_lock(LOCK.read_text() + OWN.read_text())
    assert "starlette" in closure(both, [name for names in workers.PYTHON.values() for name in names])


def test_no_worker_of_the_registry_can_name_what_only_the_bench_has():
    runtime = parse_lock(LOCK.read_text())
    assert "fastapi" not in runtime
    named = {name for worker in load_registry().workers.values() for name in worker.python}
    assert named <= set(runtime)
