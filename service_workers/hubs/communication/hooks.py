"""Where providers tell us what became of messages, and who wants none: `POST /hooks/<provider>`.

Anyone can send a request here, so each is believed only once its signature holds, and taken up only once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from ganger.context import Context
from ganger.contracts.communication import Channel
from ganger.db import ConstraintFailed, Database, ExpectationFailed
from ganger.errors import Conflict, Unauthenticated
from ganger.http import Response
from ganger.log import log_security
from ganger.permissions import PUBLIC
from ganger.routing import Route
from service_workers.hubs.communication import store
from service_workers.hubs.communication.domain import mailgun, twilio
from service_workers.hubs.communication.domain.destinations import destination
from service_workers.hubs.communication.domain.sending import News, Wish
from service_workers.hubs.communication.telling import Tell, news_of

# A message changes but a few times, so whoever comes in between leaves soon.
_TRIES = 5
_TAKEN_UP = Response(status=HTTPStatus.NO_CONTENT)


@dataclass(frozen=True, slots=True)
class HookKeys:
    """How providers sign; `origin` is where they reach us, which Twilio signs along."""

    origin: str
    twilio_token: str
    mailgun_key: str


@dataclass(frozen=True, slots=True)
class Hooks:
    """The routes; keys are known only while a request runs, and `tell` tells apps of their messages."""

    keys: Callable[[], HookKeys]
    tell: Tell

    def routes(self) -> tuple[Route, ...]:
        """One for each provider."""
        return (
            Route("POST", "/hooks/twilio", self.post_twilio, PUBLIC),
            Route("POST", "/hooks/mailgun", self.post_mailgun, PUBLIC),
        )

    async def post_twilio(self, ctx: Context) -> Response:
        """A message's status, or a text that somebody sent us."""
        fields = await ctx.request.form()
        keys = self.keys()
        given = ctx.request.headers.get("x-twilio-signature", "")
        if not twilio.is_signed(given, keys.origin + ctx.request.target, fields, keys.twilio_token):
            raise _unsigned(ctx, "twilio")
        told = twilio.read_hook(ctx.request.query.get("message"), fields)
        return await self._taken_up(ctx, "twilio", "sms", told)

    async def post_mailgun(self, ctx: Context) -> Response:
        """What became of a mail."""
        value = await ctx.request.json()
        body = value if isinstance(value, dict) else {}
        if not mailgun.is_signed(body, self.keys().mailgun_key, ctx.now.timestamp()):
            raise _unsigned(ctx, "mailgun")
        return await self._taken_up(ctx, "mailgun", "email", mailgun.read_hook(body))

    async def _taken_up(
        self, ctx: Context, provider: str, channel: Channel, told: News | Wish | None
    ) -> Response:
        if isinstance(told, Wish):
            await _wished(ctx, provider, channel, told)
        elif told is not None:
            for _ in range(_TRIES):
                if await self._is_taken_up(ctx, provider, told):
                    return _TAKEN_UP
            raise Conflict("The message is being changed. Tell again.")
        return _TAKEN_UP

    async def _is_taken_up(self, ctx: Context, provider: str, news: News) -> bool:
        found = await _message(ctx.db, news)
        if found is None:
            return True  # not one of ours, or one of another environment
        used = store.used_hook(provider, news.event_id, ctx.now)
        try:
            has_moved = await store.take_up(ctx.db, found, news, used, ctx.now)
        except ConstraintFailed:
            return True  # a copy of what was taken up before
        except ExpectationFailed:
            return False
        if has_moved:
            await self.tell(found.app, news_of(found, news.status, news.failure, ctx.now))
        return True


def _unsigned(ctx: Context, provider: str) -> Unauthenticated:
    log_security("unsigned webhook", provider=provider, request_id=ctx.request_id)
    return Unauthenticated("The signature does not hold.")


async def _wished(ctx: Context, provider: str, channel: Channel, wish: Wish) -> None:
    whose = destination(channel, wish.destination)
    if whose is None:
        return
    used = store.used_hook(provider, wish.event_id, ctx.now)
    try:
        await ctx.db.batch([used, store.opting(channel, whose, wish.is_out, ctx.now)])
    except ConstraintFailed:
        return  # a copy of what was taken up before


async def _message(db: Database, news: News) -> store.Stored | None:
    if news.message_id:
        return await store.message(db, news.message_id)
    return await store.message_of_reference(db, news.reference or "")
