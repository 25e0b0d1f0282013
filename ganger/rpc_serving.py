"""The side that is called: a table of methods with their handlers, and the one way through them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from ganger.audit import Actor
from ganger.context import Services
from ganger.db import Database
from ganger.errors import AppError
from ganger.log import log, log_exception
from ganger.rpc import (
    DEADLINE_EXCEEDED,
    INTERNAL_ERROR,
    MALFORMED,
    A,
    Deadline,
    Frame,
    Malformed,
    Message,
    Method,
    R,
    Refusal,
    answer_text,
    read_frame,
)


@dataclass(frozen=True, slots=True)
class Call:
    """One call on its way through one handler: which app asks, for whom, and until when it waits."""

    app: str
    actor: Actor
    deadline: Deadline
    services: Services

    @property
    def db(self) -> Database:
        """The platform's database."""
        return self.services.db

    async def call(self, method: Method[A, R], asked: A) -> R | Refusal:
        """Call on, within what is left of this call's own time."""
        deadline = self.deadline.shortened(method.within_s)
        return await self.services.reached.call(method, asked, self.actor, deadline)


@dataclass(frozen=True, slots=True)
class Served:
    """A method and what carries it out."""

    name: str
    run: Callable[[Call, object], Awaitable[Message]]


def serve(method: Method[A, R], handler: Callable[[Call, A], Awaitable[R]]) -> Served:
    """Carry a method out by this handler. It refuses by raising an AppError; only code and details cross."""

    async def run(call: Call, value: object) -> R:
        return await handler(call, method.asks.checked(value))

    return Served(method.name, run)


async def answer(methods: Sequence[Served], name: str, text: str, services: Services) -> str:
    """The answer to a frame as text, whatever becomes of it.

    A call whose time is over is not begun; one whose time ends is given up, and what it wrote by then stays.
    """
    try:
        frame = read_frame(text)
    except Malformed:
        return answer_text(Refusal(MALFORMED))
    return answer_text(await _answer(methods, name, frame, services))


async def _answer(
    methods: Sequence[Served], name: str, frame: Frame, services: Services
) -> Message | Refusal:
    served = next((each for each in methods if each.name == name), None)
    if served is None:
        return Refusal(MALFORMED)
    if frame.left_ms <= 0:
        return Refusal(DEADLINE_EXCEEDED)
    actor = Actor(frame.user_id, frame.request_id, frame.ip_address, services.clock())
    call = Call(frame.app, actor, Deadline.within(frame.left_ms / 1000), services)
    try:
        async with asyncio.timeout(call.deadline.left_s):
            return await served.run(call, frame.asked)
    except TimeoutError:
        log("warning", "call given up", code=name, app=frame.app, request_id=frame.request_id)
        return Refusal(DEADLINE_EXCEEDED)
    except AppError as error:
        return Refusal(error.code, error.details)
    except Exception as error:  # noqa: BLE001 - its text would cross the binding, so nothing is raised
        log_exception(error, frame.request_id)
        return Refusal(INTERNAL_ERROR)
