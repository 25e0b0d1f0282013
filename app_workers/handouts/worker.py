"""The worker `ganger-handouts-staff`."""

from app_workers.handouts.routes import ROUTES
from ganger.edge import ApplicationEntrypoint, application
from ganger.live_topic import Topic

__all__ = ["Default", "Topic"]


class Default(ApplicationEntrypoint):
    """Answers everything under `/handouts`."""

    application = application(ROUTES)
