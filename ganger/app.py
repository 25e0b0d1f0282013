"""An application: a route table and the one way through it.

Every request is checked, answered or refused here, in this order: identity, route, origin, rate limit,
permission, address, handler. Here alone exceptions become the error envelope (for programs) or an error
page (for people).
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import quote

from ganger.addresses import caller_key
from ganger.alerts import phi_refused
from ganger.context import Context, Services
from ganger.csrf import refuse_cross_origin
from ganger.errors import (
    AddressRefused,
    AppError,
    BadRequest,
    CrossOrigin,
    Forbidden,
    InternalError,
    MethodNotAllowed,
    RateLimited,
    StepUpRequired,
    Unauthenticated,
    Unavailable,
    as_app_error,
    error_envelope,
)
from ganger.headers import NO_CONTENT_POLICY, content_security_policy
from ganger.health import HEALTH
from ganger.http import HTML, SAFE_METHODS, Request, Response, json_response, see_other, wants_json
from ganger.identity import Person
from ganger.location import at_chosen_location
from ganger.log import log, log_exception
from ganger.pages import Pages
from ganger.permissions import Permission, is_allowed
from ganger.platform import WorkerInfo
from ganger.ratelimit import Asked, refuse_too_many
from ganger.routing import Match, Route, Router
from ganger.text import UnsafeText, safe_line

STEP_UP = "/auth/step-up"
# Who looked at a patient's data is written down, and a browser that fetches ahead is nobody looking. It drops
# this answer and asks again when the person does.
_NOT_AHEAD = Response(status=HTTPStatus.SERVICE_UNAVAILABLE)


class Application:
    """The routes of one worker. `headers` are added to every answer that does not set them itself."""

    def __init__(
        self, worker: WorkerInfo, routes: Iterable[Route], pages: Pages, headers: Mapping[str, str]
    ) -> None:
        self._worker = worker
        self.routes = (*routes, HEALTH)
        self._router = Router(self.routes)
        self._pages = pages
        self._headers = headers

    async def respond(
        self, request: Request, request_id: str, person: Person | None, services: Services
    ) -> Response:
        """Answer one request; nothing is raised."""
        ctx = self._context(request, request_id, person, services)
        try:
            response = await self._dispatch(ctx)
        except Exception as error:  # noqa: BLE001 - the one place where any exception becomes an answer
            response = _error_response(ctx, error)
        return self._finished(response, ctx)

    def refused(self, request: Request, request_id: str, services: Services, error: AppError) -> Response:
        """The answer to a request that was refused before anything of it was looked at."""
        ctx = self._context(request, request_id, None, services)
        return self._finished(_error_response(ctx, error), ctx)

    def _context(
        self, request: Request, request_id: str, person: Person | None, services: Services
    ) -> Context:
        return Context(
            request=request,
            request_id=request_id,
            nonce=secrets.token_urlsafe(16),
            worker=self._worker,
            person=at_chosen_location(person, request.cookies) if person else None,
            services=services,
            pages=self._pages,
            now=services.clock(),
        )

    async def _dispatch(self, ctx: Context) -> Response:
        match = self._router.find(ctx.request.method, self._relative(ctx.request.path))
        params = _safe_params(match)
        refuse_cross_origin(ctx.request, is_signed_in=ctx.person is not None)
        await _refuse_too_many(ctx, match.route)
        await _tell_of_refused_phi(ctx, match)
        _authorize(ctx, match.route.permission)
        if ctx.request.is_ahead and match.route.permission.reads_phi:
            return _NOT_AHEAD
        return await match.route.handler(replace(ctx, params=params))

    def _relative(self, path: str) -> str:
        mount = (self._worker.mount or "").rstrip("/")
        return path[len(mount) :] if path[: len(mount)].lower() == mount else path

    def _finished(self, response: Response, ctx: Context) -> Response:
        headers = {**self._headers, **response.headers, "x-request-id": ctx.request_id}
        is_page = headers.get("content-type") == HTML
        headers["content-security-policy"] = (
            content_security_policy(ctx.nonce) if is_page else NO_CONTENT_POLICY
        )
        return replace(response, headers=headers)


def _safe_params(match: Match) -> dict[str, str]:
    try:
        return {name: safe_line(value) for name, value in match.params.items()}
    except UnsafeText as error:
        raise BadRequest("The address holds something that it cannot.") from error


async def _refuse_too_many(ctx: Context, route: Route) -> None:
    # Whoever watches the worker is told how it is, however much is asked of it.
    if ctx.services.limiter is None or route is HEALTH:
        return
    person_id = ctx.person.id if ctx.person else None
    asked = Asked(ctx.worker.kind, route.method, person_id, caller_key(ctx.address), route.tier)
    await refuse_too_many(ctx.services.limiter, asked)


async def _tell_of_refused_phi(ctx: Context, match: Match) -> None:
    permission = match.route.permission
    if ctx.person and permission.reads_phi and not is_allowed(ctx.person, permission):
        await phi_refused(ctx.services.database, ctx.actor, ctx.person.name, match)


def _authorize(ctx: Context, permission: Permission) -> None:
    person = ctx.person
    if not is_allowed(person, permission):
        if person is None:
            raise Unauthenticated("Sign in first.")
        refusal = Forbidden("Your role does not allow this.", permission=permission.name)
        if not permission.reads_phi:  # of those an alert has told already
            _log_refusal(ctx, refusal)
        raise refusal
    administrators = ctx.services.administrators
    if permission.is_administration and administrators and not administrators.allows(ctx.address):
        raise AddressRefused("Administration is not possible from this network.", permission=permission.name)
    if permission.needs_step_up and person and person.stepped_up_until < ctx.now.timestamp():
        raise StepUpRequired("Confirm that it is you first.", permission=permission.name)


def _error_response(ctx: Context, error: Exception) -> Response:
    shown = as_app_error(error)
    if isinstance(shown, InternalError):
        log_exception(error, ctx.request_id)
    elif isinstance(shown, AddressRefused | CrossOrigin | RateLimited):
        _log_refusal(ctx, shown)
    response: Response
    if wants_json(ctx.request):
        response = json_response(error_envelope(shown, ctx.request_id, ctx.now), shown.status)
    elif isinstance(shown, StepUpRequired) and ctx.request.method in SAFE_METHODS:
        response = see_other(_step_up_url(ctx.request))
    else:
        response = ctx.page(
            "ui/error.html",
            shown.status,
            page_title=shown.status.phrase,
            error_code=shown.code,
            message=str(shown),
            details=shown.details,
            again=ctx.here if _may_pass(ctx.request, shown) else None,
        )
    return replace(response, headers=response.headers | _headers_of(shown))


def _may_pass(request: Request, error: AppError) -> bool:
    """Whether asking for the page again can help."""
    return request.method in SAFE_METHODS and isinstance(error, RateLimited | InternalError | Unavailable)


def _step_up_url(request: Request) -> str:
    """Where a person confirms that it is them, and from where they come back."""
    return f"{STEP_UP}?to={quote(request.target, safe='/')}"


def _log_refusal(ctx: Context, error: AppError) -> None:
    log(
        "warning",
        "refused",
        code=error.code,
        permission=str(error.details.get("permission", "")) or "none",
        user_id=ctx.person.id if ctx.person else "nobody",
        request_id=ctx.request_id,
    )


def _headers_of(error: AppError) -> dict[str, str]:
    """What HTTP wants said besides the status (RFC 9110)."""
    if isinstance(error, RateLimited):
        return {"retry-after": str(error.retry_after_s)}
    if isinstance(error, MethodNotAllowed):
        return {"allow": ", ".join(error.allowed)}
    return {}
