"""Telling an app what became of its message, right after that was written down.

What does not get through is not told again: the app asks after it by itself.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

from ganger.clock import iso_utc
from ganger.contracts.communication import MessageNews, Status
from service_workers.hubs.communication.store import Stored

Tell = Callable[[str, MessageNews], Awaitable[None]]  # the app, by its worker's id, and the news


def news_of(message: Stored, status: Status, failure: str | None, at: datetime) -> MessageNews:
    """What the app of a message is told."""
    return MessageNews(message.key, message.id, status, iso_utc(at), failure)
