"""The portal's start page, and the list of apps for programs."""

from app_workers.management.domain.greeting import greeting
from app_workers.management.models import AppSummary
from ganger.context import Context, items
from ganger.http import Response
from ganger.permissions import Permission, Role
from ganger.platform import WorkerInfo
from ganger.routing import Handler, Route

VIEW = Permission("management:view", role=Role.STAFF)


def routes(apps: tuple[WorkerInfo, ...]) -> tuple[Route, ...]:
    """The routes of the portal with these apps."""
    return (
        Route("GET", "/", get_launcher, VIEW),
        Route("GET", "/api/v1/apps", _get_apps(apps), VIEW),
    )


async def get_launcher(ctx: Context) -> Response:
    """Greet the person and show all apps."""
    return ctx.page("launcher.html", page_title="Apps", greeting=greeting(ctx.now))


def _get_apps(apps: tuple[WorkerInfo, ...]) -> Handler:
    summaries = [AppSummary.of(app) for app in apps]

    async def get_apps(ctx: Context) -> Response:
        """List all apps on one page; their number is the registry's."""
        return ctx.json(items(summaries, page=1, limit=len(summaries), total=len(summaries)))

    return get_apps
