"""The worker `ganger-handouts-staff`."""

from typing import Any

from app_workers.handouts.jobs import JOBS
from app_workers.handouts.routes import ROUTES
from app_workers.handouts.worker_news import receive
from app_workers.handouts.worker_public import HandoutsPublic
from ganger.edge import ApplicationEntrypoint, application
from ganger.live_topic import Topic

__all__ = ["Default", "HandoutsPublic", "Topic"]


class Default(ApplicationEntrypoint):
    """Answers everything under `/handouts`."""

    application = application(ROUTES)
    jobs = JOBS

    async def queue(self, batch: Any, _env: Any, _ctx: Any) -> None:
        """Hear what became of messages."""
        await receive(batch)
