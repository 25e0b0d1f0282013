"""A person's own notifications, of whichever app."""

import asyncio
from collections.abc import Iterable
from datetime import datetime

from app_workers.management.models.notifications import Notification, NotificationQuery
from app_workers.management.notices import Told
from ganger.clock import iso_utc
from ganger.db import Database, Statement
from ganger.notifications import notify, people

_PAGE = """
    SELECT id, app_key, title, link, read_at, created_at FROM notifications
    WHERE user_id = ? {condition}
    ORDER BY read_at IS NOT NULL, created_at DESC, id DESC LIMIT ? OFFSET ?
"""
_COUNTS = """
    SELECT COUNT(*) AS total, COUNT(*) - COUNT(read_at) AS unread FROM notifications WHERE user_id = ?
"""
_UNREAD = "SELECT COUNT(*) AS unread FROM notifications WHERE user_id = ? AND read_at IS NULL"
_PHONE = Statement("SELECT phone FROM staff_profiles WHERE user_id = users.id")
_READ = "UPDATE notifications SET read_at = ? WHERE user_id = ? AND read_at IS NULL"


async def notifications_of(
    db: Database, user_id: str, asked: NotificationQuery
) -> tuple[list[Notification], int, int]:
    """One page, unread ones first, then the newest; how many there are, and how many are unread."""
    condition = "AND read_at IS NULL" if asked.unread else ""
    offset = (asked.page - 1) * asked.limit
    rows, counts = await asyncio.gather(
        db.rows(_PAGE.format(condition=condition), user_id, asked.limit, offset), db.rows(_COUNTS, user_id)
    )
    total, unread = int(counts[0]["total"] or 0), int(counts[0]["unread"] or 0)
    return [Notification.model_validate(row) for row in rows], unread if asked.unread else total, unread


async def unread_count(db: Database, user_id: str) -> int:
    """How many notifications the person has not read."""
    rows = await db.rows(_UNREAD, user_id)
    return int(rows[0]["unread"] or 0)


async def mark_read(db: Database, user_id: str, at: datetime, notification_id: str | None = None) -> None:
    """Mark one of the person's notifications as read, or all; what is read already stays as it is."""
    one = " AND id = ?" if notification_id is not None else ""
    more = (notification_id,) if notification_id is not None else ()
    await db.batch([Statement(_READ + one, (iso_utc(at), user_id, *more))])


def telling(
    told: Iterable[Told],
    at: datetime,
    *,
    quiet_since: datetime | None = None,
    word: Statement | None = None,
) -> list[Statement]:
    """The statements that add these notices, for the batch of what they tell of; see `notify`."""
    return [
        notify(
            at,
            each.notice,
            people(each.to),
            quiet_since=quiet_since,
            word=word,
            number=_PHONE if each.is_urgent else None,
        )
        for each in told
    ]
