"""When a message is tried, how far it is, and until when anybody asks after it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from app_workers.handouts.models.deliveries import DeliveryStatus

MAX_SENDS = 5  # of one packet and channel
SENDS_WITHIN = timedelta(hours=24)
FOLLOWED_FOR = timedelta(days=3)
_AFTER_TRY = (1, 5, 15)  # minutes until the next one
_LOOK_EVERY = timedelta(minutes=15)  # in case what the hub told got lost
_RANK: Mapping[DeliveryStatus, int] = {
    DeliveryStatus.QUEUED: 0,
    DeliveryStatus.SENT: 1,
    DeliveryStatus.DELIVERED: 2,
    DeliveryStatus.BOUNCED: 2,
    DeliveryStatus.FAILED: 2,
    DeliveryStatus.CANCELLED: 2,
    DeliveryStatus.PRINTED: 2,
}


def next_try(attempts: int, at: datetime) -> datetime | None:
    """When to try again after so many tries that failed; None when it was the last."""
    return at + timedelta(minutes=_AFTER_TRY[attempts - 1]) if attempts <= len(_AFTER_TRY) else None


def is_forward(now: DeliveryStatus, then: DeliveryStatus) -> bool:
    """Whether a state comes after the one that a delivery is in: what comes late changes nothing."""
    return _RANK[then] > _RANK[now]


def next_look(created_at: datetime, now: datetime) -> datetime | None:
    """When to ask again what became of a message; None when nobody does any more."""
    return now + _LOOK_EVERY if now - created_at <= FOLLOWED_FOR else None
