"""The portal's own app, at the root of the staff host."""

from app_workers.management.jobs import JOBS
from app_workers.management.routes import routes
from ganger import catalogue
from ganger.edge import ApplicationEntrypoint, application
from ganger.live_topic import Topic
from ganger.vault_edge import vault_of

__all__ = ["Default", "Topic"]


class Default(ApplicationEntrypoint):
    """The launcher, requests and notifications."""

    application = application(routes(catalogue.APPS, vault_of("PROFILE_KEYS")))
    jobs = JOBS
