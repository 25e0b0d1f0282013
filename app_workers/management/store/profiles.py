"""Profiles, changed; and sealed emergency contacts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from app_workers.management.domain.people import CONTACT
from app_workers.management.errors import EmployeeIdTaken, ManagerCycle
from app_workers.management.models.people import Profile
from app_workers.management.store.people import find_profile
from ganger.audit import Actor, audit_row
from ganger.clock import clinic_date, iso_utc
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Statement, Value, expect
from ganger.errors import AppError, VersionConflict
from ganger.scope import Scope

_AS_READ = "(SELECT updated_at FROM staff_profiles WHERE user_id = ?) IS ?"
# UNION drops what was seen, so the walk upwards ends even where there is a cycle already.
_NOT_ABOVE = """
    NOT EXISTS (
        WITH RECURSIVE above (id) AS (
            SELECT ?
            UNION
            SELECT profile.manager_id FROM staff_profiles AS profile JOIN above ON profile.user_id = above.id
        )
        SELECT 1 FROM above WHERE id = ?
    )
"""
# Somebody's first change makes their row, at the location that they have on the platform.
_SAVE = """
    INSERT INTO staff_profiles (user_id, created_at, updated_at, {names})
    SELECT id, ?, ?, {values} FROM users WHERE id = ? AND is_active = 1
    ON CONFLICT (user_id) DO UPDATE SET updated_at = excluded.updated_at, {changes}
"""
_CONTACT = "SELECT emergency_contact_sealed FROM staff_profiles WHERE user_id = ?"
_READ, _CYCLE = "profile as read", "no cycle of managers"


@dataclass(frozen=True, slots=True)
class ContactChange:
    """Whom to call from now on: sealed, or nobody."""

    sealed: str | None


async def save_profile(
    db: Database,
    scope: Scope,
    actor: Actor,
    profile: Profile,
    version: str | None,
    fields: Mapping[str, tuple[object, object]],
    contact: ContactChange | None,
) -> AppError | None:
    """Change a profile that stands as it was read; without any change nothing is written.

    Args:
        version: the one that the person saw.
        fields: JSON values before and after, as `changed_fields` gives them.
    """
    if version != profile.version:
        return _outdated(profile)
    columns = {name: _value(after) for name, (_, after) in fields.items()}
    if contact is not None:
        columns["emergency_contact_sealed"] = contact.sealed
    if not columns:
        return None
    try:
        await db.batch(_batch(actor, profile, columns, _told(fields, contact)))
    except ExpectationFailed as failure:
        if str(failure) == _CYCLE:
            return ManagerCycle(
                "Nobody reports to themselves, not through others either.", field="manager_id"
            )
        return _outdated(await find_profile(db, scope, clinic_date(actor.at), profile.user_id))
    except ConstraintFailed as failure:
        if "employee_id" not in str(failure):
            raise
        return EmployeeIdTaken("Somebody else has this employee number.", field="employee_id")
    return None


async def sealed_contact(db: Database, user_id: str) -> str | None:
    """Somebody's emergency contact as it is stored, if there is one."""
    row = await db.row(_CONTACT, user_id)
    sealed = row["emergency_contact_sealed"] if row else None
    return str(sealed) if sealed is not None else None


async def note_contact_view(db: Database, actor: Actor, user_id: str) -> None:
    """Write into the audit log that somebody sees another's emergency contact, before it is shown."""
    await db.batch([audit_row(actor, "management:view-emergency-contact", "profile", user_id)])


def _batch(
    actor: Actor, profile: Profile, columns: Mapping[str, Value], told: Mapping[str, object]
) -> list[Statement]:
    manager_id = columns.get("manager_id")
    cycle = [expect(_CYCLE, _NOT_ABOVE, manager_id, profile.user_id)] if manager_id else []
    return [
        expect(_READ, _AS_READ, profile.user_id, profile.version),
        *cycle,
        _save(actor, profile.user_id, columns),
        audit_row(actor, "management:edit-profile", "profile", profile.user_id, None, told),
    ]


def _save(actor: Actor, user_id: str, columns: Mapping[str, Value]) -> Statement:
    at = iso_utc(actor.at)
    marks = dict.fromkeys(columns, "?")
    sql = _SAVE.format(
        names=", ".join({"home_location_id": "", **marks}),
        values=", ".join(({"home_location_id": "home_location_id"} | marks).values()),
        changes=", ".join(f"{name} = excluded.{name}" for name in columns),
    )
    given = dict(columns)
    first = [given.pop("home_location_id")] if "home_location_id" in given else []
    return Statement(sql, (at, at, *first, *given.values(), user_id))


def _told(fields: Mapping[str, tuple[object, object]], contact: ContactChange | None) -> dict[str, object]:
    told: dict[str, object] = {name: list(values) for name, values in fields.items()}
    # Whom to call is nobody's business, in the audit log neither.
    return told | ({CONTACT: "changed" if contact.sealed else "removed"} if contact else {})


def _value(value: object) -> Value:
    match value:
        case bool():
            return int(value)
        case list():
            return json.dumps(value)
        case None | str():
            return value
    raise TypeError(f"A profile holds no {type(value).__name__}.")


def _outdated(current: Profile) -> VersionConflict:
    return VersionConflict("Somebody changed this profile after you opened it.", current=current.plain())
