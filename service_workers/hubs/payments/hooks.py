"""Where Stripe tells us of payments: `POST /hooks/stripe`.

An event says only which payment to look at: how that one stands is asked, so the order of events does not
matter, and one that comes twice does nothing.
"""

from collections.abc import Callable
from http import HTTPStatus

from ganger.audit import SYSTEM, Actor
from ganger.context import Context
from ganger.errors import Unauthenticated, UnsupportedMediaType
from ganger.http import Response
from ganger.log import log_security
from ganger.permissions import PUBLIC
from ganger.routing import Route
from ganger.rpc import Deadline
from ganger.text import UnsafeJson, read_json
from service_workers.hubs.payments import store
from service_workers.hubs.payments.domain.stripe import is_signed, reference_of
from service_workers.hubs.payments.paying import Open

# Stripe itself waits a little longer.
_WITHIN_S = 8.0


def payment_hook(secret: Callable[[], str], till: Open) -> Route:
    """The route; secret and till are known only while a request runs."""

    async def post_stripe(ctx: Context) -> Response:
        """Look at the payment that an event is about."""
        if ctx.request.content_type != "application/json":
            raise UnsupportedMediaType("Send JSON with the content type application/json.")
        # Signed as it came, so it is read only afterwards.
        body = await ctx.request.body()
        header = ctx.request.headers.get("stripe-signature", "")
        if not is_signed(header, body, secret(), ctx.now.timestamp()):
            log_security("unsigned webhook", provider="stripe", request_id=ctx.request_id)
            raise Unauthenticated("The signature does not hold.")
        reference = _reference(body)
        found = await store.payment_of_reference(ctx.db, reference) if reference else None
        if found is not None:
            actor = Actor(SYSTEM, ctx.request_id, None, ctx.now)
            await till(ctx.db, actor, Deadline.within(_WITHIN_S)).state(found)
        return Response(status=HTTPStatus.NO_CONTENT)

    return Route("POST", "/hooks/stripe", post_stripe, PUBLIC)


def _reference(body: bytes) -> str | None:
    try:
        value = read_json(body)
    except UnsafeJson:
        return None
    return reference_of(value) if isinstance(value, dict) else None
