"""The live topics: of a request, of its internal comments, of the queue and of a person's notifications."""

from app_workers.management.domain.access import Rights
from app_workers.management.domain.states import may_comment_internally
from app_workers.management.live import QUEUE, internal_topic, subject_of, ticket_topic, user_topic
from app_workers.management.store.tickets import ticket_of_id
from ganger.context import Context
from ganger.errors import NotFound
from ganger.http import Response
from ganger.live import join


async def get_live(ctx: Context) -> Response:
    """Let the person into a topic, if they may see what it is about."""
    topic = ctx.params["topic"]
    if not await _may_join(ctx, topic):
        raise NotFound("There is no such topic.")
    return await join(ctx, topic)


async def _may_join(ctx: Context, topic: str) -> bool:
    rights = Rights.of(ctx.user)
    if topic == QUEUE:
        return rights.is_manager or rights.is_agent
    subject = subject_of(topic)
    if topic == user_topic(subject):
        return subject == ctx.user.id
    if topic not in (ticket_topic(subject), internal_topic(subject)):
        return False
    ticket = await ticket_of_id(ctx.db, ctx.scope, rights, subject)
    return topic == ticket_topic(subject) or may_comment_internally(ticket, ctx.user.id, rights)
