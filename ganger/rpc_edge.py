"""The services behind a worker's bindings."""

import asyncio
from typing import Any

from pyodide.ffi import JsException

from ganger.audit import Actor
from ganger.log import log
from ganger.rpc import (
    DEADLINE_EXCEEDED,
    UNAVAILABLE,
    A,
    Deadline,
    Method,
    R,
    Refusal,
    frame_of,
    read_answer,
)


class BoundRemotes:
    """The service bindings of a worker, each named as `Service.binding` says."""

    def __init__(self, bindings: Any, app: str) -> None:
        """`app` is the worker's own id, which goes along with its calls."""
        self._bindings = bindings
        self._app = app

    async def call(self, method: Method[A, R], asked: A, actor: Actor, deadline: Deadline) -> R | Refusal:
        """See `Remotes`."""
        answer = await self._ask(method, asked, actor, deadline)
        if isinstance(answer, Refusal) and answer.is_passing:
            place = f"{method.service.binding}.{method.name}"
            log("warning", "call not answered", code=answer.code, stage=place, request_id=actor.request_id)
        return answer

    async def _ask(self, method: Method[A, R], asked: A, actor: Actor, deadline: Deadline) -> R | Refusal:
        frame = frame_of(asked, self._app, actor, deadline)
        if frame.left_ms <= 0:
            return Refusal(DEADLINE_EXCEEDED)
        try:
            async with asyncio.timeout(deadline.left_s):
                text: str = await getattr(self._bindings, method.service.binding).rpc(
                    method.name, frame.text()
                )
        except TimeoutError:
            return Refusal(DEADLINE_EXCEEDED)
        except (JsException, AttributeError):
            return Refusal(UNAVAILABLE)
        return read_answer(method, text)
