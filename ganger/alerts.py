"""Alerts: what superadmins are told of at once, and the log with them."""

import re
from datetime import datetime, timedelta

from ganger.audit import Actor, phi_refusal
from ganger.db import ConstraintFailed, Database, DatabaseError, Statement
from ganger.log import log_security
from ganger.notifications import SUPERADMINS, Notice, notify
from ganger.routing import Match

# One person trying the same thing again and again is one piece of news in this time.
QUIET_FOR = timedelta(minutes=10)
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
    return notify(at, Notice("security", title), SUPERADMINS, quiet_since=at - QUIET_FOR)


def _identifiers(params: dict[str, str]) -> dict[str, str]:
    """Which records were tried; what does not look like an identifier may be anything that a person typed."""
    return {name: value if _IDENTIFIER.fullmatch(value) else "?" for name, value in params.items()}
