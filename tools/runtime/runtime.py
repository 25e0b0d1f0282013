"""Build the runtime once, and find it again.

All of it is one folder, `.cache/runtime/<fingerprint>/`, that appears complete or not at all:

    workerd              the launcher
    bundle/              the Pyodide bundle
    snapshot/            the memory snapshot
    snapshot_libraries/  the compiled libraries that the snapshot holds
    distributions/       one folder for each distribution of the lock, unpacked
"""

import fcntl
import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.paths import CACHE, NODE, NODE_MODULES, ROOT
from tools.registry import load_registry
from tools.runtime.bundle import build_bundle
from tools.runtime.lock import LOCK, Lock, check_platform, closure, normalise, parse_lock
from tools.runtime.problems import RuntimeProblem
from tools.runtime.snapshot import DISTRIBUTIONS, MAIN_MODULE, main_module_text, take_snapshot, write_launcher
from tools.runtime.versions import check_packages, python_platform, workerd_binary
from tools.runtime.wheels import fetch_wheels, unpack_wheel

GENERATIONS = CACHE / "runtime"
WHEELS = CACHE / "wheels"
UNFINISHED = "unfinished"
MODULES = "python_modules"


@dataclass(frozen=True)
class Runtime:
    """What is needed to run Python workers on this machine."""

    # For MINIFLARE_WORKERD_PATH. With GANGER_SNAPSHOT=1 in the environment, `serve` starts from the
    # snapshot, and each bundle must then hold what is in `snapshot_libraries`.
    workerd: Path
    # Holds `python_modules/…`: a file's path relative to this folder is its module name in a bundle.
    snapshot_libraries: Path
    fingerprint: str


def ensure_runtime(report: Callable[[str], None]) -> Runtime:
    """Return the runtime, building it first if it is not there.

    Args:
        report: gets one line of progress at a time; nothing when all is there.
    Raises:
        RuntimeProblem: the installed packages do not belong together, a download failed or differs
            from the lock, or workerd did not start.
    """
    fingerprint = _fingerprint()
    if not _folder(fingerprint).is_dir():
        with _building_alone(report):
            # Another process may have built it while this one waited.
            if not _folder(fingerprint).is_dir():
                _build(fingerprint, report)
    folder = _folder(fingerprint)
    return Runtime(
        workerd=folder / "workerd", snapshot_libraries=folder / "snapshot_libraries", fingerprint=fingerprint
    )


def distribution(name: str) -> Path:
    """Return the folder of one unpacked distribution; what can be imported lies directly in it.

    Raises:
        RuntimeProblem: the lock does not name it, or the runtime is not built.
    """
    closure(_lock(), [name])
    folder = _folder(_fingerprint()) / "distributions" / normalise(name)
    if not folder.is_dir():
        raise RuntimeProblem(f"{name} is not unpacked yet. Call ensure_runtime first.")
    return folder


def requirements(names: Iterable[str]) -> tuple[str, ...]:
    """Return the named distributions and all that they need, normalised and sorted.

    Raises:
        RuntimeProblem: the lock does not name one of them.
    """
    return closure(_lock(), names)


@cache
def _lock() -> Lock:
    return parse_lock(LOCK.read_text())


@cache
def _fingerprint() -> str:
    """Hash what the runtime is made from: npm versions, workers' settings, the lock and this package."""
    platform = load_registry().platform
    facts = check_packages(ROOT) | {"date": platform.compatibility_date, "time_zone": platform.time_zone}
    facts["machine"] = workerd_binary(ROOT).parent.parent.name
    hashed = hashlib.sha256(json.dumps(facts, sort_keys=True).encode())
    for source in sorted(path for path in Path(__file__).parent.iterdir() if path.is_file()):
        hashed.update(source.name.encode() + b"\0" + source.read_bytes())
    return hashed.hexdigest()[:16]


def _folder(fingerprint: str) -> Path:
    return GENERATIONS / fingerprint


@contextmanager
def _building_alone(report: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock that lets one process at a time build."""
    GENERATIONS.mkdir(parents=True, exist_ok=True)
    with (CACHE / "runtime.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report("Waiting for another process that builds the runtime.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _build(fingerprint: str, report: Callable[[str], None]) -> None:
    """Build one generation and remove all others; the caller holds the lock."""
    folder = GENERATIONS / UNFINISHED
    # Left there by a process that was ended while building.
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    report("Fetching the Python packages of tools/runtime/wheels.toml.")
    _unpack_distributions(folder / "distributions")
    report("Building the Pyodide bundle from the npm package.")
    build_bundle(NODE_MODULES / "pyodide", folder / "bundle")
    write_launcher(workerd_binary(ROOT), folder / "workerd")
    report("Taking the memory snapshot (some seconds).")
    _take_snapshot(folder)
    for generation in set(GENERATIONS.iterdir()) - {folder}:
        shutil.rmtree(generation)
    folder.rename(_folder(fingerprint))


def _unpack_distributions(folder: Path) -> None:
    platform = python_platform(ROOT)
    check_platform(_lock(), platform)
    fetch_wheels(_lock(), platform, WHEELS)
    time_zone = load_registry().platform.time_zone
    for wheel in _lock().values():
        unpack_wheel(wheel, WHEELS / wheel.file, folder / wheel.name, time_zone)


def _take_snapshot(folder: Path) -> None:
    worker = folder / "snapshot_worker"
    for name in closure(_lock(), DISTRIBUTIONS):
        shutil.copytree(folder / "distributions" / name, worker / MODULES, dirs_exist_ok=True)
    (worker / MAIN_MODULE).write_text(main_module_text())
    take_snapshot(NODE, folder / "workerd", worker, load_registry().platform.compatibility_date)
    for library in (worker / MODULES).rglob("*.so"):
        kept = folder / "snapshot_libraries" / library.relative_to(worker)
        kept.parent.mkdir(parents=True)
        shutil.copyfile(library, kept)
    shutil.rmtree(worker)
