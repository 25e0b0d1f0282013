"""An application: a route table and the one way through it.

Every request is checked, answered or refused here, in this order: identity, route, permission, origin,
handler. Here alone exceptions become the error envelope (for programs) or an error page (for people).
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ganger.context import Context, Services
from ganger.csrf import refuse_cross_origin
from ganger.errors import (
    Forbidden,
    InternalError,
    StepUpRequired,
    Unauthenticated,
    as_app_error,
    error_envelope,
)
from ganger.headers import content_security_policy
from ganger.health import HEALTH
from ganger.http import HTML, Request, Response, json_response, wants_json
from ganger.identity import Person
from ganger.log import log_exception
from ganger.pages import Pages
from ganger.permissions import Permission, is_allowed
from ganger.platform import WorkerInfo
from ganger.routing import Route, Router


class Application:
    """The routes of one worker. `headers` are added to every answer that does not set them itself."""

    def __init__(
        self, worker: WorkerInfo, routes: Iterable[Route], pages: Pages, headers: Mapping[str, str]
    ) -> None:
        self._worker = worker
        self._router = Router([*routes, HEALTH])
        self._pages = pages
        self._headers = headers

    async def respond(
        self, request: Request, request_id: str, person: Person | None, services: Services
    ) -> Response:
        """Answer one request; nothing is raised."""
        ctx = Context(
            request=request,
            request_id=request_id,
            nonce=secrets.token_urlsafe(16),
            worker=self._worker,
            person=person,
            services=services,
            pages=self._pages,
            now=services.clock(),
        )
        try:
            response = await self._dispatch(ctx)
        except Exception as error:  # noqa: BLE001 - the one place where any exception becomes an answer
            response = _error_response(ctx, error)
        return self._finished(response, ctx)

    async def _dispatch(self, ctx: Context) -> Response:
        match = self._router.find(ctx.request.method, self._relative(ctx.request.path))
        _authorize(ctx, match.route.permission)
        refuse_cross_origin(ctx.request)
        return await match.route.handler(replace(ctx, params=match.params))

    def _relative(self, path: str) -> str:
        mount = (self._worker.mount or "").rstrip("/")
        return path[len(mount) :] if path[: len(mount)].lower() == mount else path

    def _finished(self, response: Response, ctx: Context) -> Response:
        headers = {**self._headers, **response.headers, "x-request-id": ctx.request_id}
        if headers.get("content-type") == HTML:
            headers["content-security-policy"] = content_security_policy(ctx.nonce)
        return replace(response, headers=headers)


def _authorize(ctx: Context, permission: Permission) -> None:
    person = ctx.person
    if not is_allowed(person, permission):
        if person is None:
            raise Unauthenticated("Sign in first.")
        raise Forbidden("Your role does not allow this.", permission=permission.name)
    if permission.needs_step_up and person and person.stepped_up_until < ctx.now.timestamp():
        raise StepUpRequired("Confirm that it is you first.", permission=permission.name)


def _error_response(ctx: Context, error: Exception) -> Response:
    shown = as_app_error(error)
    if isinstance(shown, InternalError):
        log_exception(error, ctx.request_id)
    if wants_json(ctx.request):
        return json_response(error_envelope(shown, ctx.request_id, ctx.now), shown.status)
    return ctx.page(
        "ui/error.html",
        shown.status,
        page_title=shown.status.phrase,
        error_code=shown.code,
        message=str(shown),
        details=shown.details,
    )
