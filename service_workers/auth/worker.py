"""Identity: sign-in, sessions and their renewal."""

from ganger.edge import ApplicationEntrypoint, application
from ganger.vault_edge import vault_of
from service_workers.auth.oidc.routes import openid_method, openid_routes
from service_workers.auth.routes import routes
from service_workers.auth.second_factor.routes import SecondFactor
from service_workers.auth.sessions_pages import SESSION_ROUTES
from service_workers.auth.worker_openid import flow_finder, published_origin
from service_workers.auth.worker_sealing import SEALING
from service_workers.auth.worker_sessions import Sessions, signing

__all__ = ["Default", "Sessions"]

_find_flow = flow_finder(signing, published_origin)


class Default(ApplicationEntrypoint):
    """The pages under /auth/; audit rows are sealed every hour."""

    jobs = (SEALING,)
    application = application(
        (
            *routes(methods=(openid_method(_find_flow),)),
            *openid_routes(_find_flow),
            *SESSION_ROUTES,
            *SecondFactor(signing, vault_of("SECOND_FACTOR_KEYS")).routes(),
        )
    )
