"""Which module may import which: the borders between workers, the library, pure rules and the runtime."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.build.closure import FIRST_PARTY, RUNTIME, STANDARD
from tools.build.imports import Import, imports_of
from tools.build.project import files_under
from tools.registry import FOLDERS, Kind

ROUTER = FOLDERS[Kind.ROUTER]
PLATFORM = RUNTIME | {"workers"}
# The library's modules that touch the runtime; all else in it runs on the host too.
RUNTIME_MODULES = frozenset(
    f"ganger.{name}"
    for name in (
        "assets_edge",
        "cache_edge",
        "d1",
        "edge",
        "limits",
        "live_edge",
        "live_topic",
        "not_in_service_edge",
        "r2",
        "rpc_edge",
        "rpc_entrypoint",
        "vault_edge",
        "wire",
    )
)
# What a pure rule may not use: input and output, the clock, chance and waiting.
IMPURE = frozenset(
    {
        *PLATFORM,
        *RUNTIME_MODULES,
        *("asyncio", "http.client", "httpx", "os", "random", "secrets", "shutil", "socket", "sqlite3"),
        *("subprocess", "tempfile", "threading", "time", "urllib.request", "uuid"),
    }
)
# A worker's own modules that do input and output, or call those that do.
OUTER_MODULES = ("routes", "store", "worker", "worker_development")


@dataclass(frozen=True, slots=True)
class _Place:
    """A module and where it belongs."""

    name: str
    path: str
    owner: str  # the worker's package, or "ganger"

    @property
    def inner(self) -> tuple[str, ...]:
        """The module's name inside its owner."""
        return tuple(self.name.removeprefix(self.owner).strip(".").split("."))


def read_sources(root: Path) -> dict[str, str]:
    """Every Python source of the library and the workers: path relative to the tree -> text."""
    files = (path for folder in FIRST_PARTY for path in files_under(root / folder) if path.suffix == ".py")
    return {path.relative_to(root).as_posix(): path.read_text() for path in files}


def import_problems(sources: Mapping[str, str]) -> list[str]:
    """Return one line for each import that crosses a border; none when all is well.

    Args:
        sources: path -> text, as `read_sources` gives them.
    Raises:
        BuildError: a source does not parse.
    """
    modules = {_module_name(path): path for path in sorted(sources)}
    reached = _reached_by_router(modules, sources)
    problems = []
    for name, path in modules.items():
        place = _Place(name, path, _owner(name))
        for statement in imports_of(sources[path], name, path):
            rules = list(_broken(place, statement))
            if name in reached and _is_distribution(statement):
                rules.append("the router and what it imports use only the standard library and the runtime")
            problems += [f"{path}:{statement.line} imports {statement.module}: {rule}" for rule in rules]
    return problems


def _broken(place: _Place, statement: Import) -> Iterator[str]:
    owners = {_owner(name) for name in statement.candidates()} - {"", "ganger"}
    if place.owner == "ganger" and owners:
        yield "the library imports no worker"
    elif owners - {place.owner}:
        yield "a worker imports no other worker"
    if _is_pure(place) and _is_impure(place, statement):
        yield "domain/ does no input or output"
    elif PLATFORM & set(statement.candidates()) and not _may_touch_runtime(place):
        yield "only worker.py, store.py, the router and the library's runtime modules import the runtime"


def _is_pure(place: _Place) -> bool:
    return place.owner != "ganger" and "domain" in place.inner


def _is_impure(place: _Place, statement: Import) -> bool:
    outer = {f"{place.owner}.{name}" for name in OUTER_MODULES}
    return bool((IMPURE | outer) & set(statement.candidates()))


def _may_touch_runtime(place: _Place) -> bool:
    if place.owner == "ganger":
        return place.name in RUNTIME_MODULES
    first = place.inner[0]
    # The router passes the runtime's own requests and responses on, so that bodies stay unread.
    return place.owner == ROUTER or first in ("worker", "store") or first.startswith("worker_")


def _is_distribution(statement: Import) -> bool:
    return statement.module.partition(".")[0] not in {*FIRST_PARTY, *STANDARD, *PLATFORM}


def _reached_by_router(modules: Mapping[str, str], sources: Mapping[str, str]) -> set[str]:
    """The router's modules and all that they import, directly or not."""
    waiting = [name for name in modules if _owner(name) == ROUTER]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in modules and name not in reached:
            reached.add(name)
            for statement in imports_of(sources[modules[name]], name, modules[name]):
                waiting += statement.candidates()
    return reached


def _module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _owner(name: str) -> str:
    """The package that a first-party module belongs to; "" for other modules and for bare parents."""
    parts = name.split(".")
    if parts[0] in ("ganger", ROUTER):
        return parts[0]
    return ".".join(parts[:2]) if parts[0] in FIRST_PARTY and len(parts) > 1 else ""
