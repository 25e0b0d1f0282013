"""Identity: sign-in, sessions and their renewal."""

from ganger.edge import ApplicationEntrypoint, application
from service_workers.auth.routes import routes
from service_workers.auth.worker_sessions import Sessions

__all__ = ["Default", "Sessions"]


class Default(ApplicationEntrypoint):
    """The pages under /auth/. No way to sign in is set up yet."""

    application = application(routes(methods=()))
