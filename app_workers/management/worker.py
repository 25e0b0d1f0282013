"""The portal's own app, at the root of the staff host."""

from app_workers.management.routes import routes
from ganger import catalogue
from ganger.edge import ApplicationEntrypoint, application
from ganger.vault_edge import vault_of

__all__ = ["Default"]


class Default(ApplicationEntrypoint):
    """The launcher."""

    application = application(routes(catalogue.APPS, vault_of("PROFILE_KEYS")))
