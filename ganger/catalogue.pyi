# Written into every bundle by `ganger build`; it has no source file here, so only the modules at
# the edge of a worker, which run nowhere else, can import it.

from collections.abc import Mapping

from ganger.platform import WorkerInfo

ENVIRONMENT: str  # development, staging or production
STAFF_HOST: str  # hostname of the staff portal in that environment
WORKER: WorkerInfo  # the worker that this bundle is
APPS: tuple[WorkerInfo, ...]  # the staff apps in navigation order
SERVICES: tuple[WorkerInfo, ...]  # reached by binding only
SECRETS: tuple[str, ...]  # names of the secrets that this worker holds
ASSETS: Mapping[str, str]  # name of a static file -> its hashed URL path
