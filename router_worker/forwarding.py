"""Hands a request to an app and its answer back; bodies stream through both ways, unread."""

from dataclasses import dataclass
from typing import Any

import js
from pyodide.ffi import JsException

from ganger.identity import HEADER as IDENTITY
from ganger.platform import WorkerInfo
from ganger.session import without_session

OWN_PREFIX = "x-ganger-"


class AppDown(Exception):
    """The app failed or did not answer in time."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What goes along with a forwarded request."""

    app: WorkerInfo
    request_id: str
    identity: str | None


async def forward(js_request: Any, env: Any, delivery: Delivery) -> Any:
    """Return the app's answer as the runtime's response, whose headers may be changed.

    Raises:
        AppDown: there is no answer; the request is not sent again.
    """
    stop = js.AbortController.new()
    limit_ms = env.UPLOAD_WITHIN_MS if js_request.body else env.ANSWER_WITHIN_MS
    timer = js.setTimeout(stop.abort.bind(stop), limit_ms)
    sent = js.Request.new(js_request, headers=_headers(js_request, delivery), signal=stop.signal)
    try:
        answer = await getattr(env, delivery.app.binding).fetch(sent)
    except JsException as error:
        raise AppDown(delivery.app.id) from error
    finally:
        js.clearTimeout(timer)
    # A response that carries a WebSocket cannot be rebuilt; it goes back as it came.
    return answer if answer.status == 101 else js.Response.new(answer.body, answer)


def _headers(js_request: Any, delivery: Delivery) -> Any:
    headers = js.Headers.new(js_request.headers)
    # One call brings all names; nearly always there is nothing of ours among them.
    names = js.Array.from_(headers.keys()).join(" ")
    if OWN_PREFIX in names:
        for name in names.split():
            if name.startswith(OWN_PREFIX):
                headers.delete(name)
    headers.set("cookie", without_session(headers.get("cookie") or ""))
    headers.set("x-request-id", delivery.request_id)
    headers.set("x-ganger-router", "staff-portal")
    headers.set("x-ganger-target", delivery.app.name)
    if delivery.app.mount:
        headers.set("x-ganger-route", delivery.app.mount)
    if delivery.identity:
        headers.set(IDENTITY, delivery.identity)
    return headers
