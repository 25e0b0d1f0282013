"""People and their sessions in the database.

No Scope here: these statements are what finds out which locations a person may see.
"""

import json
from dataclasses import replace
from datetime import datetime

from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import Database, ExpectationFailed, Row, Statement, Value, expect, insert
from ganger.identity import Location, Person
from service_workers.auth.domain.sessions import GRACE, own_first
from service_workers.auth.errors import SignInRefused
from service_workers.auth.models import Account, HeldSession, OpenSession, Rotation, Start

# Managers and superadmins see all locations that are open, staff their own and those they are given.
_PEOPLE = """
SELECT users.id, users.name, users.email, users.home_location_id, user_roles.role,
    (SELECT json_group_array(permission) FROM user_permissions
     WHERE user_id = users.id AND (expires_at IS NULL OR expires_at > ?)) AS permissions,
    (SELECT json_group_array(json_array(locations.id, locations.name)) FROM locations
     WHERE is_active = 1 AND (user_roles.role IN ('manager', 'superadmin')
        OR locations.id = users.home_location_id
        OR locations.id IN (SELECT location_id FROM user_locations WHERE user_id = users.id))) AS locations
FROM users JOIN user_roles ON user_roles.user_id = users.id
WHERE users.is_active = 1
"""
# A session that got a new id passes for a moment more, as long as its successor is open.
_HELD_SESSION = f"""
SELECT people.*, sessions.started_at, sessions.expires_at, sessions.stepped_up_until, sessions.ended_at
FROM sessions JOIN ({_PEOPLE}) AS people ON people.id = sessions.user_id
WHERE sessions.id = ? AND sessions.expires_at > ? AND (sessions.ended_at IS NULL OR (
    sessions.ended_at > ? AND EXISTS (
        SELECT 1 FROM sessions AS successor
        WHERE successor.id = sessions.replaced_by AND successor.ended_at IS NULL)))
"""  # noqa: S608 - the text above
_END = "UPDATE sessions SET ended_at = ?"
_IS_OPEN = (
    "EXISTS (SELECT 1 FROM sessions WHERE id = ? AND user_id = ? AND ended_at IS NULL AND expires_at > ?)"
)


# The session of an id, also if it has got other ids since.
_SAME_SESSION = """id IN (
    WITH RECURSIVE chain (id) AS (
        SELECT ? UNION SELECT replaced_by FROM sessions JOIN chain USING (id) WHERE replaced_by IS NOT NULL)
    SELECT id FROM chain) AND user_id = ? AND ended_at IS NULL AND expires_at > ?"""


async def accounts(db: Database, now: datetime) -> list[Account]:
    """Everyone who can sign in, by name."""
    rows = await db.rows(f"{_PEOPLE} ORDER BY users.name, users.id", iso_utc(now))
    people = (_person(row, session_id="") for row in rows)
    return [_account(person) for person in people if person is not None]


async def person_to_sign_in(db: Database, person_id: str, session_id: str, now: datetime) -> Person | None:
    """The person as the session will know them; None if they may not sign in."""
    row = await db.row(f"{_PEOPLE} AND users.id = ?", iso_utc(now), person_id)
    return _person(row, session_id)


async def start_session(db: Database, actor: Actor, start: Start) -> None:
    """Write the session of a person who signs in, and end the one that it replaces.

    Raises:
        SignInRefused: they were deactivated in the meantime.
    """
    at = iso_utc(actor.at)
    columns: dict[str, Value] = {
        "id": start.session_id,
        "user_id": start.user_id,
        "method": start.method,
        "browser": start.browser,
        "first_address": actor.ip_address,
        "last_address": actor.ip_address,
        "started_at": at,
        "last_seen_at": at,
        "expires_at": iso_utc(start.ends_at),
    }
    is_active = "EXISTS (SELECT 1 FROM users WHERE id = ? AND is_active = 1)"
    fields = {"method": start.method, "replaces": start.replaces}
    try:
        await db.batch(
            [
                expect("person_is_active", is_active, start.user_id),
                insert("sessions", columns),
                Statement(f"{_END} WHERE id = ? AND ended_at IS NULL", (at, start.replaces)),
                audit_row(actor, "auth:sign-in", "session", start.session_id, fields=fields),
            ]
        )
    except ExpectationFailed as error:
        raise SignInRefused("This person cannot sign in.") from error


async def held_session(db: Database, session_id: str, now: datetime) -> HeldSession | None:
    """What a session is now; None if it has ended or its person may not sign in."""
    at = iso_utc(now)
    row = await db.row(_HELD_SESSION, at, session_id, at, iso_utc(now - GRACE))
    person = _person(row, session_id)
    if row is None or person is None:
        return None
    is_rotated = row["ended_at"] is not None
    until = None if is_rotated else row["stepped_up_until"]
    if until is not None:
        person = replace(person, stepped_up_until=int(_instant(until).timestamp()))
    return HeldSession(person, _instant(row["started_at"]), _instant(row["expires_at"]), is_rotated)


async def touch_session(
    db: Database, session_id: str, ends_at: datetime, address: str | None, now: datetime
) -> None:
    """Note that an open session is in use.

    Being seen is no change that the audit log keeps: it would be a row every few minutes for everyone.
    """
    sql = """UPDATE sessions SET last_seen_at = ?, expires_at = ?, last_address = coalesce(?, last_address)
             WHERE id = ? AND ended_at IS NULL"""
    await db.batch([Statement(sql, (iso_utc(now), iso_utc(ends_at), address, session_id))])


def rotate_session(actor: Actor, rotation: Rotation) -> list[Statement]:
    """The statements that give an open session a new id, for the batch of what makes that necessary.

    The batch fails with `session_is_open` if the session has ended or has got a new id meanwhile.
    """
    at = iso_utc(actor.at)
    until = iso_utc(rotation.stepped_up_until) if rotation.stepped_up_until else None
    successor = """INSERT INTO sessions (id, user_id, method, started_at, last_seen_at, expires_at, browser,
                                         first_address, last_address, stepped_up_until)
                   SELECT ?, user_id, method, started_at, ?, expires_at, browser, first_address,
                          coalesce(?, last_address), coalesce(?, stepped_up_until)
                   FROM sessions WHERE id = ?"""
    return [
        expect("session_is_open", _IS_OPEN, rotation.old_id, actor.user_id, at),
        Statement(successor, (rotation.new_id, at, actor.ip_address, until, rotation.old_id)),
        Statement(
            "UPDATE sessions SET ended_at = ?, replaced_by = ? WHERE id = ?",
            (at, rotation.new_id, rotation.old_id),
        ),
        audit_row(actor, "auth:session-rotated", "session", rotation.new_id, fields={"was": rotation.old_id}),
    ]


async def open_sessions(db: Database, user_id: str, now: datetime) -> list[OpenSession]:
    """Where a person is signed in, the last used first."""
    rows = await db.rows(
        """SELECT id, browser, started_at, last_seen_at, first_address, last_address FROM sessions
           WHERE user_id = ? AND ended_at IS NULL AND expires_at > ? ORDER BY last_seen_at DESC, id""",
        user_id,
        iso_utc(now),
    )
    return [_open_session(row) for row in rows]


async def end_session(db: Database, actor: Actor, session_id: str) -> bool:
    """End one of the person's sessions; False if it has ended before or is not theirs.

    A request that was on its way with an old id means the session under the new one.
    """
    at = iso_utc(actor.at)
    values = (session_id, actor.user_id, at)
    try:
        await db.batch(
            [
                expect("session_is_open", f"EXISTS (SELECT 1 FROM sessions WHERE {_SAME_SESSION})", *values),  # noqa: S608
                Statement(f"{_END} WHERE {_SAME_SESSION}", (at, *values)),
                audit_row(actor, "auth:sign-out", "session", session_id),
            ]
        )
    except ExpectationFailed:
        return False  # signed out twice, from two tabs say
    return True


async def end_other_sessions(db: Database, actor: Actor, kept_id: str) -> None:
    """End all sessions of the person but one."""
    await db.batch(
        [
            Statement(
                f"{_END} WHERE user_id = ? AND id <> ? AND ended_at IS NULL",
                (iso_utc(actor.at), actor.user_id, kept_id),
            ),
            audit_row(actor, "auth:sign-out-others", "user", actor.user_id, fields={"kept": kept_id}),
        ]
    )


async def end_all_sessions(db: Database, actor: Actor) -> None:
    """End every session of the person."""
    await db.batch(
        [
            Statement(f"{_END} WHERE user_id = ? AND ended_at IS NULL", (iso_utc(actor.at), actor.user_id)),
            audit_row(actor, "auth:sign-out-everywhere", "user", actor.user_id),
        ]
    )


def _person(row: Row | None, session_id: str) -> Person | None:
    if row is None:
        return None
    locations = own_first(
        (Location(*pair) for pair in json.loads(str(row["locations"]))), str(row["home_location_id"])
    )
    if not locations:
        return None  # all their locations are closed: nothing that they may see is left
    return Person(
        id=str(row["id"]),
        name=str(row["name"]),
        email=str(row["email"]),
        role=str(row["role"]),
        permissions=tuple(sorted(json.loads(str(row["permissions"])))),
        locations=locations,
        session_id=session_id,
    )


def _account(person: Person) -> Account:
    names = tuple(location.name for location in person.locations)
    return Account(person.id, person.name, person.role, names)


def _open_session(row: Row) -> OpenSession:
    return OpenSession(
        id=str(row["id"]),
        browser=str(row["browser"]),
        started_at=_instant(row["started_at"]),
        last_seen_at=_instant(row["last_seen_at"]),
        first_address=_text_or_none(row["first_address"]),
        last_address=_text_or_none(row["last_address"]),
    )


def _text_or_none(value: Value) -> str | None:
    return None if value is None else str(value)


def _instant(value: Value) -> datetime:
    return datetime.fromisoformat(str(value))
