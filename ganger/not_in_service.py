"""What a worker answers as long as its app is not built: the same to every method and path."""

from ganger.context import Context
from ganger.errors import Unavailable
from ganger.http import Response, wants_json
from ganger.permissions import PUBLIC, SIGNED_IN
from ganger.platform import WorkerInfo
from ganger.routing import EVERY_PATH, Route

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class AppNotInService(Unavailable):
    """The app at this address is not built yet."""

    code = "NOT_IN_SERVICE"


def routes(worker: WorkerInfo) -> tuple[Route, ...]:
    """The routes of a worker that is not in service; staff see its page when they are signed in."""
    permission = SIGNED_IN if worker.kind == "staff" else PUBLIC
    return tuple(Route(method, EVERY_PATH, tell_not_in_service, permission) for method in _METHODS)


async def tell_not_in_service(ctx: Context) -> Response:
    """Tell people with a page, which is what they should find at this address, and programs with an error."""
    if ctx.worker.kind == "service" or wants_json(ctx.request):
        raise AppNotInService(f"{ctx.worker.title} is not in service yet.")
    return ctx.page("ui/not_in_service.html", page_title=f"{ctx.worker.title} is not in service")
