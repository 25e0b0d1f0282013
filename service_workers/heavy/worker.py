"""The worker `ganger-heavy`: what apps ask of it, its queue, and its jobs by the clock."""

from typing import Any

from ganger.edge import ApplicationEntrypoint, application
from ganger.jobs import Job, always, hourly_at
from ganger.live_topic import Topic
from service_workers.heavy.sweeping import forget
from service_workers.heavy.worker_jobs import Jobs
from service_workers.heavy.worker_queue import receive, sweep_queue

__all__ = ["Default", "Jobs", "Topic"]


class Default(ApplicationEntrypoint):
    """Nobody reaches it but by its bindings and its queue; over HTTP it says how it is."""

    application = application(())
    jobs = (Job("sweep-heavy-jobs", always, sweep_queue), Job("forget-heavy-jobs", hourly_at(28), forget))

    async def queue(self, batch: Any, _env: Any, _ctx: Any) -> None:
        """Work through the messages of the queue."""
        await receive(batch)
