"""Cloudflare Queues: where steps wait, and where those end up that nobody could do."""

import asyncio
from collections.abc import Sequence
from typing import Any

import js
from pyodide.ffi import JsException, to_js

from ganger.edge import environment, services
from ganger.jobs import Run
from ganger.log import log, log_exception
from service_workers.heavy.sweeping import sweep
from service_workers.heavy.worker_kinds import bundled_kinds
from service_workers.heavy.working import Message, Worker, read_message, wait_after

DEAD_LETTERS = "ganger-heavy-dead"  # as its name begins; an environment's suffix may follow
_AT_ONCE = 100  # that the runtime sends
_SENDS_WITHIN_S = 2.0  # whoever asks waits for it; what was not sent is sent by the next sweep


class BoundQueue:
    """The QUEUE binding of this worker."""

    def __init__(self, binding: Any) -> None:
        self._binding = binding

    async def send(self, messages: Sequence[Message]) -> None:
        """See `submitting.Queue`."""
        for start in range(0, len(messages), _AT_ONCE):
            sent = [
                {"body": each.text(), "contentType": "text"} for each in messages[start : start + _AT_ONCE]
            ]
            try:
                async with asyncio.timeout(_SENDS_WITHIN_S):
                    await self._binding.sendBatch(to_js(sent, dict_converter=js.Object.fromEntries))
            except (JsException, TimeoutError):
                log("error", "queue away", count=len(messages) - start)
                return


def bound_queue() -> BoundQueue:
    """This worker's queue; known only while a request runs."""
    return BoundQueue(environment().QUEUE)


async def sweep_queue(run: Run) -> None:
    """See `sweeping.sweep`."""
    await sweep(run, Worker(run.services, bundled_kinds()), bound_queue())


async def receive(batch: Any) -> None:
    """Do what each message asks, one after the other; each is settled for itself."""
    worker = Worker(services(environment()), bundled_kinds())
    is_dead = str(batch.queue).startswith(DEAD_LETTERS)
    for message in batch.messages:
        try:
            asked = read_message(str(message.body))
            again_in_s = await (worker.bury(asked) if is_dead else worker.work(asked))
        except Exception as error:  # noqa: BLE001 - the database may be away; the message stays
            log_exception(error, request_id="queue")
            again_in_s = wait_after(int(message.attempts))
        if again_in_s is None:
            message.ack()
        else:
            message.retry(to_js({"delaySeconds": again_in_s}, dict_converter=js.Object.fromEntries))
