"""Accounts at identity providers: whose they are, who asks for access, and which attempts were used.

No Scope here: nobody is signed in yet, and accounts belong to no location.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.context import Context
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Statement, Value, expect, insert
from ganger.errors import Conflict
from ganger.ids import new_id
from service_workers.auth.oidc.attempt import Attempt
from service_workers.auth.oidc.id_token import Identity


class RequestStatus(StrEnum):
    """What became of a request for access. NEW is one that was written just now."""

    NEW = "new"
    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"


async def use_attempt(db: Database, attempt: Attempt, now: datetime) -> bool:
    """Mark an attempt as used; False if it was before, whoever was faster.

    A mark is no change that the audit log keeps: what the attempt ends with stands there.
    """
    ends_at = iso_utc(datetime.fromtimestamp(attempt.ends_at, now.tzinfo))
    forget = Statement("DELETE FROM used_sign_in_attempts WHERE ends_at < ?", (iso_utc(now),))
    try:
        await db.batch([forget, insert("used_sign_in_attempts", {"mark": attempt.mark, "ends_at": ends_at})])
    except ConstraintFailed:
        return False
    return True


async def record_refusal(ctx: Context, attempt: Attempt, user_id: str | None, reason: str) -> None:
    """Write that an attempt did not end with a session, and why; nothing of the token."""
    columns: dict[str, Value] = {
        "id": new_id(ctx.now),
        "occurred_at": iso_utc(ctx.now),
        "user_id": user_id,
        "action": "auth:sign-in-refused",
        "record_type": "sign-in",
        "record_id": attempt.mark,
        "request_id": ctx.request_id,
        "ip_address": ctx.address,
        "fields_json": f'{{"reason": "{reason}"}}',
        "is_authorized": 0,
    }
    await ctx.db.batch([insert("audit_logs", columns)])


async def linked_user(db: Database, identity: Identity) -> str | None:
    """The id of the person whose account it is, by issuer and subject; their e-mail address is no proof."""
    row = await db.row(
        "SELECT user_id FROM user_identities WHERE issuer = ? AND subject = ?",
        identity.issuer,
        identity.subject,
    )
    return None if row is None else str(row["user_id"])


async def request_access(ctx: Context, identity: Identity) -> RequestStatus:
    """Write an account's request for access and tell the superadmins, unless it asked before."""
    before = await _status(ctx.db, identity)
    if before is not None:
        return before
    supers = await ctx.db.rows(
        """SELECT users.id FROM users JOIN user_roles ON user_roles.user_id = users.id
           WHERE user_roles.role = 'superadmin' AND users.is_active = 1"""
    )
    request_id, at = new_id(ctx.now), iso_utc(ctx.now)
    columns: dict[str, Value] = {
        "id": request_id,
        "issuer": identity.issuer,
        "subject": identity.subject,
        "email": identity.email,
        "name": identity.name,
        "requested_at": at,
    }
    told = (_notification(str(row["id"]), identity.name, ctx.now) for row in supers)
    try:
        await ctx.db.batch([insert("access_requests", columns), *told, _requested(ctx, request_id)])
    except ConstraintFailed:
        return RequestStatus.PENDING  # the same person asked from two tabs at once
    return RequestStatus.NEW


async def approve_access(db: Database, actor: Actor, request_id: str, user_id: str) -> None:
    """Link the account of a request for access to a person; the next sign-in is theirs.

    Args:
        actor: the administrator, whose right to do this the caller has checked.
    Raises:
        Conflict: the request was decided before, or there is no such active person.
    """
    link = Statement(
        """INSERT INTO user_identities (issuer, subject, user_id, linked_at, linked_by)
           SELECT issuer, subject, ?, ?, ? FROM access_requests WHERE id = ?""",
        (user_id, iso_utc(actor.at), actor.user_id, request_id),
    )
    is_active = "EXISTS (SELECT 1 FROM users WHERE id = ? AND is_active = 1)"
    approved = audit_row(
        actor, "auth:access-approved", "access-request", request_id, fields={"user_id": user_id}
    )
    is_person = expect("person_is_active", is_active, user_id)
    await _decide(db, actor, request_id, RequestStatus.APPROVED, [is_person, link, approved])


async def refuse_access(db: Database, actor: Actor, request_id: str) -> None:
    """Refuse a request for access, for good.

    Raises:
        Conflict: it was decided before.
    """
    refused = audit_row(actor, "auth:access-refused", "access-request", request_id)
    await _decide(db, actor, request_id, RequestStatus.REFUSED, [refused])


async def _decide(
    db: Database, actor: Actor, request_id: str, status: RequestStatus, consequences: list[Statement]
) -> None:
    is_pending = "EXISTS (SELECT 1 FROM access_requests WHERE id = ? AND status = 'pending')"
    decide = Statement(
        "UPDATE access_requests SET status = ?, decided_at = ?, decided_by = ? WHERE id = ?",
        (status.value, iso_utc(actor.at), actor.user_id, request_id),
    )
    try:
        await db.batch([expect("request_is_pending", is_pending, request_id), decide, *consequences])
    except ExpectationFailed as error:
        raise Conflict("This request was decided before, or the person is not active.") from error


async def _status(db: Database, identity: Identity) -> RequestStatus | None:
    row = await db.row(
        "SELECT status FROM access_requests WHERE issuer = ? AND subject = ?",
        identity.issuer,
        identity.subject,
    )
    return None if row is None else RequestStatus(str(row["status"]))


def _requested(ctx: Context, request_id: str) -> Statement:
    columns: Mapping[str, Value] = {
        "id": new_id(ctx.now),
        "occurred_at": iso_utc(ctx.now),
        "action": "auth:access-requested",
        "record_type": "access-request",
        "record_id": request_id,
        "request_id": ctx.request_id,
        "ip_address": ctx.address,
    }
    return insert("audit_logs", columns)


def _notification(user_id: str, name: str, now: datetime) -> Statement:
    columns: dict[str, Value] = {
        "id": new_id(now),
        "user_id": user_id,
        "app_key": "auth",
        "title": f"{name} asks for access to the staff portal",
        "created_at": iso_utc(now),
    }
    return insert("notifications", columns)
