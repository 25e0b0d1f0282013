"""The registry, `platform.toml`, as typed and checked records.

Everything on the host that needs to know a worker asks here; running workers get the part that they
need as the generated module `ganger.catalogue` (see tools/build/catalogue.py).
"""

import tomllib
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from ganger.permissions import Role
from tools.paths import REGISTRY

WorkerId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
# The ending says what it must be: a ring of keys, or one long text.
SecretName = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+(_[A-Z0-9]+)*_(KEYS|KEY|SECRET|TOKEN)$")]
PermissionName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+:[a-z-]+$")]
Mount = Annotated[str, StringConstraints(pattern=r"^/([a-z0-9-]+)?$")]


class RegistryError(Exception):
    """platform.toml is wrong; the message says where."""


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Kind(StrEnum):
    ROUTER = "router"
    STAFF = "staff"
    PATIENT = "patient"
    SERVICE = "service"


class Group(StrEnum):
    CORE = "core"
    BUSINESS = "business"
    PLATFORM = "platform"
    PATIENT = "patient"
    EXTERNAL = "external"


class Category(StrEnum):
    """Where the launcher shows an app, in this order."""

    CORE = "core"
    CLINICAL = "clinical"
    OPERATIONS = "operations"
    FINANCE = "finance"
    HR = "hr"
    MANAGEMENT = "management"
    MARKETING = "marketing"
    ADMIN = "admin"
    DEVELOPER = "developer"


FOLDERS = {
    Kind.ROUTER: "router_worker",
    Kind.STAFF: "app_workers",
    Kind.PATIENT: "patient_workers",
    Kind.SERVICE: "service_workers",
}


class Budget(Record):
    """Upper bounds for one worker: gzip KB of its own code and of all it uploads, CPU ms per request."""

    own_kb: int = Field(gt=0)
    total_kb: int = Field(gt=0)
    cpu_ms: int = Field(gt=0)


class Worker(Record):
    """One deployable worker."""

    id: WorkerId
    kind: Kind
    name: str = Field(pattern=r"^ganger-[a-z0-9-]+$", description="the name that Cloudflare knows it by")
    title: str
    purpose: str = Field(description="one sentence for the people who use it")
    in_service: bool = Field(description="false: it answers with a page that says so")
    busy: bool = Field(default=False, description="the router keeps it warm")
    group: Group | None = None
    category: Category | None = None
    min_role: Role = Field(default=Role.STAFF, description="the lowest role that is shown its tile")
    permission: PermissionName | None = Field(default=None, description="whose holders are shown it too")
    mount: Mount | None = Field(default=None, description="path prefix on the staff host")
    host: str | None = Field(default=None, description="hostname of its own")
    python: tuple[str, ...] = Field(default=(), description="distributions its own code imports")
    scripts: dict[str, str] = Field(
        default_factory=dict, description="files of npm packages that it serves: name -> path in node_modules"
    )
    secrets: tuple[SecretName, ...] = Field(default=(), description="secrets that it holds, by name")

    @property
    def binding(self) -> str:
        """The name by which other workers' environments know this one."""
        return self.id.upper().replace("-", "_")

    @property
    def package(self) -> str:
        """The import path of the worker's folder."""
        folder = FOLDERS[self.kind]
        return folder if self.kind is Kind.ROUTER else f"{folder}.{self.id.replace('-', '_')}"

    @property
    def deploy_name(self) -> str:
        """The name that deploy scripts carry."""
        return self.name.removeprefix("ganger-")

    @model_validator(mode="after")
    def _place_fits_kind(self) -> Self:
        if (self.mount is not None) != (self.kind is Kind.STAFF):
            raise ValueError("a staff worker has a mount, and no other kind does")
        if (self.host is not None) != (self.kind is Kind.PATIENT):
            raise ValueError("a patient worker has a host, and no other kind does")
        if (self.category is not None) != (self.kind is Kind.STAFF):
            raise ValueError("a staff worker has a category, and no other kind does")
        if self.kind is not Kind.STAFF and (self.min_role is not Role.STAFF or self.permission):
            raise ValueError("only a staff worker is shown to some people and not to others")
        if self.permission and self.permission.partition(":")[0] != self.id:
            raise ValueError("the permission that shows an app is one of its own")
        if self.secrets and self.kind is Kind.PATIENT:
            raise ValueError("a patient worker holds no secret")
        if (self.group is None) == (self.kind in (Kind.STAFF, Kind.PATIENT)):
            raise ValueError("staff and patient workers have a group, and no other kind does")
        return self


class Platform(Record):
    """Facts that hold for all workers."""

    title: str
    staff_host: str
    time_zone: str
    compatibility_date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")


class Registry(Record):
    """The whole of platform.toml."""

    platform: Platform
    budgets: dict[Kind, Budget]
    workers: dict[WorkerId, Worker]

    @model_validator(mode="after")
    def _nothing_twice(self) -> Self:
        for field in ("name", "mount", "host", "binding"):
            values = [getattr(worker, field) for worker in self.workers.values()]
            twice = _repeated(value for value in values if value is not None)
            if twice:
                raise ValueError(f"{field} used by more than one worker: {', '.join(twice)}")
        missing = [kind.value for kind in Kind if kind not in self.budgets]
        if missing:
            raise ValueError(f"no budget for kind: {', '.join(missing)}")
        return self

    def of_kind(self, *kinds: Kind) -> tuple[Worker, ...]:
        """Workers of these kinds, in the file's order."""
        return tuple(worker for worker in self.workers.values() if worker.kind in kinds)

    def select(self, ids: Iterable[str]) -> tuple[Worker, ...]:
        """The named workers in the file's order; all of them when none is named.

        Raises:
            RegistryError: a name is not in the registry.
        """
        wanted = set(ids)
        unknown = sorted(wanted - set(self.workers))
        if unknown:
            raise RegistryError(f"No such worker: {', '.join(unknown)}. Known: {', '.join(self.workers)}.")
        return tuple(worker for worker in self.workers.values() if not wanted or worker.id in wanted)


def parse_registry(text: str) -> Registry:
    """Read and check the text of a registry.

    Raises:
        RegistryError: not TOML, an unknown or missing key, a value that does not fit, or a name,
            mount, host or binding that stands twice.
    """
    try:
        raw = tomllib.loads(text)
        for worker_id, worker in raw.get("workers", {}).items():
            worker.setdefault("id", worker_id)
        return Registry.model_validate(raw)
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise RegistryError(f"platform.toml: {error}") from error


@cache
def load_registry(path: Path = REGISTRY) -> Registry:
    """The project's registry."""
    return parse_registry(path.read_text())


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]
