"""The description of a worker, for the build."""

import json
import subprocess
import sys
from pathlib import Path

from ganger.reference import PATH
from tools.build.catalogue import worker_info
from tools.build.environments import Environment
from tools.build.errors import BuildError
from tools.openapi.document import openapi_document
from tools.openapi.reading import OpenApiProblem
from tools.registry import Kind, Registry, Worker
from tools.routes import routes_of

_ADDED = "reference_routes("  # how an app adds the routes that show its description


def described_apart(root: Path, worker: Worker, environment: Environment) -> str | None:
    """The same as `described`, by a process of its own.

    A build that goes on running, as that of `ganger dev`, knows the library only as it was when it began.
    """
    sources = (root / worker.package.replace(".", "/")).rglob("*.py")
    if not any(_ADDED in path.read_text() for path in sources):
        return None
    command = [sys.executable, "-m", "tools.openapi", worker.id, environment.name]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    if done.returncode:
        raise BuildError(done.stderr.strip().rpartition("\n")[2])
    return done.stdout or None


def described(root: Path, registry: Registry, worker: Worker, environment: Environment) -> str | None:
    """The description of a worker's API as JSON; None of a worker that shows none.

    On a developer's machine, one that cannot be imported has none either: it does not start, and the runtime
    says why and where.

    Raises:
        BuildError: the worker cannot be imported, or a handler cannot be described.
    """
    if worker.kind is not Kind.STAFF or not worker.in_service:
        return None
    try:
        routes = routes_of(root, registry, worker, environment.name)
    except Exception as error:  # whatever a source does when it is imported
        if environment.is_local:
            return None
        raise BuildError(f"The API cannot be described: {type(error).__name__}: {error}") from error
    if not any(route.path == PATH for route in routes):
        return None
    try:
        document = openapi_document(worker_info(worker, environment), routes)
    except OpenApiProblem as error:
        raise BuildError(f"The API cannot be described: {error}") from error
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
