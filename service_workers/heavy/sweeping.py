"""By the clock: steps that hang are given to somebody else, and jobs whose time is over are forgotten."""

from datetime import timedelta

from ganger.db import ExpectationFailed
from ganger.jobs import Run
from ganger.objects import FilesUnavailable
from service_workers.heavy import store
from service_workers.heavy.submitting import Queue
from service_workers.heavy.working import MAX_ATTEMPTS, Message, Worker

# No step takes nearly as long; whoever claimed it so long ago is gone.
HANGS_AFTER = timedelta(minutes=2)
# A message that failed comes back within 11 minutes; after this time it is lost.
LOST_AFTER = timedelta(minutes=15)
STEPS_A_SWEEP = 500
JOBS_A_SWEEP = 50


async def sweep(run: Run, worker: Worker, queue: Queue) -> None:
    """Send steps again whose worker is gone or whose message is lost; give up those tried as often as any."""
    hanging = await store.steps_since(run.db, "running", run.at - HANGS_AFTER, STEPS_A_SWEEP)
    lost = await store.steps_since(run.db, "queued", run.at - LOST_AFTER, STEPS_A_SWEEP)
    again = []
    for step in (*hanging, *lost):
        if step.attempts >= MAX_ATTEMPTS:
            await worker.give_up(step)
            continue
        try:
            await run.db.batch(store.noted_again(step, run.at))
        except ExpectationFailed:
            continue  # it has gone on meanwhile
        again.append(Message(step.job_id, step.position))
    if again:
        await queue.send(again)


async def forget(run: Run) -> None:
    """Delete jobs whose time is over, with the files that go with them; a file before its row."""
    objects = run.services.objects
    if objects is None:
        raise FilesUnavailable("This worker keeps no files.")
    for job_id in await store.expired(run.db, run.at, JOBS_A_SWEEP):
        remains = await store.remains(run.db, job_id)
        if remains:
            await objects.delete([str(each["object_key"]) for each in remains])
        await run.db.batch(store.forgotten(job_id, [str(each["upload_id"]) for each in remains]))
