"""The workers that are measured beside ours, built by the same build into `.cache/bench/`."""

import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tools.bench.javascript import javascript_worker
from tools.bench.questions import list_queries
from tools.build import BuiltWorker
from tools.build.build import build_project
from tools.build.project import Project
from tools.local.keys import development_vars
from tools.paths import CACHE, ROOT
from tools.registry import Kind, Registry, Worker, load_registry
from tools.runtime import distribution
from tools.runtime.lock import LOCK, Lock, closure, parse_lock
from tools.runtime.versions import python_platform
from tools.runtime.wheels import fetch_wheels, unpack_wheel

FOLDER = CACHE / "bench"
_WHEELS = FOLDER / "wheels"
# Python workers by the name of their source: the distributions that they import.
PYTHON: Mapping[str, tuple[str, ...]] = {
    "hello_class": (),
    "hello_function": (),
    "empty": ("pydantic", "jinja2", "segno"),
    "kernel": ("pydantic", "jinja2"),
    "starlette": ("pydantic", "starlette"),
    "fastapi": ("pydantic", "fastapi"),
    "router_class": (),
    "list_python": (),
}
# Settings of their own; the rest is as for any worker.
_CONFIG: Mapping[str, dict[str, object]] = {
    "hello_function": {"compatibility_flags": ["disable_python_no_global_handlers"]},
    "router_class": {
        "services": [
            {"binding": "INVENTORY", "service": "inventory"},
            {"binding": "AUTH", "service": "auth"},
        ],
        "vars": {"ANSWER_WITHIN_MS": 30_000, "UPLOAD_WITHIN_MS": 900_000},
    },
    "list_python": {"d1_databases": [{"binding": "DB", "database_name": "ganger-platform"}]},
}
_SECRETS: Mapping[str, tuple[str, ...]] = {"router_class": ("SESSION_KEYS", "IDENTITY_KEYS")}
# JavaScript workers by the name of their source, and the source itself.
JAVASCRIPT: Mapping[str, str] = {
    "javascript": "hello",
    "router_hono": "router_hono",
    "list_javascript": "list",
}
# Those that have the bindings and variables of a Python worker.
_LIKE: Mapping[str, str] = {"list_javascript": "list_python"}
_SOURCES = Path(__file__).with_name("sources")
_OWN_LOCK = Path(__file__).with_name("wheels.toml")
# FastAPI and OpenTelemetry look themselves up when they are imported.
_METADATA = ("METADATA", "entry_points.txt")


def bench_workers(report: Callable[[str], None]) -> list[BuiltWorker]:
    """Build all of them; the runtime is there already.

    Raises:
        RuntimeProblem: a wheel could not be fetched.
        BuildError: a worker does not build.
    """
    tree = FOLDER / "tree"
    _write_tree(tree)
    lock = parse_lock(LOCK.read_text() + _OWN_LOCK.read_text())
    distributions = _distributions(lock)
    project = Project(
        tree,
        _registry(),
        lambda names: closure(lock, names),
        lambda name: distributions.get(name) or distribution(name),
        lambda _worker, _environment: None,
    )
    ids = [bench_id(name) for name in PYTHON]
    built = build_project(project, ids, "development", report, development_vars())
    for worker in built:
        _add_metadata(worker, lock)
    return [*built, *_javascript(tree, {worker.worker.id: worker.folder for worker in built})]


def bench_id(name: str) -> str:
    """The registry id of a measured worker, by the name of its source."""
    return f"bench-{name.replace('_', '-')}"


def _worker(name: str, python: tuple[str, ...] = ()) -> Worker:
    return Worker(
        id=bench_id(name),
        kind=Kind.SERVICE,
        name=f"ganger-{bench_id(name)}",
        title=name,
        purpose="Is measured.",
        in_service=True,
        python=python,
        secrets=_SECRETS.get(name, ()),
    )


def _registry() -> Registry:
    """The registry with these workers besides, for they bind to some of ours."""
    ours = load_registry()
    workers = ours.workers | {bench_id(name): _worker(name, python) for name, python in PYTHON.items()}
    return ours.model_copy(update={"workers": workers})


def _write_tree(tree: Path) -> None:
    """A tree as the build reads it: the library and the router as they are, and the measured workers."""
    shutil.rmtree(tree, ignore_errors=True)
    for name in PYTHON:
        package = tree / "service_workers" / bench_id(name).replace("-", "_")
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        shutil.copyfile(_SOURCES / f"{name}.py", package / "worker.py")
    (tree / "service_workers" / "__init__.py").touch()
    for name in ("ganger", "router_worker", "pyproject.toml"):
        (tree / name).symlink_to(ROOT / name)
    wrangler = tree / "wrangler"
    wrangler.mkdir()
    for name in ("base.jsonc", "environments.jsonc"):
        shutil.copyfile(ROOT / "wrangler" / name, wrangler / name)
    for name in PYTHON:
        config = _CONFIG.get(name, {})
        if name == "list_python":
            config = config | {"vars": {"LIST": list_queries()}}
        (wrangler / f"{bench_id(name)}.jsonc").write_text(json.dumps(config))


def _distributions(lock: Lock) -> dict[str, Path]:
    """The bench's own distributions, fetched and unpacked."""
    shared = parse_lock(LOCK.read_text())
    own = {name: wheel for name, wheel in lock.items() if name not in shared}
    fetch_wheels(own, python_platform(ROOT), _WHEELS)
    unpacked = {}
    for wheel in own.values():
        folder = FOLDER / "distributions" / wheel.file.removesuffix(".whl")
        if not folder.is_dir():
            unpack_wheel(wheel, _WHEELS / wheel.file, folder, load_registry().platform.time_zone)
        unpacked[wheel.name] = folder
    return unpacked


def _add_metadata(built: BuiltWorker, lock: Lock) -> None:
    for file in (_WHEELS / lock[name].file for name in closure(lock, built.worker.python)):
        if not file.is_file():
            continue  # from the runtime's lock, and nothing asks for its metadata
        with zipfile.ZipFile(file) as archive:
            kept = [name for name in archive.namelist() if ".dist-info/" in name and name.endswith(_METADATA)]
            archive.extractall(built.folder / "python_modules", kept)


def _javascript(tree: Path, built: Mapping[str, Path]) -> list[BuiltWorker]:
    secrets = development_vars()
    return [
        javascript_worker(
            _worker(name), source, secrets, tree / bench_id(name), built.get(bench_id(_LIKE.get(name, "")))
        )
        for name, source in JAVASCRIPT.items()
    ]
