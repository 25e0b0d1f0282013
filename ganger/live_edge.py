"""The topics of a worker as the runtime reaches them: one Durable Object each, by name."""

import asyncio
import json
import secrets
import time
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

import js
from pyodide.ffi import JsException, to_js
from workers import import_from_javascript

from ganger.errors import Unavailable
from ganger.http import Response
from ganger.identity import Person
from ganger.live_rules import GUEST_HEADER, SEEN_HEADER, Change, Guest, Seen
from ganger.log import log

_ANSWERS_WITHIN_S = 5.0
_SOMEWHERE = "https://topic/"  # a Durable Object is found by its binding, and the address is its own


class BoundLive:
    """The LIVE binding of a worker."""

    def __init__(self, topics: Any, lasts_s: int) -> None:
        self._topics = topics
        self._lasts_ms = lasts_s * 1000

    async def connect(self, topic: str, person: Person, seen: Seen) -> Response:
        """See `Live`."""
        now_ms = int(time.time() * 1000)
        guest = Guest(secrets.token_hex(8), person.id, person.name, now_ms, now_ms + self._lasts_ms)
        headers = {"upgrade": "websocket", GUEST_HEADER: guest.text(), SEEN_HEADER: json.dumps(asdict(seen))}
        request = js.Request.new(_SOMEWHERE, headers=js.Headers.new(to_js(list(headers.items()))))
        try:
            async with asyncio.timeout(_ANSWERS_WITHIN_S):
                answer = await self._topics.getByName(topic).fetch(request)
        except (JsException, TimeoutError) as error:
            raise Unavailable("Live updates are away.") from error
        return Response(status=HTTPStatus.SWITCHING_PROTOCOLS, upgrade=answer)

    def publish(self, topic: str, change: Change) -> None:
        """See `Live`."""
        telling = asyncio.ensure_future(self._publish(topic, change))
        import_from_javascript("cloudflare:workers").waitUntil(telling)

    async def _publish(self, topic: str, change: Change) -> None:
        try:
            await self._topics.getByName(topic).publish(change.text())
        except JsException:
            log("error", "not published", code=topic)
