"""Mails to people of the practice: written down, tried, and what became of them. Each change is one batch."""

from collections.abc import Mapping
from datetime import datetime

from app_workers.inventory.models.mails import Mail, MailKind, NewMail
from app_workers.inventory.store.rows import record
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import Database, ExpectationFailed, Statement, Value, expect
from ganger.ids import new_id
from ganger.scope import Scope

# What was sent of the same under the same number is there already, and is not sent twice.
_ADD = """
    INSERT OR IGNORE INTO inventory_mails (
        id, kind, reference_id, number, location_id, recipient, subject, text, next_look_at, created_at,
        updated_at
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_DUE = """
    SELECT mail.* FROM inventory_mails AS mail
    WHERE mail.next_look_at <= ? AND mail.location_id IN ({marks})
    ORDER BY mail.next_look_at LIMIT ?
"""
_OF = """
    SELECT mail.* FROM inventory_mails AS mail
    WHERE mail.kind = ? AND mail.reference_id = ? AND mail.location_id IN ({marks})
    ORDER BY mail.number, mail.recipient
"""
_AS_READ = """
    SELECT status = ? AND attempts = ? FROM inventory_mails WHERE id = ? AND location_id IN ({marks})
"""
_SET = "UPDATE inventory_mails SET {columns}, updated_at = ? WHERE id = ? AND location_id IN ({marks})"
_POSTED = """
    UPDATE purchase_orders SET summary_posted_at = COALESCE(summary_posted_at, ?)
    WHERE id = ? AND location_id IN ({marks})
"""


def mail_statements(place: Scope, actor: Actor, new: NewMail) -> list[Statement]:
    """What writes a mail of the one location of `place` down for each recipient; the job sends it."""
    at = iso_utc(actor.at)
    about = (new.kind.value, new.reference_id, new.number, *place.location_ids)
    return [
        Statement(_ADD, (new_id(actor.at), *about, recipient, new.subject, new.text, at, at, at))
        for recipient in new.recipients
    ]


async def due_mails(db: Database, scope: Scope, now: datetime, limit: int) -> list[Mail]:
    """The mails to be tried or asked after now, the longest due first."""
    rows = await db.rows(_DUE.format(marks=scope.marks), iso_utc(now), *scope.location_ids, limit)
    return [record(Mail, row) for row in rows]


async def mails_of(db: Database, scope: Scope, kind: MailKind, reference_id: str) -> list[Mail]:
    """All that was sent of one thing, the latest last."""
    sql = _OF.format(marks=scope.marks)
    rows = await db.rows(sql, kind.value, reference_id, *scope.location_ids)
    return [record(Mail, row) for row in rows]


async def begin_try(db: Database, scope: Scope, actor: Actor, mail: Mail, again_at: datetime | None) -> bool:
    """Count a try; False if somebody else tries it.

    Args:
        again_at: when it is looked at again should this run not tell what came of it.
    """
    counted: dict[str, Value] = {
        "attempts": mail.attempts + 1,
        "next_look_at": iso_utc(again_at or actor.at),
    }
    return await _changed(db, scope, mail, [_set(scope, actor, mail, counted)])


async def change_mail(
    db: Database, scope: Scope, actor: Actor, mail: Mail, columns: Mapping[str, Value]
) -> bool:
    """Write down what became of a mail; False if somebody else has just done so."""
    statements = [_set(scope, actor, mail, columns)]
    status = columns.get("status", mail.status.value)
    if status != mail.status.value:
        told = {"kind": mail.kind.value, "about": mail.reference_id, "status": [mail.status.value, status]}
        statements.append(
            audit_row(actor, "inventory:mail", "inventory_mail", mail.id, mail.location_id, told)
        )
    if mail.kind is MailKind.ORDER_SUMMARY and columns.get("hub_message_id"):
        values = (iso_utc(actor.at), mail.reference_id, *scope.location_ids)
        statements.append(Statement(_POSTED.format(marks=scope.marks), values))
    return await _changed(db, scope, mail, statements)


async def _changed(db: Database, scope: Scope, mail: Mail, statements: list[Statement]) -> bool:
    values = (mail.status.value, mail.attempts, mail.id, *scope.location_ids)
    try:
        await db.batch([expect("mail as read", _AS_READ.format(marks=scope.marks), *values), *statements])
    except ExpectationFailed:
        return False
    return True


def _set(scope: Scope, actor: Actor, mail: Mail, columns: Mapping[str, Value]) -> Statement:
    names = ", ".join(f"{name} = ?" for name in columns)
    values = (*columns.values(), iso_utc(actor.at), mail.id, *scope.location_ids)
    return Statement(_SET.format(columns=names, marks=scope.marks), values)
