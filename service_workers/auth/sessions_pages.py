"""Where a person is signed in, and signing out there."""

from ganger.context import Context
from ganger.errors import NotFound
from ganger.flash import Flash, flash_cookie
from ganger.http import Response, see_other
from ganger.permissions import SIGNED_IN
from ganger.routing import Route
from ganger.session import ended_cookie
from service_workers.auth import store

PAGE = "/auth/sessions"
_SIGN_IN = "/auth/sign-in"


async def get_sessions(ctx: Context) -> Response:
    """List the person's open sessions; the one that asks is marked."""
    sessions = await store.open_sessions(ctx.db, ctx.user.id, ctx.now)
    title = "Where you are signed in"
    return ctx.page("sessions.html", page_title=title, sessions=sessions, current_id=ctx.user.session_id)


async def post_end(ctx: Context) -> Response:
    """Sign out in one place."""
    session_id = ctx.params["session_id"]
    if not await store.end_session(ctx.db, ctx.actor, session_id):
        raise NotFound("This session has already ended.")
    if session_id == ctx.user.session_id:
        return _signed_out("You are signed out.")
    return ctx.redirect(PAGE, "Signed out there. It may take up to 5 minutes until nothing can be opened.")


async def post_end_others(ctx: Context) -> Response:
    """Sign out everywhere else."""
    await store.end_other_sessions(ctx.db, ctx.actor, ctx.user.session_id)
    return ctx.redirect(PAGE, "Signed out everywhere else. It may take up to 5 minutes to take effect.")


async def post_end_all(ctx: Context) -> Response:
    """Sign out everywhere, here too."""
    await store.end_all_sessions(ctx.db, ctx.actor)
    return _signed_out("You are signed out everywhere.")


def _signed_out(text: str) -> Response:
    return see_other(_SIGN_IN, (ended_cookie(), flash_cookie(Flash(text, "success"))))


SESSION_ROUTES = (
    Route("GET", PAGE, get_sessions, SIGNED_IN),
    Route("POST", f"{PAGE}/end-others", post_end_others, SIGNED_IN),
    Route("POST", f"{PAGE}/end-all", post_end_all, SIGNED_IN),
    Route("POST", f"{PAGE}/{{session_id}}/end", post_end, SIGNED_IN),
)
