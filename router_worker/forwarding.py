"""Hands a request to an app and its answer back; bodies stream through both ways, unread.

Each object that passes between the two languages costs a proxy, so headers cross as one JSON text.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import js
from pyodide.ffi import JsException, run_sync

from ganger.http import SAFE_METHODS, Request
from ganger.identity import HEADER as IDENTITY
from ganger.platform import WorkerInfo
from ganger.session import without_session
from router_worker.setup import Setup

OWN_PREFIX = "x-ganger-"


class AppDown(Exception):
    """The app failed or did not answer in time."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What goes along with a forwarded request."""

    app: WorkerInfo
    request_id: str
    identity: str | None


def forward(js_request: Any, request: Request, binding: Any, setup: Setup, delivery: Delivery) -> Any:
    """Return the app's answer as the runtime's response, whose headers may be changed.

    Args:
        request: the same request as a value.
        binding: the app's.
    Raises:
        AppDown: there is no answer; the request is not sent again.
    """
    sent = js.JSON.parse(json.dumps({"headers": headers_for(request.headers, delivery)}))
    brings_body = request.method not in SAFE_METHODS and js_request.body
    # It ends the wait for the answer alone: what has begun by then may last.
    sent.signal = js.AbortSignal.timeout(setup.upload_within_ms if brings_body else setup.answer_within_ms)
    try:
        answer = run_sync(binding.fetch(js_request, sent))
    except JsException as error:
        raise AppDown(delivery.app.id) from error
    # A response that carries a WebSocket cannot be rebuilt; it goes back as it came.
    return answer if answer.status == 101 else js.Response.new(answer.body, answer)


def headers_for(given: Mapping[str, str], delivery: Delivery) -> dict[str, str]:
    """The headers that the app gets: the browser's own without what is the router's to say."""
    headers = {name: value for name, value in given.items() if not name.startswith(OWN_PREFIX)}
    headers["cookie"] = without_session(headers.get("cookie", ""))
    headers["x-request-id"] = delivery.request_id
    headers["x-ganger-router"] = "staff-portal"
    headers["x-ganger-target"] = delivery.app.name
    if delivery.app.mount:
        headers["x-ganger-route"] = delivery.app.mount
    if delivery.identity:
        headers[IDENTITY] = delivery.identity
    return headers
