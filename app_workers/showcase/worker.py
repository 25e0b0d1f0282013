"""The worker `ganger-showcase-staff`."""

from app_workers.showcase.routes import ROUTES
from app_workers.showcase.worker_list import ListEntrypoint
from ganger.edge import application
from ganger.live_topic import Topic

__all__ = ["Default", "Topic"]


class Default(ListEntrypoint):
    """Answers everything under `/showcase`, and lists what is to be reviewed on Mondays."""

    application = application(ROUTES)
