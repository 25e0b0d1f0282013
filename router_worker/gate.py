"""Who is at the door: reads the session cookie, and asks the identity worker when its claims are stale."""

import asyncio
from dataclasses import dataclass
from typing import Any

from pyodide.ffi import JsException, run_sync

from ganger.http import Request
from ganger.identity import Person
from ganger.session import COOKIE, LIFETIME_S, ended_cookie, session_cookie, unseal_session
from ganger.tokens import KeyRing

_RENEWS_WITHIN_S = 5.0


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks. `set_cookie` goes onto the answer; `is_known` is False if identity cannot be told now."""

    person: Person | None = None
    set_cookie: str | None = None
    is_known: bool = True


def identify(request: Request, env: Any, keys: KeyRing, now: float) -> Visitor:
    """Return the visitor that the request's session cookie stands for.

    Args:
        keys: of session cookies.
        now: seconds since the epoch.
    """
    value = request.cookies.get(COOKIE)
    if not value:
        return Visitor()
    session = unseal_session(keys, value, now)
    if session is None:
        return Visitor(set_cookie=ended_cookie())
    if session.is_fresh(now):
        return Visitor(session.person)
    return _renewed(request, env, keys, now)


def _renewed(request: Request, env: Any, keys: KeyRing, now: float) -> Visitor:
    address = request.headers.get("cf-connecting-ip", "")
    try:
        answer = run_sync(_renewal(env, request.cookies[COOKIE], address))
    except (JsException, TimeoutError):
        return Visitor(is_known=False)
    if answer["status"] == "unavailable":
        return Visitor(is_known=False)
    if answer["status"] == "ended":
        return Visitor(set_cookie=ended_cookie())
    session = unseal_session(keys, answer["cookie"], now)
    if session is None:
        return Visitor(set_cookie=ended_cookie())
    if answer["status"] == "passing":
        # Another request has just been given the cookie that takes this one's place.
        return Visitor(session.person)
    return Visitor(session.person, session_cookie(answer["cookie"], LIFETIME_S))


async def _renewal(env: Any, cookie: str, address: str) -> dict[str, Any]:
    async with asyncio.timeout(_RENEWS_WITHIN_S):
        answer: dict[str, Any] = (await env.AUTH_SESSIONS.renew(cookie, address)).to_py()
        return answer
