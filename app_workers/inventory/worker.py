"""The worker `ganger-inventory-staff`."""

from app_workers.inventory.routes import ROUTES
from app_workers.inventory.worker_scheduled import ScheduledEntrypoint
from ganger.edge import application
from ganger.live_topic import Topic

__all__ = ["Default", "Topic"]


class Default(ScheduledEntrypoint):
    """Answers everything under `/inventory`."""

    application = application(ROUTES)
