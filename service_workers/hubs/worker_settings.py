"""The hubs' variables, secrets and bindings as records; they are known only while a request runs."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

import js
from pyodide.ffi import JsException

from ganger.audit import Actor
from ganger.configuration import not_configured
from ganger.contracts.communication import Channel, MessageNews, news_binding
from ganger.db import Database
from ganger.edge import environment
from ganger.log import log
from ganger.resilience import Rules
from ganger.rpc import Deadline
from service_workers.hubs.communication.carriers import Carriers, Line
from service_workers.hubs.communication.domain.mailgun import Mailgun
from service_workers.hubs.communication.domain.sending import Carrier
from service_workers.hubs.communication.domain.twilio import Twilio
from service_workers.hubs.communication.hooks import HookKeys
from service_workers.hubs.ehr.answering import Server
from service_workers.hubs.guarding import Guard, Provider
from service_workers.hubs.payments.domain.stripe import Stripe
from service_workers.hubs.payments.paying import Till
from service_workers.hubs.worker_guard import BoundGuard
from service_workers.hubs.worker_web import HttpxWeb

_QUEUES_WITHIN_S = 2.0
PROVIDERS = ("sms", "email", "ehr", "payments")
_NEEDED: Mapping[Channel, tuple[str, ...]] = {
    "sms": ("TWILIO_ACCOUNT", "TWILIO_SENDER"),
    "email": ("MAILGUN_DOMAIN", "MAILGUN_SENDER"),
}


def carriers() -> Carriers:
    """The providers of messages that are set up."""
    env = environment()
    makers: Mapping[Channel, Callable[[Any], Carrier]] = {"sms": _twilio, "email": _mailgun}
    lacking = {
        channel: [name for name in names if not _text(env, name)] for channel, names in _NEEDED.items()
    }
    lines: dict[Channel, Line] = {
        channel: Line(makers[channel](env), provider(channel))
        for channel, names in lacking.items()
        if not names
    }
    return Carriers(lines, tuple(name for names in lacking.values() for name in names))


def provider(name: str) -> Provider:
    """A provider with its circuit."""
    env = environment()
    rules = _rules(env, name)
    return Provider(name, HttpxWeb(), BoundGuard(env.GUARD, name, rules), rules)


def guards() -> dict[str, Guard]:
    """The circuits of all providers."""
    return {name: provider(name).guard for name in PROVIDERS}


def ehr_server() -> Server:
    """The EHR's server."""
    env = environment()
    return Server(provider("ehr"), env.EHR_URL, _text(env, "EHR_ACCESS_TOKEN"), env.EHR_MRN_SYSTEM)


def till(db: Database, actor: Actor, deadline: Deadline) -> Till:
    """The provider of payments, for one who acts."""
    env = environment()
    if not env.STRIPE_URL:
        raise not_configured(("STRIPE_URL",))
    stripe = Stripe(env.STRIPE_URL, _text(env, "STRIPE_SECRET_KEY"))
    return Till(stripe, provider("payments"), db, actor, deadline)


def stripe_secret() -> str:
    """How Stripe signs what it tells us."""
    return _text(environment(), "STRIPE_WEBHOOK_SECRET")


def staff_origin() -> str:
    """Where staff reach the portal, and providers what they tell us."""
    return _text(environment(), "STAFF_ORIGIN")


def hook_keys() -> HookKeys:
    """How providers sign what they tell us."""
    env = environment()
    return HookKeys(env.STAFF_ORIGIN, _text(env, "TWILIO_AUTH_TOKEN"), _text(env, "MAILGUN_SIGNING_KEY"))


async def enqueue(message_id: str) -> None:
    """Tell the queue of a message. Without it the job of the next minute finds the message."""
    try:
        async with asyncio.timeout(_QUEUES_WITHIN_S):
            await environment().OUTBOX.send(message_id)
    except (JsException, TimeoutError):
        log("warning", "not queued")


async def tell(app: str, news: MessageNews) -> None:
    """Tell an app what became of its message, if it has a queue for that."""
    queue = getattr(environment(), news_binding(app), None)
    if queue is None:
        return
    try:
        await queue.send(json.dumps(news.plain()))
    except JsException:
        log("warning", "news not told", app=app)


def _twilio(env: Any) -> Twilio:
    hook = f"{env.STAFF_ORIGIN}/hooks/twilio"
    token = _text(env, "TWILIO_AUTH_TOKEN")
    return Twilio(env.TWILIO_URL, env.TWILIO_ACCOUNT, token, env.TWILIO_SENDER, hook)


def _mailgun(env: Any) -> Mailgun:
    return Mailgun(env.MAILGUN_URL, env.MAILGUN_DOMAIN, _text(env, "MAILGUN_API_KEY"), env.MAILGUN_SENDER)


def _rules(env: Any, name: str) -> Rules:
    return Rules.read(json.loads(js.JSON.stringify(env.RESILIENCE))[name])


def _text(env: Any, name: str) -> str:
    text: str = getattr(env, name, "")
    return text
