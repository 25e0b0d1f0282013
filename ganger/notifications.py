"""Notifications: what a person finds in the portal at /notifications, and counted at the bell of every app.

Any app adds one inside the batch of the change that it tells of, so that none is lost and none doubled:
`await db.batch([change, audit_row(…), notify(ctx.now, Notice("inventory", title, link), people(ids))])`.
What cannot wait until the person opens the portal goes out by e-mail and text message too; the communication
hub takes it from there within a minute, and keeps it while a provider is away.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ganger.clock import iso_utc
from ganger.db import Statement, Value
from ganger.ids import new_id

MAX_TITLE = 200

# Identifiers that sort by time like all others: the first ten letters are the time.
_ADD = """
INSERT INTO notifications (id, user_id, app_key, title, link, mail, text_to, created_at)
SELECT ? || substr(lower(hex(randomblob(8))), 1, 16), users.id, ?, {text}, {text}, ?, ({number}), ?
FROM users WHERE users.is_active = 1 AND {condition}"""
_NOT_TOLD = """
AND NOT EXISTS (
    SELECT 1 FROM notifications AS told
    WHERE told.user_id = users.id AND told.app_key = ? AND told.title = ? AND told.link IS ?
        AND told.created_at > ?)"""


@dataclass(frozen=True, slots=True)
class Notice:
    """What people are told: kind and number of a thing, and the path of its page; nothing confidential.

    A title is cut at MAX_TITLE. One that `is_mailed` goes to the person's e-mail address too.
    """

    app_key: str
    title: str
    link: str | None = None
    is_mailed: bool = False


@dataclass(frozen=True, slots=True)
class Recipients:
    """A condition on `users`; of those who meet it, the active ones are told."""

    condition: str
    values: tuple[Value, ...] = ()


SUPERADMINS = Recipients("users.id IN (SELECT user_id FROM user_roles WHERE role = 'superadmin')")


def managers_at(location_ids: Iterable[str]) -> Recipients:
    """The managers who belong to one of these locations."""
    condition = """
        users.id IN (SELECT user_id FROM user_roles WHERE role = 'manager')
        AND EXISTS (
            SELECT 1 FROM user_locations
            WHERE user_id = users.id AND location_id IN (SELECT value FROM json_each(?))
        )
    """
    return Recipients(condition, (json.dumps(list(location_ids)),))


def people(user_ids: Iterable[str]) -> Recipients:
    """These people."""
    return Recipients("users.id IN (SELECT value FROM json_each(?))", (json.dumps(list(user_ids)),))


def notify(
    at: datetime,
    notice: Notice,
    to: Recipients,
    *,
    quiet_since: datetime | None = None,
    word: Statement | None = None,
    number: Statement | None = None,
) -> Statement:
    """The statement that tells each recipient once.

    Args:
        quiet_since: who was told the same after this instant is not told again.
        word: a query of one text that is known only inside the batch, such as the number that a new row
            gets; it takes the place of `{}` in title and link.
        number: a query of the mobile number of `users.id`, which a mailed notice goes to as a text too.
    """
    title = notice.title[:MAX_TITLE]
    text, more = (f"replace(?, '{{}}', ({word.sql}))", word.values) if word else ("?", ())
    mobile, its = (number.sql, number.values) if number else ("NULL", ())
    sql = _ADD.format(text=text, number=mobile, condition=to.condition)
    texts = (title, *more, notice.link, *more)
    mail = "wanted" if notice.is_mailed else None
    values = (new_id(at)[:10], notice.app_key, *texts, mail, *its, iso_utc(at), *to.values)
    if quiet_since is None:
        return Statement(sql, values)
    told = (notice.app_key, title, notice.link, iso_utc(quiet_since))
    return Statement(sql + _NOT_TOLD, (*values, *told))
