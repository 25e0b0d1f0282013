"""What a route does that answers programs with JSON, and with a file where that is asked for."""

from ganger.context import Context
from ganger.ratelimit import Asked, Tier, refuse_too_many


async def count_export(ctx: Context) -> None:
    """Count the request as an export, for a route has one tier and this one's is that of reading.

    Raises:
        RateLimited: the person has used up the limit.
    """
    if ctx.services.limiter is not None:
        asked = Asked(ctx.worker.kind, ctx.request.method, ctx.user.id, "", Tier.EXPORT)
        await refuse_too_many(ctx.services.limiter, asked)
