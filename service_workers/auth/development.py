"""Sign-in by choosing a demo person: for development and tests, and in no other bundle.

Only `worker_development` imports this module, and the build takes that one in development alone.
"""

from pydantic import Field

from ganger.context import Context
from ganger.http import Response, see_other
from ganger.permissions import PUBLIC
from ganger.records import Record
from ganger.routing import Handler, Route
from service_workers.auth import store
from service_workers.auth.domain.redirects import local_path
from service_workers.auth.models import Choice, SignInMethod
from service_workers.auth.signing import Signing, sign_in

ACTION = "/auth/development/sign-in"


class DevelopmentSignIn(Record):
    """The demo person chosen, and where to go then."""

    person_id: str = Field(min_length=1, max_length=64)
    to: str | None = None


async def _choices(ctx: Context) -> tuple[Choice, ...]:
    people = await store.accounts(ctx.db, ctx.now)
    return tuple(
        Choice(person.name, f"{person.role}, {', '.join(person.location_names)}", (("person_id", person.id),))
        for person in people
    )


METHOD = SignInMethod("Development sign-in", ACTION, _choices)


def development_routes(signing: Signing) -> tuple[Route, ...]:
    """The route of the method's action."""
    return (Route("POST", ACTION, _post_sign_in(signing), PUBLIC),)


def _post_sign_in(signing: Signing) -> Handler:
    async def post_sign_in(ctx: Context) -> Response:
        """Sign in as a demo person."""
        asked = DevelopmentSignIn.checked(await ctx.request.form())
        cookie = await sign_in(ctx, signing(), asked.person_id, "development")
        return see_other(local_path(asked.to), (cookie,))

    return post_sign_in
