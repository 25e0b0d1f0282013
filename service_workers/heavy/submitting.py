"""What apps ask: take a job on, and say how it stands."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Protocol

from ganger.audit import Actor
from ganger.contracts.heavy import MAX_STEP_BYTES, Job, JobQuestion, Submission
from ganger.db import ConstraintFailed, Database
from ganger.errors import ValidationFailed
from ganger.ids import new_id
from ganger.rpc_serving import Call
from service_workers.heavy import store
from service_workers.heavy.errors import KeyReused, NoSuchJob, UnknownKind
from service_workers.heavy.models import Work
from service_workers.heavy.working import Message


class Queue(Protocol):
    """Where messages wait for a worker."""

    async def send(self, messages: Sequence[Message]) -> None:
        """Send them; what is not sent, because the queue is away, is sent by the next sweep."""
        ...


async def submit(call: Call, asked: Submission, queue: Queue, kinds: Mapping[str, Work]) -> Job:
    """Take a job on, or find the one that stands for its key.

    Raises:
        UnknownKind: nothing of this kind is done here.
        ValidationFailed: params of a step are wrong.
        KeyReused: the key stands for a job that was asked for otherwise.
    """
    work = kinds.get(asked.kind)
    if work is None:
        raise UnknownKind("Nothing of this kind is done here.", kinds=sorted(kinds))
    for params in asked.steps:
        if len(json.dumps(params)) > MAX_STEP_BYTES:
            raise ValidationFailed({"steps": f"must have at most {MAX_STEP_BYTES:,} bytes each"})
        work.check(params)
    digest = sha256(json.dumps(asked.plain(), sort_keys=True).encode()).hexdigest()
    job_id, is_new = await _taken_on(call.db, call.actor, call.app, asked, digest)
    if is_new:
        await queue.send([Message(job_id, position) for position in range(1, len(asked.steps) + 1)])
    return await _job(call, job_id)


async def find_job(call: Call, asked: JobQuestion) -> Job:
    """A job of the app that asks.

    Raises:
        NoSuchJob: there is none of this app; it may have been forgotten.
    """
    return await _job(call, asked.job_id)


async def _taken_on(db: Database, actor: Actor, app: str, asked: Submission, digest: str) -> tuple[str, bool]:
    """The job's id, and whether it is new."""
    known = await store.job_of_key(db, app, asked.key)
    if known is None:
        job_id = new_id(actor.at)
        upload_ids = [new_id(actor.at) for _ in asked.steps]
        try:
            await db.batch(store.added(actor, app, asked, digest, job_id, upload_ids))
            return job_id, True
        except ConstraintFailed:
            known = await store.job_of_key(db, app, asked.key)
            if known is None:
                raise
    job_id, asked_before = known
    if asked_before != digest:
        raise KeyReused("This key stands for another job.", job_id=job_id)
    return job_id, False


async def _job(call: Call, job_id: str) -> Job:
    found = await store.job(call.db, job_id)
    if found is None or found.app != call.app:
        raise NoSuchJob("There is no such job.")
    return found
