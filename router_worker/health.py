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
_FIGURES = ("database", "cache")  # of what a health page says
_HUBS = "hubs"  # a worker is found by its binding, and the host is its own


def shallow(apps: Sequence[WorkerInfo], environment: str, now: datetime) -> Response:
    """Say that the router itself answers."""
    return json_response(_report("healthy", apps, environment, now))


async def deep(apps: Sequence[WorkerInfo], environment: str, now: datetime, env: Any) -> Response:
    """Ask every app in parallel; 503 when one of those in service does not say that it is healthy.

    Outside services are told of too; that one of them is away makes no worker of ours unhealthy. So are the
    figures that apps give of their database and their cache.
    """
    asked = asyncio.gather(*(_told(app, env) for app in apps))
    providers, told = await asyncio.gather(_providers(env), asked)
    states = {app.id: state for app, (state, _) in zip(apps, told, strict=True)}
    is_healthy = all(states[app.id] == "healthy" for app in apps if app.in_service)
    report = _report("healthy" if is_healthy else "degraded", apps, environment, now)
    report["workers"] = states
    report["figures"] = {app.id: figures for app, (_, figures) in zip(apps, told, strict=True) if figures}
    report["providers"] = providers
    return json_response(report, HTTPStatus.OK if is_healthy else HTTPStatus.SERVICE_UNAVAILABLE)


async def ask(app: WorkerInfo, env: Any) -> Any:
    """Return the answer of the app's own health page.

    Raises:
        JsException: it did not answer.
    """
    mount = (app.mount or "").rstrip("/")
    url = f"https://{app.name}{mount}/health"
    return await getattr(env, app.binding).fetch(url, signal=js.AbortSignal.timeout(ANSWER_WITHIN_MS))


async def _told(app: WorkerInfo, env: Any) -> tuple[str, dict[str, object]]:
    """How an app is, and the figures that it gives."""
    try:
        answer = await ask(app, env)
        text = await answer.text()
    except JsException:
        return "down", {}
    return "healthy" if answer.status == HTTPStatus.OK else "unhealthy", _figures(text)


def _figures(text: str) -> dict[str, object]:
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return {name: said[name] for name in _FIGURES if name in said} if isinstance(said, dict) else {}


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
