"""The SQL of the outbox. A step of a message is one batch with its event, and relies on its version."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.contracts.communication import MAX_EVENTS, Channel, Event, Kind, Message, Status
from ganger.contracts.staff_mail import StaffMail
from ganger.db import Database, Row, Statement, Value, expect, insert
from service_workers.hubs.communication.domain.sending import News
from service_workers.hubs.communication.domain.states import moves_forward

# A run that claimed a message and has not told what came of it after this time has ended.
LEASE = timedelta(minutes=3)
# A mail in the app's own words, to somebody of the practice.
StoredKind = Kind | Literal["staff-mail"]
STAFF_MAIL: Literal["staff-mail"] = "staff-mail"
_WAITING = "('queued', 'sending', 'uncertain')"
# Other messages with the same words whose references are known, among which a lost one is not looked for.
_REFERENCES = (
    "SELECT reference FROM hub_messages WHERE channel = ? AND created_at >= ? AND reference IS NOT NULL"
)

# The reference is news too when the provider was faster than our own note of its answer.
_TAKE_UP = """
    UPDATE hub_messages SET status = ?, failure = ?, reference = coalesce(reference, ?),
        destination = NULL, link = NULL, subject = NULL, text = NULL, version = version + 1, updated_at = ?
    WHERE id = ?"""


@dataclass(frozen=True, slots=True)
class Stored:
    """A message as it stands in the outbox."""

    id: str
    app: str
    key: str
    channel: Channel
    kind: StoredKind
    content_hash: str
    destination: str | None
    link: str | None
    valid_hours: int | None
    subject: str | None
    text: str | None
    status: str
    failure: str | None
    attempts: int
    next_try_at: datetime
    first_given_at: str | None
    claimed_at: str | None
    expires_at: datetime
    version: int


_COLUMNS = ", ".join(Stored.__slots__)


@dataclass(frozen=True, slots=True)
class Change:
    """A step of a message. `columns` are set besides; those who read events are told of a public step."""

    status: str
    at: datetime
    failure: str | None = None
    reference: str | None = None
    next_try_at: datetime | None = None
    is_attempt: bool = False
    forgets: bool = False
    tells: Status | None = None


async def message_of_key(db: Database, app: str, key: str) -> Stored | None:
    """The message that the app asked for with that key."""
    row = await db.row(f"SELECT {_COLUMNS} FROM hub_messages WHERE app = ? AND key = ?", app, key)  # noqa: S608
    return _stored(row) if row else None


async def message(db: Database, message_id: str) -> Stored | None:
    """A message by our id."""
    row = await db.row(f"SELECT {_COLUMNS} FROM hub_messages WHERE id = ?", message_id)  # noqa: S608
    return _stored(row) if row else None


async def message_of_reference(db: Database, reference: str) -> Stored | None:
    """A message by the provider's reference."""
    row = await db.row(f"SELECT {_COLUMNS} FROM hub_messages WHERE reference = ?", reference)  # noqa: S608
    return _stored(row) if row else None


async def due(db: Database, channel: Channel, at: datetime, limit: int) -> list[str]:
    """Ids of a channel's messages that are to be looked at by now, those of a lost run too; oldest first."""
    sql = f"""
        SELECT id FROM hub_messages
        WHERE status IN {_WAITING} AND channel = ? AND next_try_at <= ?
            AND (status <> 'sending' OR claimed_at <= ?)
        ORDER BY next_try_at, id LIMIT ?"""  # noqa: S608
    rows = await db.rows(sql, channel, iso_utc(at), iso_utc(at - LEASE), limit)
    return [str(row["id"]) for row in rows]


async def known_references(db: Database, channel: Channel, since: str) -> frozenset[str]:
    """The provider's references of all messages since then."""
    return frozenset(str(row["reference"]) for row in await db.rows(_REFERENCES, channel, since))


async def is_opted_out(db: Database, channel: Channel, destination: str) -> bool:
    """Whether whoever is there wants no messages."""
    sql = "SELECT 1 FROM hub_opt_outs WHERE channel = ? AND destination = ?"
    return await db.row(sql, channel, destination) is not None


async def events_after(db: Database, app: str, after: int) -> tuple[Event, ...]:
    """What became of an app's messages since that event."""
    sql = "SELECT * FROM hub_events WHERE app = ? AND number > ? ORDER BY number LIMIT ?"
    rows = await db.rows(sql, app, after, MAX_EVENTS)
    names = ("number", "message_id", "status", "at", "failure")
    return tuple(Event(**{name: row[name] for name in names}) for row in rows)  # type: ignore[arg-type]  # a row's


async def add(db: Database, asked: Message | StaffMail, new: Stored, actor: Actor, consent: str) -> None:
    """Put a message into the outbox, with its audit row.

    Args:
        consent: where the consent stands: `on-file`, `stated` by the app, or `not needed`.
    Raises:
        ConstraintFailed: the app has used the key just now.
    """
    await db.batch(adding(asked, new, actor, consent))


def adding(asked: Message | StaffMail, new: Stored, actor: Actor, consent: str) -> list[Statement]:
    """The statements of `add`."""
    at = iso_utc(actor.at)
    row: dict[str, Value] = {
        "id": new.id,
        "app": new.app,
        "key": new.key,
        "channel": new.channel,
        "kind": new.kind,
        "content_hash": new.content_hash,
        "destination": new.destination,
        "link": new.link,
        "valid_hours": new.valid_hours,
        "subject": new.subject,
        "text": new.text,
        "record_id": asked.record_id,
        "location_id": asked.location_id,
        "status": new.status,
        "next_try_at": at,
        "expires_at": iso_utc(new.expires_at),
        "created_at": at,
        "updated_at": at,
    }
    facts = {"app": new.app, "channel": new.channel, "kind": new.kind, "record": asked.record_id}
    facts["consent"] = consent
    audit = audit_row(actor, "hubs:message", "message", new.id, asked.location_id, facts)
    return [insert("hub_messages", row), audit]


async def step(db: Database, before: Stored, change: Change) -> None:
    """Take a message one step further.

    Raises:
        ExpectationFailed: somebody else took it further since it was read.
    """
    at = iso_utc(change.at)
    columns: dict[str, Value] = {"status": change.status, "failure": change.failure, "updated_at": at}
    if change.reference:
        columns["reference"] = change.reference
    if change.next_try_at:
        columns["next_try_at"] = iso_utc(change.next_try_at)
    if change.is_attempt:
        columns |= {"attempts": before.attempts + 1, "claimed_at": at}
        columns["first_given_at"] = before.first_given_at or at
    if change.forgets:
        columns |= {"destination": None, "link": None, "subject": None, "text": None}
    sets = ", ".join(f"{name} = ?" for name in columns)
    statements: list[Statement] = [
        expect("version", "(SELECT version FROM hub_messages WHERE id = ?) = ?", before.id, before.version),
        Statement(
            f"UPDATE hub_messages SET version = version + 1, {sets} WHERE id = ?",  # noqa: S608
            (*columns.values(), before.id),
        ),
    ]
    if change.tells:
        statements.append(_event(before, change.tells, change.failure, at))
    await db.batch(statements)


async def take_up(db: Database, before: Stored, news: News, used: Statement, at: datetime) -> bool:
    """Take up news of a message: forward only, once for each webhook.

    Returns:
        Whether the message stands otherwise now.
    Raises:
        ExpectationFailed: the message was taken further since it was read.
        ConstraintFailed: the webhook was taken up already.
    """
    statements, moves = [used], moves_forward(before.status, news.status)
    if moves:
        text = iso_utc(at)
        held = "(SELECT version FROM hub_messages WHERE id = ?) = ?"
        statements.append(expect("version", held, before.id, before.version))
        values = (news.status, news.failure, news.reference, text, before.id)
        statements.append(Statement(_TAKE_UP, values))
        statements.append(_event(before, news.status, news.failure, text))
    await db.batch(statements)
    return moves


def used_hook(provider: str, event_id: str, at: datetime) -> Statement:
    """The statement that a webhook is taken up; a copy of it fails here."""
    return insert("hub_used_hooks", {"provider": provider, "event_id": event_id, "at": iso_utc(at)})


def opting(channel: Channel, destination: str, is_out: bool, at: datetime) -> Statement:
    """The statement that takes up somebody's wish."""
    if is_out:
        sql = "INSERT OR IGNORE INTO hub_opt_outs (channel, destination, at) VALUES (?, ?, ?)"
        return Statement(sql, (channel, destination, iso_utc(at)))
    return Statement("DELETE FROM hub_opt_outs WHERE channel = ? AND destination = ?", (channel, destination))


async def forget_used_hooks(db: Database, before: datetime) -> None:
    """Drop the webhooks that are too old to be sent again."""
    await db.batch([Statement("DELETE FROM hub_used_hooks WHERE at < ?", (iso_utc(before),))])


def _event(of: Stored, status: Status, failure: str | None, at: str) -> Statement:
    row = {"app": of.app, "message_id": of.id, "status": status, "failure": failure, "at": at}
    return insert("hub_events", row)


def _stored(row: Row) -> Stored:
    times = {name: datetime.fromisoformat(str(row[name])) for name in ("next_try_at", "expires_at")}
    return Stored(**(row | times))  # type: ignore[arg-type]  # the columns are the record's fields
