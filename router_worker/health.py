"""The router's own health, and that of everything behind it."""

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

import js
from pyodide.ffi import JsException

from ganger.clock import iso_utc
from ganger.http import Response, json_response
from ganger.platform import WorkerInfo

ANSWER_WITHIN_MS = 5_000
_HUBS = "hubs"  # a worker is found by its binding, and the host is its own


def shallow(apps: Sequence[WorkerInfo], environment: str, now: datetime) -> Response:
    """Say that the router itself answers."""
    return json_response(_report("healthy", apps, environment, now))


async def deep(apps: Sequence[WorkerInfo], environment: str, now: datetime, env: Any) -> Response:
    """Ask every app in parallel; 503 when one of those in service does not say that it is healthy.

    Outside services are told of too; that one of them is away makes no worker of ours unhealthy.
    """
    providers, *states = await asyncio.gather(_providers(env), *(_state(app, env) for app in apps))
    is_healthy = all(state == "healthy" for app, state in zip(apps, states, strict=True) if app.in_service)
    report = _report("healthy" if is_healthy else "degraded", apps, environment, now)
    report["workers"] = {app.id: state for app, state in zip(apps, states, strict=True)}
    report["providers"] = providers
    return json_response(report, HTTPStatus.OK if is_healthy else HTTPStatus.SERVICE_UNAVAILABLE)


async def ask(app: WorkerInfo, env: Any) -> int:
    """Return the status of the app's own health page.

    Raises:
        JsException: it did not answer.
    """
    mount = (app.mount or "").rstrip("/")
    url = f"https://{app.name}{mount}/health"
    answer = await getattr(env, app.binding).fetch(url, signal=js.AbortSignal.timeout(ANSWER_WITHIN_MS))
    status: int = answer.status
    return status


async def _state(app: WorkerInfo, env: Any) -> str:
    try:
        status = await ask(app, env)
    except JsException:
        return "down"
    return "healthy" if status == HTTPStatus.OK else "unhealthy"


async def _providers(env: Any) -> object:
    """The state of each outside service as the hubs see it; nothing when they do not answer."""
    url = f"https://{_HUBS}/health/providers"
    try:
        answer = await env.HUBS.fetch(url, signal=js.AbortSignal.timeout(ANSWER_WITHIN_MS))
        return json.loads(await answer.text())["providers"] if answer.ok else {}
    except (JsException, ValueError, KeyError):
        return {}


def _report(status: str, apps: Sequence[WorkerInfo], environment: str, now: datetime) -> dict[str, object]:
    return {
        "status": status,
        "router": "staff-portal",
        "timestamp": iso_utc(now),
        "totalRoutes": len(apps),
        "environment": environment,
    }
