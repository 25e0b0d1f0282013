"""Working through messages of the queue: claim a step, make its file, keep it, and tell.

A message may come twice, and whoever works on it may vanish at any line. So a step is claimed by its version,
what it makes has its place from the start, and a step that hangs is sent again by `sweeping`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from ganger.alerts import notify_superadmins
from ganger.context import Services
from ganger.contracts.heavy import GIVEN_UP, Job, JobState, job_topic
from ganger.db import DatabaseError, ExpectationFailed, Statement
from ganger.errors import AppError, Unavailable
from ganger.live_rules import Change
from ganger.log import log, log_exception
from ganger.objects import Objects
from service_workers.heavy import store
from service_workers.heavy.errors import UnknownKind
from service_workers.heavy.models import Made, Step, Work

MAX_ATTEMPTS = 5
_FIRST_WAIT_S = 10


@dataclass(frozen=True, slots=True)
class Message:
    """What the queue carries: which step is to be done."""

    job_id: str
    position: int

    def text(self) -> str:
        """The message as text; `read_message` is the inverse."""
        return f"{self.job_id}/{self.position}"


def read_message(text: str) -> Message:
    """The message of a text."""
    job_id, _, position = text.partition("/")
    return Message(job_id, int(position))


def wait_after(attempts: int) -> int:
    """Seconds until a step is tried again: 10, 40, 160, 640."""
    return int(_FIRST_WAIT_S * 4 ** max(0, attempts - 1))


class Worker:
    """Does steps with what the runtime lends it."""

    def __init__(self, services: Services, kinds: Mapping[str, Work]) -> None:
        self._services = services
        self._kinds = kinds

    async def work(self, message: Message) -> int | None:
        """Do the step of a message.

        Returns:
            Seconds after which the message should come again; None when it is settled.
        """
        step = await store.step(self._services.db, message.job_id, message.position)
        if step is None or step.state is not JobState.QUEUED:
            return None
        now = self._services.clock()
        if not await self._changes(store.claimed(step, now)):
            return None
        step = step.model_copy(update={"version": step.version + 1, "attempts": step.attempts + 1})
        try:
            await self._keep(step, self._make(step))
        except ExpectationFailed:
            return None  # it took so long that it was given to somebody else
        except AppError as error:
            if not isinstance(error, Unavailable):
                await self._fail(step, error.code)
                return None
            return await self._later(step, error.code)
        except Exception as error:  # noqa: BLE001 - whatever it is, the step is tried again
            log_exception(error, request_id=step.job_id)
            return await self._later(step, type(error).__name__)
        await self._tell(step.job_id)
        return None

    async def bury(self, message: Message) -> None:
        """Give up the step of a message that came back as often as any."""
        step = await store.step(self._services.db, message.job_id, message.position)
        if step is not None and not step.state.has_ended:
            await self.give_up(step)

    async def give_up(self, step: Step) -> None:
        """Let a step fail that nobody could do, and have superadmins told."""
        alert = notify_superadmins(self._services.clock(), _alert(step))
        if not await self._fail(step, GIVEN_UP, alert):
            return
        log(
            "error",
            "job failed",
            code=GIVEN_UP,
            type=step.kind,
            attempts=step.attempts,
            request_id=step.job_id,
        )

    def _make(self, step: Step) -> Made:
        work = self._kinds.get(step.kind)
        if work is None:
            raise UnknownKind("Nothing of this kind is done here.")
        return work.make(json.loads(step.params_json or "null"))

    async def _keep(self, step: Step, made: Made) -> None:
        """Write the row of the file, then the file, then that the step is done."""
        at, db = self._services.clock(), self._services.db
        await db.batch([store.file_known(step, made, sha256(made.content).hexdigest(), at)])
        await self._objects.put(step.object_key, made.content, made.media_type)
        await db.batch(store.finished(step, made, at))

    async def _later(self, step: Step, code: str) -> int | None:
        if not await self._changes(store.released(step, code, self._services.clock())):
            return None
        log("warning", "step failed for now", code=code, type=step.kind, attempts=step.attempts,
            request_id=step.job_id)  # fmt: skip
        return wait_after(step.attempts)

    async def _fail(self, step: Step, code: str, *more: Statement) -> bool:
        is_first = await self._changes([*store.failed(step, code, self._services.clock()), *more])
        if is_first:
            await self._tell(step.job_id)
        return is_first

    async def _changes(self, statements: list[Statement]) -> bool:
        """Whether a change was the first to come; the later one has nothing left to do."""
        try:
            await self._services.db.batch(statements)
        except ExpectationFailed:
            return False
        return True

    async def _tell(self, job_id: str) -> None:
        """Tell those who watch the job; nothing depends on it."""
        try:
            job = await store.progress(self._services.db, job_id)
        except DatabaseError:
            return
        if job is not None:
            self._services.topics.publish(job_topic(job_id), change_of(job))

    @property
    def _objects(self) -> Objects:
        if self._services.objects is None:
            raise Unavailable("This worker keeps no files.")
        return self._services.objects


def change_of(job: Job) -> Change:
    """How a job stands, for those who watch it."""
    values: dict[str, int | str] = {
        "state": job.state.value,
        "done": job.done,
        "failed": job.failed,
        "total": job.total,
    }
    return Change(f"job.{job.id}", job.version, values)


def _alert(step: Step) -> str:
    return f"Background work of {step.app} failed: {step.kind} ({GIVEN_UP})"
