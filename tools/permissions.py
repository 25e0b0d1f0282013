"""The table of permissions, `permissions.toml`, held against the route tables of all workers.

A route names its permission in code; the table says it once more, beside who holds it, for a reader who
reviews access without reading code. The two have to agree.
"""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from unittest.mock import MagicMock

from pydantic import Field

from ganger.health import HEALTH
from ganger.permissions import Permission, Role
from ganger.routing import Route
from tools.build.catalogue import catalogue_text
from tools.build.entry import entry_module
from tools.build.environments import DEVELOPMENT, environment_named
from tools.build.jsonc import read_jsonc
from tools.build.rules import PLATFORM, RUNTIME_MODULES
from tools.registry import Kind, Record, Registry, Worker

FILE = "permissions.toml"
PRODUCTION = "production"
_CATALOGUE = "ganger.catalogue"
_TEMPLATES = "compiled_templates"
_RUNTIME = (*PLATFORM, "pyodide.ffi", _TEMPLATES)


class Holders(Record):
    """Who holds a permission by role, and what else it asks for; without a role it asks for nobody."""

    roles: tuple[Role, ...]
    step_up: bool = False
    administration: bool = False
    phi: bool = False

    @classmethod
    def of(cls, permission: Permission) -> "Holders":
        """What the code says of a permission."""
        ranks = list(Role)
        return cls(
            roles=tuple(ranks[ranks.index(permission.role) :]) if permission.role else (),
            step_up=permission.needs_step_up,
            administration=permission.is_administration,
            phi=permission.reads_phi,
        )


class Table(Record):
    """permissions.toml: the holders of each permission, and by worker the permission of each route.

    A route is written `METHOD path`, the path relative to the mount. `development` are the routes that
    only a developer's machine has. `closed` says which permission all routes of a worker of that kind ask
    for as long as its app is not in service.
    """

    permissions: dict[str, Holders]
    closed: dict[Kind, str]
    routes: dict[str, dict[str, str]]
    development: dict[str, dict[str, str]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkerRoutes:
    """The routes of one worker: everywhere, and those that development has besides."""

    worker: Worker
    routes: tuple[Route, ...]
    development: tuple[Route, ...]


def read_table(root: Path) -> Table:
    """The reviewed table."""
    return Table.model_validate(tomllib.loads((root / FILE).read_text()))


def permission_problems(table: Table, found: list[WorkerRoutes]) -> Iterator[str]:
    """Yield where the table and the route tables disagree."""
    for each in found:
        if not each.worker.in_service:
            yield from _closed_problems(table, each)
            continue
        yield from _line_problems("routes", each.worker.id, table.routes, each.routes)
        yield from _line_problems("development", each.worker.id, table.development, each.development)
    known = {each.worker.id for each in found if each.worker.in_service}
    for section in (table.routes, table.development):
        yield from (f"{FILE}: {name} is no worker in service." for name in section.keys() - known)
    yield from _holder_problems(table, found)


def all_routes(root: Path, registry: Registry) -> list[WorkerRoutes]:
    """The routes of every worker but the router, which has no table: it hands on what it does not answer."""
    workers = registry.of_kind(Kind.STAFF, Kind.PATIENT, Kind.SERVICE)
    return [_worker_routes(root, registry, worker) for worker in workers]


def route_name(route: Route) -> str:
    """The route as the table names it."""
    return f"{route.method} {route.path}"


def _closed_problems(table: Table, found: WorkerRoutes) -> Iterator[str]:
    wanted = {table.closed.get(found.worker.kind), HEALTH.permission.name}
    for route in (*found.routes, *found.development):
        if route.permission.name not in wanted:
            name = f"{found.worker.id}, which is not in service,"
            yield f"{name} asks {route.permission.name} for {route_name(route)}."


def _line_problems(
    section: str, worker_id: str, lines: Mapping[str, Mapping[str, str]], routes: tuple[Route, ...]
) -> Iterator[str]:
    listed = lines.get(worker_id, {})
    actual = {route_name(route): route.permission.name for route in routes}
    where = f"{FILE} [{section}.{worker_id}]"
    for name, permission in actual.items():
        if listed.get(name) != permission:
            yield f'{where} needs the line: "{name}" = "{permission}"'
    yield from (f"{where} lists {name}, which is no route." for name in listed if name not in actual)


def _holder_problems(table: Table, found: list[WorkerRoutes]) -> Iterator[str]:
    permissions: dict[str, set[Permission]] = {}
    for each in found:
        for route in (*each.routes, *each.development):
            permissions.setdefault(route.permission.name, set()).add(route.permission)
    for name, declared in sorted(permissions.items()):
        if len(declared) > 1:
            yield f"{name} is declared in more than one way."
        elif table.permissions.get(name) != Holders.of(next(iter(declared))):
            holders = Holders.of(next(iter(declared))).model_dump(mode="json", exclude_defaults=True)
            yield f"{FILE} [permissions] has to say of {name}: {holders}"
    for name in table.permissions.keys() - permissions.keys():
        yield f"{FILE} [permissions] lists {name}, which no route asks for."


def _worker_routes(root: Path, registry: Registry, worker: Worker) -> WorkerRoutes:
    routes = routes_of(root, registry, worker, PRODUCTION)
    local = routes_of(root, registry, worker, DEVELOPMENT)
    return WorkerRoutes(worker, routes, tuple(route for route in local if _named_in(routes, route) is None))


def _named_in(routes: tuple[Route, ...], route: Route) -> Route | None:
    return next((other for other in routes if route_name(other) == route_name(route)), None)


def routes_of(root: Path, registry: Registry, worker: Worker, environment: str) -> tuple[Route, ...]:
    """The routes that the worker's own entry module gives its application in that environment.

    Nothing is built: the entry is imported here, with stand-ins for what only the runtime has.
    """
    entry = entry_module(root, worker, environment)
    place = environment_named(environment, read_jsonc(root / "wrangler" / "environments.jsonc"))
    catalogue = ModuleType(_CATALOGUE)
    exec(catalogue_text(worker, registry, place, {}), vars(catalogue))  # noqa: S102 - our own text
    with _runtime_stands_in(worker, catalogue):
        routes: tuple[Route, ...] = import_module(entry.name).Default.application.routes
    return routes


@contextmanager
def _runtime_stands_in(worker: Worker, catalogue: ModuleType) -> Iterator[None]:
    """Let a worker's modules be imported here, and forget them again: each worker sees its own catalogue."""
    stand_ins = {name: MagicMock() for name in _RUNTIME}
    stand_ins["workers"].WorkerEntrypoint = object
    stand_ins["workers"].DurableObject = object
    stand_ins[_TEMPLATES].__file__ = __file__
    bound = (_CATALOGUE, *RUNTIME_MODULES, *stand_ins)
    before = _forget(bound, worker.package)
    sys.modules.update({_CATALOGUE: catalogue, **stand_ins})
    try:
        yield
    finally:
        _forget(bound, worker.package)
        sys.modules.update(before)


def _forget(names: tuple[str, ...], package: str) -> dict[str, ModuleType]:
    """Take modules out of the interpreter and return them."""
    forgotten = [name for name in sys.modules if name in names or f"{name}.".startswith(f"{package}.")]
    return {name: sys.modules.pop(name) for name in forgotten}
