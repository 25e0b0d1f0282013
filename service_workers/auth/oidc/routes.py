"""The pages of signing in through the identity provider."""

from collections.abc import Callable

from ganger.context import Context
from ganger.errors import NotFound
from ganger.http import Response, wants_json
from ganger.permissions import PUBLIC
from ganger.ratelimit import Tier
from ganger.routing import Handler, Route
from service_workers.auth.errors import PROBLEMS
from service_workers.auth.models import Choice, SignInMethod
from service_workers.auth.oidc.flow import CALLBACK, Flow

START = "/auth/oidc/sign-in"

# None as long as no provider is configured. The settings are known only while a request runs.
FindFlow = Callable[[], Flow | None]


def openid_method(find_flow: FindFlow) -> SignInMethod:
    """The way to sign in, for the sign-in page; without a provider the page does not show it."""

    async def choices(_: Context) -> tuple[Choice, ...]:
        flow = find_flow()
        if flow is None:
            return ()
        settings = flow.provider.settings
        return (Choice(f"Continue with {settings.name}", f"With your account at {settings.domain}.", ()),)

    return SignInMethod("Practice account", START, choices, is_link=True)


def openid_routes(find_flow: FindFlow) -> tuple[Route, ...]:
    """The routes of the method."""

    async def get_start(ctx: Context) -> Response:
        """Send the browser to the identity provider."""
        return await _found(find_flow).started(ctx)

    async def get_callback(ctx: Context) -> Response:
        """Start the session of who comes back."""
        return await _found(find_flow).finished(ctx)

    return (
        Route("GET", START, _with_problem_page(get_start, find_flow), PUBLIC, Tier.SIGN_IN),
        Route("GET", CALLBACK, _with_problem_page(get_callback, find_flow), PUBLIC, Tier.SIGN_IN),
    )


def _found(find_flow: FindFlow) -> Flow:
    flow = find_flow()
    if flow is None:
        raise NotFound("No identity provider is set up.")
    return flow


def _with_problem_page(handler: Handler, find_flow: FindFlow) -> Handler:
    """The same handler, with a page for people that says what is the matter with their sign-in."""

    async def answer(ctx: Context) -> Response:
        try:
            return await handler(ctx)
        except PROBLEMS as problem:
            if wants_json(ctx.request):
                raise
            to = _found(find_flow).wanted(ctx)
            values = {"page_title": "Sign in", "code": problem.code, "to": to}
            return ctx.page("sign_in_problem.html", problem.status, **values)

    return answer
