"""The staff portal's router: finds the app, says who asks, hands the request on.

It is one global function and no coroutine: while it waits for another worker its stack is put aside, and
other requests go on. That costs less than a class or a task of the event loop (decisions 0003 and 0018).
"""

import asyncio
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from hmac import compare_digest
from typing import Any

from pyodide.ffi import JsException, run_sync

from ganger.catalogue import APPS, ENVIRONMENT, SERVICES, STAFF_HOST, WORKER
from ganger.errors import AppError, InternalError, error_envelope
from ganger.hosts import refuse_absurd_headers, refuse_foreign_host
from ganger.http import Request, Response, json_response, wants_json
from ganger.identity import identity_header
from ganger.log import log, log_exception
from ganger.platform import WorkerInfo
from ganger.session import COOKIE
from ganger.tokens import KeyRing
from ganger.wire import read_request, write_response
from router_worker import answers, health
from router_worker.forwarding import AppDown, Delivery, forward
from router_worker.gate import Visitor, identify
from router_worker.mounts import app_for, by_mount_length
from router_worker.setup import setup_of
from router_worker.stages import Stages
from router_worker.warmup import is_warm_up

__all__ = ["on_fetch", "on_scheduled"]

_APPS = by_mount_length(APPS)
_AUTH = next(service for service in SERVICES if service.id == "auth")
_HUBS = next(service for service in SERVICES if service.id == "hubs")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request on its way through the router."""

    js_request: Any
    request: Request
    env: Any
    request_id: str
    stages: Stages


def on_fetch(js_request: Any, env: Any, _ctx: Any) -> Any:
    """Answer one request to the staff host."""
    request_id = secrets.token_hex(16)
    visit = Visit(js_request, read_request(js_request), env, request_id, Stages(request_id))
    try:
        return _answer(visit)
    except AppError as refusal:
        return _own(visit, _enveloped(visit, refusal))
    except Exception as error:  # noqa: BLE001 - a defect of the router's own still gets the envelope
        log_exception(error, request_id)
        return _own(visit, _enveloped(visit, InternalError("Something went wrong on our side.")))


async def on_scheduled(controller: Any, env: Any, _ctx: Any) -> None:
    """Wake the busiest workers, if this cron is the one that fits the clinic's clock."""
    if is_warm_up(datetime.fromtimestamp(controller.scheduledTime / 1000, UTC)):
        await asyncio.gather(*(_wake(app, env) for app in APPS if app.busy))


def _answer(visit: Visit) -> Any:
    path = visit.request.path
    refuse_foreign_host(visit.request.host, STAFF_HOST, ENVIRONMENT, WORKER.name)
    refuse_absurd_headers(visit.request.headers)
    if path == "/health":
        return _own(visit, health.shallow(APPS, ENVIRONMENT, _now()))
    setup = setup_of(visit.env)
    if path.startswith("/hooks/"):
        # From outside services, which sign what they send and are nobody's browser.
        return _forwarded(visit, _HUBS, Visitor())
    visitor = identify(visit.request, visit.env, setup.session_keys, time.time())
    visit.stages.end("identify")
    if path == "/health/deep" and (visitor.person or _is_monitor(visit)):
        return _own(visit, run_sync(health.deep(APPS, ENVIRONMENT, _now(), visit.env)))
    is_auth = path == "/auth" or path.startswith("/auth/")
    app = _AUTH if is_auth else app_for(_APPS, path)
    if not visitor.is_known:
        return _own(visit, _unavailable(visit, _AUTH))
    if visitor.person is None and not is_auth:
        return _own(visit, _refusal(visit), visitor.set_cookie)
    return _forwarded(visit, app, visitor)


def _forwarded(visit: Visit, app: WorkerInfo, visitor: Visitor) -> Any:
    setup = setup_of(visit.env)
    delivery = Delivery(app, visit.request_id, _identity(setup.identity_keys, app, visitor))
    visit.stages.end("sign")
    try:
        answer = forward(visit.js_request, visit.request, getattr(visit.env, app.binding), setup, delivery)
    except AppDown:
        visit.stages.end_app()
        log("error", "app down", app=app.id, request_id=visit.request_id)
        return _own(visit, _unavailable(visit, app), visitor.set_cookie)
    visit.stages.end_app()
    if answer.status == 101:
        return answer
    headers, own_ms = answer.headers, visit.stages.finish()
    headers.set("x-request-id", visit.request_id)
    headers.set("x-ganger-router-time", f"{own_ms:.0f}ms")
    headers.set("x-ganger-route-target", app.title)
    headers.append("server-timing", f"router;dur={own_ms:.1f}, app;dur={visit.stages.app_ms:.1f}")
    # What identity says of the session at sign-in and sign-out is newer than what the cookie said.
    if visitor.set_cookie and not (app is _AUTH and _sets_session(headers)):
        headers.append("set-cookie", visitor.set_cookie)
    return answer


def _sets_session(headers: Any) -> bool:
    return f"{COOKIE}=" in (headers.get("set-cookie") or "")


def _identity(keys: KeyRing, app: WorkerInfo, visitor: Visitor) -> str | None:
    return identity_header(keys, visitor.person, app.name, time.time()) if visitor.person else None


def _enveloped(visit: Visit, error: AppError) -> Response:
    return json_response(error_envelope(error, visit.request_id, _now()), error.status)


def _own(visit: Visit, response: Response, set_cookie: str | None = None) -> Any:
    """An answer of the router's own as the runtime's response."""
    done = answers.finished(response, visit.request_id, visit.stages.finish(), set_cookie)
    return write_response(done)


def _refusal(visit: Visit) -> Response:
    if wants_json(visit.request):
        return answers.unauthenticated(visit.request_id, _now())
    return answers.sign_in_first(visit.request)


def _unavailable(visit: Visit, app: WorkerInfo) -> Response:
    if wants_json(visit.request):
        return answers.unavailable_envelope(app, visit.request_id, _now())
    return answers.unavailable_page(app, APPS, visit.request, visit.request_id, secrets.token_urlsafe(16))


def _is_monitor(visit: Visit) -> bool:
    token: str = getattr(visit.env, "MONITOR_TOKEN", "")
    given = visit.request.headers.get("authorization", "").removeprefix("Bearer ")
    return bool(token) and compare_digest(given.encode(), token.encode())


async def _wake(app: WorkerInfo, env: Any) -> None:
    try:
        await health.ask(app, env)
    except JsException:
        log("warning", "not woken", app=app.id)


def _now() -> datetime:
    return datetime.now(UTC)
