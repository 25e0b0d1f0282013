"""What viewers of a request, of the queue and of the bell are told when something changes."""

from collections.abc import Iterable
from datetime import datetime

from app_workers.management.models.tickets import Ticket
from ganger.clock import epoch_ms
from ganger.live_rules import Change, Live

QUEUE = "management.queue"
_TICKET, _INTERNAL, _USER = "management.ticket.", "management.internal.", "management.user."


def ticket_topic(ticket_id: str) -> str:
    """What everybody who sees the request hears."""
    return _TICKET + ticket_id


def internal_topic(ticket_id: str) -> str:
    """What those hear besides who may read the request's internal comments."""
    return _INTERNAL + ticket_id


def user_topic(user_id: str) -> str:
    """What one person hears: that their notifications have changed."""
    return _USER + user_id


def subject_of(topic: str) -> str:
    """The id that a topic is about; empty for one that is about nothing."""
    for kind in (_TICKET, _INTERNAL, _USER):
        if topic.startswith(kind):
            return topic.removeprefix(kind)
    return ""


def tell_ticket(live: Live, ticket: Ticket, at: datetime) -> None:
    """Tell the request's viewers, and the queue's, that it stands otherwise now."""
    change = Change(f"ticket.{ticket.id}", ticket.version, {"status": ticket.status.value})
    live.publish(ticket_topic(ticket.id), change)
    if not ticket.needs_approval:
        tell_queue(live, at)


def tell_queue(live: Live, at: datetime) -> None:
    """Tell the queue's viewers to look again; which request it is, each sees by themselves or not at all."""
    live.publish(QUEUE, Change("queue", epoch_ms(at), {}))


def tell_comment(live: Live, ticket_id: str, comment_id: str, at: datetime, *, is_internal: bool) -> None:
    """Tell those who may read the comment that it is there, or says something else."""
    topic = internal_topic(ticket_id) if is_internal else ticket_topic(ticket_id)
    live.publish(topic, Change(f"comment.{comment_id}", epoch_ms(at), {}))


def tell_people(live: Live, user_ids: Iterable[str], at: datetime) -> None:
    """Tell each of them that their notifications have changed."""
    for user_id in sorted(set(user_ids)):
        live.publish(user_topic(user_id), Change("notifications", epoch_ms(at), {}))
