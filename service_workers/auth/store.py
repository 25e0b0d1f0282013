"""People and their sessions in the database.

No Scope here: these statements are what finds out which locations a person may see.
"""

import json
from datetime import datetime

from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import Database, ExpectationFailed, Row, Statement, expect, insert
from ganger.identity import Location, Person
from service_workers.auth.domain.sessions import own_first
from service_workers.auth.errors import SignInRefused
from service_workers.auth.models import Account

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
_OPEN_SESSION = """EXISTS (
    SELECT 1 FROM sessions
    WHERE id = ? AND user_id = users.id AND ended_at IS NULL AND expires_at > ?)"""


async def accounts(db: Database, now: datetime) -> list[Account]:
    """Everyone who can sign in, by name."""
    rows = await db.rows(f"{_PEOPLE} ORDER BY users.name, users.id", iso_utc(now))
    people = (_person(row, session_id="") for row in rows)
    return [_account(person) for person in people if person is not None]


async def person_to_sign_in(db: Database, person_id: str, session_id: str, now: datetime) -> Person | None:
    """The person as the session will know them; None if they may not sign in."""
    row = await db.row(f"{_PEOPLE} AND users.id = ?", iso_utc(now), person_id)
    return _person(row, session_id)


async def start_session(db: Database, actor: Actor, session_id: str, method: str, ends_at: datetime) -> None:
    """Write the session of a person who signs in.

    Raises:
        SignInRefused: they were deactivated in the meantime.
    """
    at = iso_utc(actor.at)
    columns = {
        "id": session_id,
        "user_id": actor.user_id,
        "method": method,
        "started_at": at,
        "last_seen_at": at,
        "expires_at": iso_utc(ends_at),
    }
    is_active = "EXISTS (SELECT 1 FROM users WHERE id = ? AND is_active = 1)"
    try:
        await db.batch(
            [
                expect("person_is_active", is_active, actor.user_id),
                insert("sessions", columns),
                audit_row(actor, "auth:sign-in", "session", session_id, fields={"method": method}),
            ]
        )
    except ExpectationFailed as error:
        raise SignInRefused("This person cannot sign in.") from error


async def renew_session(db: Database, session_id: str, now: datetime) -> Person | None:
    """The person of an open session as they are now; None if it has ended or they may not sign in.

    Being seen is no change that the audit log keeps: it would be a row every five minutes for everyone.
    """
    at = iso_utc(now)
    person = _person(await db.row(f"{_PEOPLE} AND {_OPEN_SESSION}", at, session_id, at), session_id)
    if person is not None:
        await db.batch([Statement("UPDATE sessions SET last_seen_at = ? WHERE id = ?", (at, session_id))])
    return person


async def end_session(db: Database, actor: Actor, session_id: str) -> None:
    """End a session; one that has ended stays as it is."""
    is_open = "EXISTS (SELECT 1 FROM sessions WHERE id = ? AND user_id = ? AND ended_at IS NULL)"
    end = Statement("UPDATE sessions SET ended_at = ? WHERE id = ?", (iso_utc(actor.at), session_id))
    try:
        await db.batch(
            [
                expect("session_is_open", is_open, session_id, actor.user_id),
                end,
                audit_row(actor, "auth:sign-out", "session", session_id),
            ]
        )
    except ExpectationFailed:
        return  # signed out twice, from two tabs say


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
