"""Identity with the development sign-in, which exists nowhere else."""

from ganger.edge import ApplicationEntrypoint, application
from service_workers.auth.development import METHOD, development_routes
from service_workers.auth.routes import routes
from service_workers.auth.worker_sessions import Sessions, session_keys

__all__ = ["Default", "Sessions"]


class Default(ApplicationEntrypoint):
    """The pages under /auth/."""

    application = application((*routes(methods=(METHOD,)), *development_routes(session_keys)))
