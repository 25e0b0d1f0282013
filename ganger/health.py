"""Every worker says under `<mount>/health` whether it and its database work."""

from http import HTTPStatus

from ganger.clock import iso_utc
from ganger.context import Context
from ganger.db import DatabaseError
from ganger.http import Response
from ganger.permissions import PUBLIC
from ganger.routing import Route


async def get_health(ctx: Context) -> Response:
    """Report the state of the worker; 503 when a part that it needs is down."""
    is_healthy = await _database_answers(ctx)
    report: dict[str, object] = {
        "status": "healthy" if is_healthy else "unhealthy",
        "worker": ctx.worker.name,
        "inService": ctx.worker.in_service,
        "timestamp": iso_utc(ctx.now),
    }
    if ctx.services.figures is not None:
        report["database"] = ctx.services.figures.plain()
    if ctx.services.cache is not None:
        report["cache"] = ctx.services.cache.counts.plain()
    return ctx.json(report, HTTPStatus.OK if is_healthy else HTTPStatus.SERVICE_UNAVAILABLE)


async def _database_answers(ctx: Context) -> bool:
    if ctx.services.database is None:
        return True
    try:
        await ctx.services.database.row("SELECT 1")
    except DatabaseError:
        return False
    return True


HEALTH = Route("GET", "/health", get_health, PUBLIC)
