"""One sign-in through the provider, from the button to a session, or to a page that says why not."""

import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hmac import compare_digest

from ganger.context import Context
from ganger.errors import AppError
from ganger.http import Request, Response, see_other
from ganger.log import log
from service_workers.auth import store_accounts
from service_workers.auth.domain.redirects import local_path
from service_workers.auth.errors import (
    PROBLEMS,
    AccessDenied,
    AccessPending,
    AccessRequested,
    ForeignAccount,
    ProviderUnavailable,
    SignInCancelled,
    SignInExpired,
    SignInRefused,
    SignInUnverified,
)
from service_workers.auth.oidc.attempt import (
    COOKIE,
    Attempt,
    attempt_cookie,
    begin,
    ended_attempt_cookie,
    unseal_attempt,
)
from service_workers.auth.oidc.id_token import Identity, Reason, TokenRefused
from service_workers.auth.oidc.provider import Provider
from service_workers.auth.signing import Signer, sign_in
from service_workers.auth.store_accounts import RequestStatus

METHOD = "oidc"
CALLBACK = "/auth/oidc/callback"


@dataclass(frozen=True, slots=True)
class Flow:
    """What a sign-in needs of the worker. `origin` is where the browser reaches us, such as
    `https://staff.example.test`."""

    provider: Provider
    signer: Signer
    origin: Callable[[Request], str]

    async def started(self, ctx: Context) -> Response:
        """Send the browser to the provider with a new attempt.

        Raises:
            ProviderUnavailable: the provider does not say where to.
        """
        to = local_path(ctx.request.query.get("to"))
        attempt, cookie = begin(self.signer.ring, secrets.token_urlsafe(32), to, ctx.now.timestamp())
        try:
            url = await self.provider.authorization_url(attempt, self._redirect_uri(ctx), ctx.now.timestamp())
        except ProviderUnavailable as outage:
            _log_outage(outage, ctx.request_id)
            raise
        return see_other(url, (attempt_cookie(cookie),))

    async def finished(self, ctx: Context) -> Response:
        """Start the session of who comes back from the provider, and go where they wanted to.

        Raises:
            One of PROBLEMS; it is in the audit log if the attempt was one of ours.
        """
        attempt = unseal_attempt(self.signer.ring, ctx.request.cookies.get(COOKIE), ctx.now.timestamp())
        if attempt is None:
            log("warning", "sign-in without attempt", request_id=ctx.request_id)
            raise SignInExpired("This sign-in was not begun here, or it has run out.")
        async with _audited(ctx, attempt, None):
            identity = await self._identity(ctx, attempt)
        user_id = await store_accounts.linked_user(ctx.db, identity)
        async with _audited(ctx, attempt, user_id):
            if user_id is None:
                raise _not_linked(await store_accounts.request_access(ctx, identity))
            session = await sign_in(ctx, self.signer, user_id, METHOD)
        return see_other(attempt.to, (session, ended_attempt_cookie()))

    def wanted(self, ctx: Context) -> str:
        """Where the browser is to go once signed in, as far as it is known; for another try."""
        attempt = unseal_attempt(self.signer.ring, ctx.request.cookies.get(COOKIE), ctx.now.timestamp())
        return local_path(ctx.request.query.get("to") if attempt is None else attempt.to)

    async def _identity(self, ctx: Context, attempt: Attempt) -> Identity:
        answer = ctx.request.query
        if not attempt.is_answered_by(answer.get("state")):
            raise SignInExpired("This is not the answer to the sign-in that was begun here last.")
        if not await store_accounts.use_attempt(ctx.db, attempt, ctx.now):
            raise SignInExpired("This sign-in was used before.")
        now = ctx.now.timestamp()
        names_issuer = (await self.provider.endpoints(now)).names_issuer
        if not _is_from(answer, self.provider.settings.issuer, names_issuer):
            raise TokenRefused(Reason.ISSUER)
        if "error" in answer or not answer.get("code"):
            raise SignInCancelled("The sign-in was broken off.")
        return await self.provider.identity(answer["code"], attempt, self._redirect_uri(ctx), now)

    def _redirect_uri(self, ctx: Context) -> str:
        return self.origin(ctx.request) + CALLBACK


def _is_from(answer: Mapping[str, str], issuer: str, names_issuer: bool) -> bool:
    """Whether the answer comes from the issuer, as far as it says so (RFC 9207)."""
    given = answer.get("iss")
    if given is None:
        return not names_issuer
    return compare_digest(given.encode(), issuer.encode())


def _problem(refusal: TokenRefused) -> AppError:
    if refusal.reason is Reason.DOMAIN:
        return ForeignAccount("This account does not belong to the practice.")
    return SignInUnverified("What the identity provider sent does not prove who you are.")


def _not_linked(status: RequestStatus) -> AppError:
    match status:
        case RequestStatus.NEW:
            return AccessRequested("Your request for access was sent.")
        case RequestStatus.PENDING:
            return AccessPending("Your request for access is waiting to be decided.")
        case RequestStatus.REFUSED:
            return AccessDenied("Your request for access was refused.")
        case RequestStatus.APPROVED:
            return SignInRefused("This account was taken from its person again.")


@asynccontextmanager
async def _audited(ctx: Context, attempt: Attempt, user_id: str | None) -> AsyncIterator[None]:
    """Whatever ends the attempt is in the audit log before it is raised as one of PROBLEMS.

    An outage is nobody's act; it is logged alone.
    """
    try:
        yield
    except TokenRefused as refusal:
        await _record(ctx, attempt, user_id, f"token-{refusal.reason}")
        raise _problem(refusal) from refusal
    except ProviderUnavailable as outage:
        _log_outage(outage, ctx.request_id)
        raise
    except PROBLEMS as problem:
        await _record(ctx, attempt, user_id, problem.code)
        raise


def _log_outage(outage: ProviderUnavailable, request_id: str) -> None:
    """Write that the provider failed us, and in what."""
    part, status = str(outage.details["part"]), outage.details.get("status", 0)
    assert isinstance(status, int)  # noqa: S101 - we set it
    log("error", "identity provider unavailable", code=part, status=status, request_id=request_id)


async def _record(ctx: Context, attempt: Attempt, user_id: str | None, reason: str) -> None:
    log("warning", "sign-in refused", reason=reason, request_id=ctx.request_id)
    await store_accounts.record_refusal(ctx, attempt, user_id, reason)
