"""Sign-in by choosing a demo person: for development and tests, and in no other bundle.

Only `worker_development` imports this module, and the build takes that one in development alone.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from pydantic import Field

from ganger.audit import Actor
from ganger.context import Context
from ganger.http import Response, see_other
from ganger.ids import new_id
from ganger.permissions import PUBLIC
from ganger.records import Record
from ganger.routing import Handler, Route
from ganger.session import LIFETIME_S, seal_session, session_cookie
from ganger.tokens import KeyRing
from service_workers.auth import store
from service_workers.auth.domain.redirects import local_path
from service_workers.auth.domain.sessions import begun
from service_workers.auth.errors import SignInRefused
from service_workers.auth.models import Choice, SignInMethod

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


def development_routes(session_keys: Callable[[], KeyRing]) -> tuple[Route, ...]:
    """The route of the method's action.

    Args:
        session_keys: reads the keys that sign sessions, which are known only while a request runs.
    """
    return (Route("POST", ACTION, _post_sign_in(session_keys), PUBLIC),)


def _post_sign_in(session_keys: Callable[[], KeyRing]) -> Handler:
    async def post_sign_in(ctx: Context) -> Response:
        """Sign in as a demo person."""
        asked = DevelopmentSignIn.checked(await ctx.request.form())
        session_id = new_id(ctx.now)
        person = await store.person_to_sign_in(ctx.db, asked.person_id, session_id, ctx.now)
        if person is None:
            raise SignInRefused("This person cannot sign in.")
        session = begun(person, ctx.now)
        actor = Actor(person.id, ctx.request_id, ctx.request.headers.get("cf-connecting-ip"), ctx.now)
        ends_at = datetime.fromtimestamp(session.ends_at, UTC)
        await store.start_session(ctx.db, actor, session_id, "development", ends_at)
        cookie = session_cookie(seal_session(session_keys(), session), LIFETIME_S)
        return see_other(local_path(asked.to), (cookie,))

    return post_sign_in
