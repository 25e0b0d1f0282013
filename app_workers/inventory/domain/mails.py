"""When a mail is tried, how far it is, and until when anybody asks after it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app_workers.inventory.models.mails import Mail, MailStatus
from ganger.contracts.communication import Status

FOLLOWED_FOR = timedelta(days=3)
_AFTER_TRY = (1, 5, 15, 60)  # minutes until the next one
_FIRST_LOOK = timedelta(minutes=1)
_STATUSES: dict[Status, MailStatus] = {
    "queued": MailStatus.ACCEPTED,
    "sent": MailStatus.SENT,
    "delivered": MailStatus.DELIVERED,
    "failed": MailStatus.FAILED,
    "bounced": MailStatus.BOUNCED,
    "cancelled": MailStatus.FAILED,
}
_ENDED = (MailStatus.DELIVERED, MailStatus.FAILED, MailStatus.BOUNCED)
_LOST = (MailStatus.FAILED, MailStatus.BOUNCED)


def status_of(told: Status) -> MailStatus:
    """The state of a mail that the hub has."""
    return _STATUSES[told]


def next_try(attempts: int, at: datetime) -> datetime | None:
    """When to try again after so many tries that failed; None when it was the last."""
    return at + timedelta(minutes=_AFTER_TRY[attempts - 1]) if attempts <= len(_AFTER_TRY) else None


def next_look(status: MailStatus, created_at: datetime, now: datetime) -> datetime | None:
    """When to ask again what became of a mail, the older the later; None when nobody does any more."""
    age = now - created_at
    if status in _ENDED or age > FOLLOWED_FOR:
        return None
    return now + max(_FIRST_LOOK, age / 4)


def is_not_sent(mails: Sequence[Mail]) -> bool:
    """Whether one of these did not get through, or not yet although it was tried."""
    return any(mail.status in _LOST or _has_waited(mail) for mail in mails)


def latest(mails: Sequence[Mail]) -> list[Mail]:
    """Those of the last sending."""
    last = max((mail.number for mail in mails), default=0)
    return [mail for mail in mails if mail.number == last]


def _has_waited(mail: Mail) -> bool:
    return mail.status is MailStatus.WAITING and mail.attempts > 0
