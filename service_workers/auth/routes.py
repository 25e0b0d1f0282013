"""Signing in and out, whatever the method."""

from http import HTTPStatus

from ganger.context import Context
from ganger.flash import Flash, flash_cookie
from ganger.http import Response, see_other
from ganger.permissions import PUBLIC
from ganger.routing import Handler, Route
from ganger.session import ended_cookie
from service_workers.auth import store
from service_workers.auth.domain.redirects import local_path
from service_workers.auth.models import SignInMethod

SIGN_IN = "/auth/sign-in"


def routes(methods: tuple[SignInMethod, ...]) -> tuple[Route, ...]:
    """The routes of a worker that offers these methods; each brings the route of its own action."""
    return (
        Route("GET", SIGN_IN, _get_sign_in(methods), PUBLIC),
        Route("POST", "/auth/sign-out", post_sign_out, PUBLIC),
    )


def _get_sign_in(methods: tuple[SignInMethod, ...]) -> Handler:
    async def get_sign_in(ctx: Context) -> Response:
        """Show the ways to sign in; who is signed in goes straight on."""
        to = local_path(ctx.request.query.get("to"))
        if ctx.person is not None:
            return see_other(to)
        found = [(method, await method.choices(ctx)) for method in methods]
        offered = [(method, choices) for method, choices in found if choices or not method.is_link]
        status = HTTPStatus.OK if offered else HTTPStatus.SERVICE_UNAVAILABLE
        return ctx.page("sign_in.html", status, page_title="Sign in", methods=offered, to=to)

    return get_sign_in


async def post_sign_out(ctx: Context) -> Response:
    """End the session, for all of its cookies, and forget it in this browser."""
    if ctx.person is not None:
        await store.end_session(ctx.db, ctx.actor, ctx.person.session_id)
    message = flash_cookie(Flash("You are signed out.", "success"))
    return see_other(SIGN_IN, (ended_cookie(), message))
