"""Identity with the development sign-in, which exists nowhere else, and with a provider if one is set."""

from ganger.edge import ApplicationEntrypoint, application
from ganger.http import Request
from ganger.vault_edge import vault_of
from service_workers.auth.development import METHOD, development_routes
from service_workers.auth.oidc.routes import openid_method, openid_routes
from service_workers.auth.routes import routes
from service_workers.auth.second_factor.routes import SecondFactor
from service_workers.auth.sessions_pages import SESSION_ROUTES
from service_workers.auth.worker_openid import flow_finder
from service_workers.auth.worker_sealing import SEALING
from service_workers.auth.worker_sessions import Sessions, signing

__all__ = ["Default", "Sessions"]


def _asked_origin(request: Request) -> str:
    """Where the browser reaches us: here the port may be any."""
    return f"http://{request.host}"


_find_flow = flow_finder(signing, _asked_origin)
_methods = (openid_method(_find_flow), METHOD)


class Default(ApplicationEntrypoint):
    """The pages under /auth/; audit rows are sealed every hour."""

    jobs = (SEALING,)
    application = application(
        (
            *routes(methods=_methods),
            *openid_routes(_find_flow),
            *development_routes(signing),
            *SESSION_ROUTES,
            *SecondFactor(signing, vault_of("SECOND_FACTOR_KEYS")).routes(),
        )
    )
