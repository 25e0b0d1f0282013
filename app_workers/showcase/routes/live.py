"""The live topic of a viewer's demonstrations."""

from app_workers.showcase.live import topic_of
from ganger.context import Context
from ganger.errors import NotFound
from ganger.http import Response
from ganger.live import join


async def get_live(ctx: Context) -> Response:
    """Let a person into the topic of their own session."""
    topic = ctx.params["topic"]
    if topic != topic_of(ctx):
        raise NotFound("There is no such topic.")
    return await join(ctx, topic)
