"""The table of permissions, `permissions.toml`, held against the route tables of all workers.

A route names its permission in code; the table says it once more, beside who holds it, for a reader who
reviews access without reading code. The two have to agree.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from ganger.health import HEALTH
from ganger.permissions import Permission, Role
from ganger.routing import Route
from tools.build.environments import DEVELOPMENT
from tools.registry import Kind, Record, Registry, Worker
from tools.routes import routes_of

FILE = "permissions.toml"
PRODUCTION = "production"


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
