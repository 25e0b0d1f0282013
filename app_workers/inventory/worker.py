"""The worker `ganger-inventory-staff`."""

from app_workers.inventory.routes import ROUTES
from ganger.edge import ApplicationEntrypoint, application

__all__ = ["Default"]


class Default(ApplicationEntrypoint):
    """Answers everything under `/inventory`."""

    application = application(ROUTES)
