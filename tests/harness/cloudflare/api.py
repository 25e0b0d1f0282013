"""The operations of the API that wrangler needs to deploy, to apply migrations and to roll back.

Paths, fields and error codes are those of Cloudflare's published API, version 4.
"""

import json
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from tests.harness.cloudflare.account import D1, Account, Deployment, Script, Version
from tests.harness.cloudflare.multipart import parts

NO_SUCH_SERVICE = 10090
NO_SUCH_ROUTE = 7003
NO_SUCH_DATABASE = 7404
NO_SUCH_BUCKET = 10006
SCRIPT_FAILED = 10021


class Refusal(Exception):
    """An answer that says no."""

    def __init__(self, status: HTTPStatus, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class Api:
    """One account's operations. `unknown` lists what was asked that no operation answers."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self.unknown: list[str] = []

    def answer(self, method: str, path: str, content_type: str, body: bytes) -> Any:
        """The `result` of the answer.

        Raises:
            Refusal: there is none.
        """
        for pattern, operation in _OPERATIONS:
            match = re.fullmatch(pattern, f"{method} {path}")
            if match:
                return operation(self, match.groups(), content_type, body)
        self.unknown.append(f"{method} {path}")
        raise Refusal(HTTPStatus.NOT_FOUND, NO_SUCH_ROUTE, f"No route for {method} {path}")

    def service(self, names: tuple[str, ...], _type: str, _body: bytes) -> Any:
        script = self._script(names[0])
        environment = {"environment": "production", "script": {"last_deployed_from": "wrangler"}}
        return {"id": script.name, "default_environment": environment}

    def worker(self, names: tuple[str, ...], _type: str, _body: bytes) -> Any:
        script = self._script(names[0])
        off = {"enabled": False, "previews_enabled": False}
        return {"id": script.name, "name": script.name, "tags": [], "subdomain": off, "logpush": False}

    def settings(self, names: tuple[str, ...], _type: str, _body: bytes) -> Any:
        return {"bindings": self._script(names[0]).live.metadata["bindings"]}

    def secrets(self, _names: tuple[str, ...], _type: str, _body: bytes) -> Any:
        return []

    def upload(self, names: tuple[str, ...], content_type: str, body: bytes) -> Any:
        version = self._new_version(names[0], content_type, body)
        self._account.deploy(names[0], version.id, version.message)
        return {
            "id": names[0],
            "deployment_id": version.id.replace("-", ""),
            "startup_time_ms": 1,
            "tags": [],
            "etag": version.id,
        }

    def versions(self, names: tuple[str, ...], _type: str, _body: bytes) -> Any:
        script = self._script(names[0])
        return {"items": [_version(script, version) for version in script.versions[:10]]}

    def version(self, names: tuple[str, ...], _type: str, _body: bytes) -> Any:
        script = self._script(names[0])
        return _version(script, script.version(names[1]))

    def deployments(self, names: tuple[str, ...], _type: str, _body: bytes) -> Any:
        script = self._account.scripts.get(names[0])
        return {"deployments": [_deployment(each) for each in script.deployments[:10]] if script else []}

    def deploy(self, names: tuple[str, ...], _type: str, body: bytes) -> Any:
        wanted = json.loads(body)
        (share,) = wanted["versions"]
        message = wanted.get("annotations", {}).get("workers/message", "")
        return _deployment(self._account.deploy(names[0], share["version_id"], message))

    def upload_version(self, names: tuple[str, ...], content_type: str, body: bytes) -> Any:
        version = self._new_version(names[0], content_type, body)
        return _version(self._script(names[0]), version)

    def subdomain(self, _names: tuple[str, ...], _type: str, body: bytes) -> Any:
        return json.loads(body) if body else {"enabled": False, "previews_enabled": False}

    def schedules(self, names: tuple[str, ...], _type: str, body: bytes) -> Any:
        script = self._script(names[0])
        script.crons = tuple(entry["cron"] for entry in json.loads(body))
        return {"schedules": [{"cron": cron} for cron in script.crons]}

    def domains(self, names: tuple[str, ...], _type: str, body: bytes) -> Any:
        script = self._script(names[0])
        script.domains = tuple(origin["hostname"] for origin in json.loads(body)["origins"])
        return [{"hostname": domain} for domain in script.domains]

    def changed_domains(self, _names: tuple[str, ...], _type: str, _body: bytes) -> Any:
        return {"added": [], "removed": [], "updated": [], "conflicting": []}

    def asset_session(self, _names: tuple[str, ...], _type: str, body: bytes) -> Any:
        hashes = [entry["hash"] for entry in json.loads(body)["manifest"].values()]
        return {"jwt": "upload-token", "buckets": [hashes] if hashes else []}

    def assets(self, _names: tuple[str, ...], _type: str, _body: bytes) -> Any:
        return {"jwt": "completion-token"}

    def create_database(self, _names: tuple[str, ...], _type: str, body: bytes) -> Any:
        database = D1(json.loads(body)["name"])
        self._account.databases.append(database)
        return {"uuid": database.uuid, "name": database.name}

    def bucket(self, names: tuple[str, ...], _type: str, _body: bytes) -> Any:
        if names[0] not in self._account.buckets:
            raise Refusal(HTTPStatus.NOT_FOUND, NO_SUCH_BUCKET, "The specified bucket does not exist.")
        return {"name": names[0]}

    def create_bucket(self, _names: tuple[str, ...], _type: str, body: bytes) -> Any:
        name = json.loads(body)["name"]
        self._account.buckets.append(name)
        return {"name": name}

    def queues(self, _names: tuple[str, ...], _type: str, _body: bytes) -> Any:
        return [
            {"queue_id": name, "queue_name": name, "consumers": self._account.consumers.get(name, [])}
            for name in self._account.queues
        ]

    def consume(self, names: tuple[str, ...], _type: str, body: bytes) -> Any:
        wanted = json.loads(body)
        consumer = wanted | {"consumer_id": names[0], "script": wanted.get("script_name")}
        self._account.consumers[names[0]] = [consumer]
        return consumer

    def create_queue(self, _names: tuple[str, ...], _type: str, body: bytes) -> Any:
        name = json.loads(body)["queue_name"]
        self._account.queues.append(name)
        return {"queue_id": name, "queue_name": name}

    def database(self, names: tuple[str, ...], _type: str, _body: bytes) -> Any:
        database = self._database(names[0])
        return {"uuid": database.uuid, "name": database.name}

    def query(self, names: tuple[str, ...], _type: str, body: bytes) -> Any:
        asked = json.loads(body)
        rows = self._database(names[0]).run(asked["sql"], asked.get("params") or ())
        return [{"results": rows, "success": True, "meta": {"duration": 0}}]

    def _new_version(self, name: str, content_type: str, body: bytes) -> Version:
        if name in self._account.refused:
            raise Refusal(HTTPStatus.BAD_REQUEST, SCRIPT_FAILED, "Uncaught Error: the script does not start")
        named = parts(content_type, body)
        metadata = json.loads(named.pop("metadata"))
        return self._account.upload(name, metadata, frozenset(named))

    def _script(self, name: str) -> Script:
        if name not in self._account.scripts:
            message = "workers.api.error.service_not_found"
            raise Refusal(HTTPStatus.NOT_FOUND, NO_SUCH_SERVICE, message)
        return self._account.scripts[name]

    def _database(self, name: str) -> D1:
        for database in self._account.databases:
            if name in (database.uuid, database.name):
                return database
        raise Refusal(HTTPStatus.NOT_FOUND, NO_SUCH_DATABASE, f"The database {name} could not be found")


def _version(script: Script, version: Version) -> dict[str, Any]:
    return {
        "id": version.id,
        "number": len(script.versions) - script.versions.index(version),
        "metadata": {
            "created_on": version.created_on,
            "modified_on": version.created_on,
            "source": "wrangler",
            "author_id": "1",
            "author_email": "deploy@example.test",
        },
        "annotations": version.metadata.get("annotations", {}),
        "resources": {
            "bindings": version.metadata["bindings"],
            "script": {"handlers": [], "last_deployed_from": "wrangler"},
            "script_runtime": {"compatibility_date": version.metadata["compatibility_date"]},
        },
    }


def _deployment(deployment: Deployment) -> dict[str, Any]:
    return {
        "id": deployment.id,
        "source": "wrangler",
        "strategy": "percentage",
        "author_email": "deploy@example.test",
        "annotations": {"workers/message": deployment.message},
        "created_on": deployment.created_on,
        "versions": [{"version_id": deployment.version_id, "percentage": 100}],
    }


Operation = Callable[[Api, tuple[str, ...], str, bytes], Any]
_SCRIPT = r"/workers/scripts/([^/]+)"
_OPERATIONS: tuple[tuple[str, Operation], ...] = (
    (r"GET /workers/services/([^/]+)", Api.service),
    (r"GET /workers/workers/([^/]+)", Api.worker),
    (rf"PUT {_SCRIPT}", Api.upload),
    (rf"GET {_SCRIPT}/settings", Api.settings),
    (rf"GET {_SCRIPT}/secrets", Api.secrets),
    (rf"GET {_SCRIPT}/versions", Api.versions),
    (rf"GET {_SCRIPT}/versions/([^/]+)", Api.version),
    (rf"GET {_SCRIPT}/deployments", Api.deployments),
    (rf"POST {_SCRIPT}/deployments", Api.deploy),
    (rf"POST {_SCRIPT}/versions", Api.upload_version),
    (rf"(?:GET|POST) {_SCRIPT}/subdomain", Api.subdomain),
    (rf"PATCH {_SCRIPT}/script-settings", Api.settings),
    (rf"PUT {_SCRIPT}/schedules", Api.schedules),
    (rf"POST {_SCRIPT}/domains/changeset", Api.changed_domains),
    (rf"PUT {_SCRIPT}/domains/records", Api.domains),
    (rf"POST {_SCRIPT}/assets-upload-session", Api.asset_session),
    (r"POST /workers/assets/upload", Api.assets),
    (r"POST /d1/database", Api.create_database),
    (r"GET /d1/database/([^/]+)", Api.database),
    (r"POST /d1/database/([^/]+)/query", Api.query),
    (r"GET /r2/buckets/([^/]+)", Api.bucket),
    (r"POST /r2/buckets", Api.create_bucket),
    (r"GET /queues", Api.queues),
    (r"POST /queues", Api.create_queue),
    (r"POST /queues/([^/]+)/consumers", Api.consume),
    (r"PUT /queues/([^/]+)/consumers/[^/]+", Api.consume),
)
