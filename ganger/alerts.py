"""Alerts: what superadmins are told of at once, and the log with them."""

import re
from datetime import datetime, timedelta

from ganger.audit import Actor, phi_refusal
from ganger.clock import iso_utc
from ganger.db import ConstraintFailed, Database, DatabaseError, Statement
from ganger.ids import new_id
from ganger.log import log_security
from ganger.routing import Match

# One person trying the same thing again and again is one piece of news in this time.
QUIET_FOR = timedelta(minutes=10)
MAX_TITLE = 200
_IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,64}")


async def phi_refused(db: Database | None, actor: Actor, person_name: str, match: Match) -> None:
    """Tell of a person who was refused a permission to read patients' data; nothing is raised.

    The log has a line of class `security`; the database, where there is one, an audit row and a
    notification for each superadmin.
    """
    permission = match.route.permission.name
    log_security(
        "unauthorized phi access",
        user_id=actor.user_id,
        permission=permission,
        route=match.route.path,
        request_id=actor.request_id,
    )
    if db is None:
        return
    tried = {"route": f"{match.route.method} {match.route.path}", "params": _identifiers(match.params)}
    title = f"{permission} was refused to {person_name[:80]} ({actor.user_id})"
    try:
        await db.batch([phi_refusal(actor, permission, tried), notify_superadmins(actor.at, title)])
    except (DatabaseError, ConstraintFailed):
        # The refusal itself stands, whether or not it could be told of.
        log_security("alert not written", permission=permission, request_id=actor.request_id)


def notify_superadmins(at: datetime, title: str) -> Statement:
    """The statement that notifies each active superadmin, unless they were told the same just now.

    Args:
        title: what happened, without PHI.
    """
    shown = title[:MAX_TITLE]
    # Identifiers that sort by time like all others: the first ten letters are the time.
    sql = """
INSERT INTO notifications (id, user_id, app_key, title, created_at)
SELECT ? || substr(lower(hex(randomblob(8))), 1, 16), users.id, 'security', ?, ?
FROM users JOIN user_roles ON user_roles.user_id = users.id
WHERE user_roles.role = 'superadmin' AND users.is_active = 1 AND NOT EXISTS (
    SELECT 1 FROM notifications AS told
    WHERE told.user_id = users.id AND told.app_key = 'security' AND told.title = ?
        AND told.created_at > ?)"""
    since = iso_utc(at - QUIET_FOR)
    return Statement(sql, (new_id(at)[:10], shown, iso_utc(at), shown, since))


def _identifiers(params: dict[str, str]) -> dict[str, str]:
    """Which records were tried; what does not look like an identifier may be anything that a person typed."""
    return {name: value if _IDENTIFIER.fullmatch(value) else "?" for name, value in params.items()}
