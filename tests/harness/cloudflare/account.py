"""What the account holds: workers with their versions and deployments, databases, buckets and queues."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from sqlite3 import Connection, connect
from typing import Any
from uuid import uuid4

from tests.harness.tables import as_host_sql


@dataclass(frozen=True)
class Version:
    """One upload of a worker."""

    id: str
    created_on: str
    metadata: Mapping[str, Any]
    modules: frozenset[str]

    @property
    def words(self) -> Mapping[str, str]:
        """What the uploader said of it."""
        return {
            name.removeprefix("workers/"): text for name, text in self.metadata.get("annotations", {}).items()
        }

    @property
    def tag(self) -> str:
        return self.words.get("tag", "")

    @property
    def message(self) -> str:
        return self.words.get("message", "")


@dataclass(frozen=True)
class Deployment:
    """A version that was made to answer a worker's requests."""

    id: str
    created_on: str
    version_id: str
    message: str


@dataclass
class Script:
    """A worker of the account; the newest version and deployment stand first."""

    name: str
    versions: list[Version] = field(default_factory=list)
    deployments: list[Deployment] = field(default_factory=list)
    crons: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()

    @property
    def live(self) -> Version:
        """The version that answers requests."""
        return self.version(self.deployments[0].version_id)

    def version(self, version_id: str) -> Version:
        return next(version for version in self.versions if version.id == version_id)


class D1:
    """A database, which is SQLite here as there."""

    def __init__(self, name: str) -> None:
        self.uuid = str(uuid4())
        self.name = name
        self._connection: Connection = connect(":memory:", check_same_thread=False, isolation_level=None)

    def run(self, sql: str, params: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Run a script, or one statement and return its rows."""
        sql = as_host_sql(sql)
        if not params and ";" in sql.strip().rstrip(";"):
            self._connection.executescript(sql)
            return []
        cursor = self._connection.execute(sql, params)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@dataclass
class Account:
    """The state of one account.

    `uploads` names the workers in the order in which they were uploaded; an upload of one that is named in
    `refused` fails as it does when its script does not start.
    """

    scripts: dict[str, Script] = field(default_factory=dict)
    databases: list[D1] = field(default_factory=list)
    buckets: list[str] = field(default_factory=list)
    queues: list[str] = field(default_factory=list)
    # Workers that take from a queue: the queue's name -> what wrangler said of each.
    consumers: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    uploads: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    def upload(self, name: str, metadata: Mapping[str, Any], modules: frozenset[str]) -> Version:
        """Keep a new version of a worker."""
        version = Version(str(uuid4()), now(), metadata, modules)
        script = self.scripts.setdefault(name, Script(name))
        script.versions.insert(0, version)
        self.uploads.append(name)
        return version

    def deploy(self, name: str, version_id: str, message: str) -> Deployment:
        """Let a version that was uploaded before answer.

        Raises:
            StopIteration: there is no such version.
        """
        script = self.scripts[name]
        deployment = Deployment(str(uuid4()), now(), script.version(version_id).id, message)
        script.deployments.insert(0, deployment)
        return deployment


def now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")
