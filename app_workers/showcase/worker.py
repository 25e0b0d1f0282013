"""The worker `ganger-showcase-staff`."""

from app_workers.showcase.jobs import JOBS
from app_workers.showcase.routes import ROUTES
from ganger.edge import ApplicationEntrypoint, application
from ganger.live_topic import Topic

__all__ = ["Default", "Topic"]


class Default(ApplicationEntrypoint):
    """Answers everything under `/showcase`, and lists what is to be reviewed on Mondays."""

    application = application(ROUTES)
    jobs = JOBS
