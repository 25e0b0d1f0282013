"""Joining a live topic: the one way from a route into a room that the person may be in."""

from http import HTTPStatus

from pydantic import Field

from ganger.context import Context
from ganger.http import Response, is_upgrade
from ganger.live_rules import Live, Seen
from ganger.records import Record

_LARGEST = 2**53 - 1  # that JavaScript holds exactly


class JoinQuery(Record):
    """What the browser knows of the topic already."""

    sequence: int | None = Field(
        default=None, ge=0, le=_LARGEST, description="of the last event that it has seen"
    )
    page_ms: int | None = Field(default=None, ge=0, le=_LARGEST, description="when its page was written")


async def join(ctx: Context, topic: str) -> Response:
    """Let the person into the topic; the handler has made sure that they may be there.

    A browser asks first without a WebSocket: only so it learns a refusal, and gets a renewed session's
    cookie.
    """
    return await join_one_of(ctx, ctx.live, topic)


async def join_one_of(ctx: Context, topics: Live, topic: str) -> Response:
    """The same for a topic among these, which may be another worker's."""
    asked = ctx.query(JoinQuery)
    if not is_upgrade(ctx.request):
        return Response(status=HTTPStatus.NO_CONTENT)
    return await topics.connect(topic, ctx.user, Seen(asked.sequence, asked.page_ms))
