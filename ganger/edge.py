"""Where the runtime meets the kernel: the entrypoint of every worker that serves an application."""

import secrets
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import compiled_templates
from jinja2 import ModuleLoader
from workers import WorkerEntrypoint, import_from_javascript

from ganger import catalogue, configuration
from ganger.addresses import VARIABLE as ADMIN_ADDRESSES
from ganger.addresses import AllowList, administrators, is_readable
from ganger.app import Application
from ganger.assets_edge import BoundAssets
from ganger.cache_edge import bound_cache
from ganger.clock import system_clock
from ganger.context import Services
from ganger.d1 import D1Database, ask_together
from ganger.db_figures import FIGURES, TimedDatabase
from ganger.errors import AppError
from ganger.headers import PATIENT_HEADERS, STAFF_HEADERS
from ganger.hosts import refuse_absurd_headers, refuse_foreign_host
from ganger.http import Request
from ganger.identity import HEADER, Person, person_from_header
from ganger.jobs import Job, run_jobs
from ganger.limits import BoundLimiter
from ganger.live_edge import BoundLive
from ganger.log import log
from ganger.pages import Pages
from ganger.r2 import R2Objects
from ganger.ratelimit import bindings_of
from ganger.routing import Route
from ganger.rpc_edge import BoundRemotes
from ganger.tokens import KeyRing
from ganger.wire import read_request, write_response

# No router stands before a patient worker, so there anyone may send the router's headers.
_IS_BEHIND_ROUTER = catalogue.WORKER.kind != "patient"


def application(routes: Iterable[Route]) -> Application:
    """The application of the worker that this bundle is; patients see nothing of the staff apps."""
    loader = ModuleLoader(str(Path(compiled_templates.__file__).parent))
    pages = Pages(loader, catalogue.APPS if _IS_BEHIND_ROUTER else (), catalogue.ASSETS)
    headers = STAFF_HEADERS if _IS_BEHIND_ROUTER else PATIENT_HEADERS
    return Application(catalogue.WORKER, routes, pages, headers)


class ApplicationEntrypoint(WorkerEntrypoint):
    """A worker that answers HTTP with an application."""

    application: ClassVar[Application]
    jobs: ClassVar[tuple[Job, ...]] = ()

    async def fetch(self, sdk_request: Any) -> Any:
        """Answer one request of the runtime."""
        ask_together()
        request = read_request(sdk_request.js_object)
        request_id = (
            request.headers.get("x-request-id") if _IS_BEHIND_ROUTER else None
        ) or secrets.token_hex(16)
        lent = _own_services()
        refusal = _refusal(request)
        if refusal is not None:
            return write_response(self.application.refused(request, request_id, lent, refusal))
        person = _person(request) if _IS_BEHIND_ROUTER and not lacking() else None
        return write_response(await self.application.respond(request, request_id, person, lent))

    async def scheduled(self, controller: Any, _env: Any, _ctx: Any) -> None:
        """Run the jobs that are due when a cron fires."""
        at = datetime.fromtimestamp(controller.scheduledTime / 1000, UTC)
        await run_jobs(self.jobs, _own_services(), at)


@cache
def environment() -> Any:
    """The worker's bindings, as the runtime holds them; those of a running worker do not change."""
    return import_from_javascript("cloudflare:workers").env


def services(bindings: Any) -> Services:
    """The services behind the bindings that this worker has."""
    database = getattr(bindings, "DB", None)
    files = getattr(bindings, "FILES", None)
    assets = getattr(bindings, "ASSETS", None)
    return Services(
        system_clock,
        TimedDatabase(D1Database(database), FIGURES) if database else None,
        BoundLimiter(bindings),
        _administrators(bindings),
        _live(bindings, "LIVE"),
        R2Objects(files) if files else None,
        bound_cache(catalogue.ENVIRONMENT, catalogue.WORKER.name) if database else None,
        BoundAssets(assets) if assets else None,
        BoundRemotes(bindings, catalogue.WORKER.id),
        _live(bindings, "HEAVY_LIVE"),
        getattr(bindings, "SITE_ORIGIN", None),
        FIGURES if database else None,
    )


@cache
def _own_services() -> Services:
    return services(environment())


@cache
def lacking() -> tuple[str, ...]:
    """Names of what this worker lacks; a running worker's bindings do not change."""
    bindings = environment()
    names = configuration.missing(
        catalogue.ENVIRONMENT,
        catalogue.SECRETS,
        bindings_of(catalogue.WORKER.kind),
        lambda name: getattr(bindings, name, None),
    )
    if not is_readable(_admin_addresses(bindings)):
        names = (*names, ADMIN_ADDRESSES)
    for name in names:
        log("error", "not configured", code=name)
    return names


def _refusal(request: Request) -> AppError | None:
    """Why nothing of this request is looked at."""
    worker = catalogue.WORKER
    if worker.host:
        try:
            refuse_foreign_host(request.host, worker.host, catalogue.ENVIRONMENT, worker.name)
            refuse_absurd_headers(request.headers)
        except AppError as refusal:
            return refusal
    is_health = request.path == (worker.mount or "").rstrip("/") + "/health"
    return configuration.not_configured(lacking()) if lacking() and not is_health else None


def _live(bindings: Any, name: str) -> BoundLive | None:
    topics = getattr(bindings, name, None)
    return BoundLive(topics, int(bindings.LIVE_LASTS_S)) if topics else None


def _administrators(bindings: Any) -> AllowList | None:
    text = _admin_addresses(bindings)
    if not text and catalogue.ENVIRONMENT == configuration.DEVELOPMENT:
        return None
    return administrators(text)


def _admin_addresses(bindings: Any) -> str:
    text: str = getattr(bindings, ADMIN_ADDRESSES, "")
    return text


def _person(request: Request) -> Person | None:
    value = request.headers.get(HEADER)
    if value is None:
        return None
    return person_from_header(
        KeyRing.parse(environment().IDENTITY_KEYS), value, catalogue.WORKER.name, time.time()
    )
