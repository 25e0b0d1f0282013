"""The worker `ganger-inventory-staff`."""

from app_workers.inventory.jobs import JOBS
from app_workers.inventory.routes import ROUTES
from ganger.edge import ApplicationEntrypoint, application
from ganger.live_topic import Topic

__all__ = ["Default", "Topic"]


class Default(ApplicationEntrypoint):
    """Answers everything under `/inventory`."""

    application = application(ROUTES)
    jobs = JOBS
