"""The description of a worker, for the build."""

import json
from pathlib import Path

from ganger.reference import PATH
from tools.build.catalogue import worker_info
from tools.build.environments import Environment
from tools.build.errors import BuildError
from tools.openapi.document import openapi_document
from tools.openapi.reading import OpenApiProblem
from tools.registry import Kind, Registry, Worker
from tools.routes import routes_of


def described(root: Path, registry: Registry, worker: Worker, environment: Environment) -> str | None:
    """The description of a worker's API as JSON; None of a worker that shows none.

    Raises:
        BuildError: the worker cannot be imported, or a handler cannot be described.
    """
    if worker.kind is not Kind.STAFF or not worker.in_service:
        return None
    try:
        routes = routes_of(root, registry, worker, environment.name)
        if not any(route.path == PATH for route in routes):
            return None
        document = openapi_document(worker_info(worker, environment), routes)
    except (ImportError, SyntaxError, OpenApiProblem) as error:
        raise BuildError(f"The API cannot be described: {error}") from error
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
