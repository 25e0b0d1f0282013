"""Who works here now, with what they may do."""

import json
from datetime import datetime

from app_workers.management.domain.access import Rights
from app_workers.management.domain.audience import Member
from ganger.clock import iso_utc
from ganger.db import Database, Row
from ganger.identity import Person

_MEMBERS = """
    SELECT users.id, users.name, role.role, profile.manager_id, (
        SELECT json_group_array(permission) FROM user_permissions
        WHERE user_id = users.id AND (expires_at IS NULL OR expires_at > ?)
    ) AS permissions
    FROM users JOIN user_roles AS role ON role.user_id = users.id
    LEFT JOIN staff_profiles AS profile ON profile.user_id = users.id
    WHERE users.is_active = 1 ORDER BY users.name, users.id
"""


async def members_at(db: Database, now: datetime) -> list[Member]:
    """Everybody who works here and can sign in, by name."""
    return [_member(row) for row in await db.rows(_MEMBERS, iso_utc(now))]


def _member(row: Row) -> Member:
    permissions = tuple(json.loads(str(row["permissions"])))
    person_id, name, manager_id = str(row["id"]), str(row["name"]), row["manager_id"]
    # The rules ask a person's rights, of whoever asks and of whoever is told alike.
    person = Person(person_id, name, "", str(row["role"]), permissions, (), "")
    return Member(person_id, name, str(manager_id) if manager_id else None, Rights.of(person))
