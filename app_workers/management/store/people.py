"""Who works here, read: the directory, one profile, and where they work."""

import asyncio
import json
from datetime import date

from app_workers.management.models.people import DirectoryQuery, Profile
from app_workers.management.models.tickets import Colleague
from ganger.db import Database, Row, Statement, Value
from ganger.errors import NotFound
from ganger.identity import Location
from ganger.scope import Scope

# ?1 is today at the clinics. Time off has no location, so that of other locations is never looked at; what
# kind of leave it is, is never read. The index is named: that of the forms would read everybody's absences.
_PEOPLE = """
    WITH people AS (
        SELECT person.id AS user_id, person.name, person.email,
            profile.employee_id, profile.department, profile.position, profile.phone, profile.bio,
            COALESCE(profile.skills, '[]') AS skills,
            CASE WHEN profile.user_id IS NULL THEN person.home_location_id ELSE profile.home_location_id END
                AS home_location_id,
            manager.id AS manager_id, manager.name AS manager_name, profile.hire_date,
            COALESCE(profile.works_remote, 0) AS works_remote, profile.updated_at AS version,
            CASE
                WHEN EXISTS (
                    SELECT 1 FROM tickets AS absence INDEXED BY tickets_by_subject
                    WHERE absence.subject_user_id = person.id AND absence.form_type = 'time_off_request'
                        AND absence.status = 'approved'
                        AND json_extract(absence.form_data, '$.full_day')
                        AND json_extract(absence.form_data, '$.start_date') <= ?1
                        AND json_extract(absence.form_data, '$.end_date') >= ?1
                        AND (absence.location_id IS NULL OR absence.location_id IN ({marks}))
                ) THEN 'away'
                WHEN profile.works_remote = 1 THEN 'remote'
                ELSE 'available'
            END AS presence
        FROM users AS person
        LEFT JOIN staff_profiles AS profile ON profile.user_id = person.id
        LEFT JOIN users AS manager ON manager.id = profile.manager_id AND manager.is_active = 1
        WHERE person.is_active = 1
    )
"""
_CARDS = """
    SELECT people.*, place.name AS location_name
    FROM people LEFT JOIN locations AS place ON place.id = people.home_location_id
    WHERE {conditions} ORDER BY people.name, people.user_id LIMIT ? OFFSET ?
"""
_TOTAL = "SELECT COUNT(*) AS total FROM people WHERE {conditions}"
_SEARCH = """
    (people.name LIKE ? ESCAPE '\\' OR people.email LIKE ? ESCAPE '\\' OR people.position LIKE ? ESCAPE '\\')
"""
_REPORTS = """
    SELECT person.id, person.name FROM staff_profiles AS profile
    JOIN users AS person ON person.id = profile.user_id
    WHERE profile.manager_id = ? AND person.is_active = 1 ORDER BY person.name, person.id
"""
_PLACES = "SELECT id, name FROM locations WHERE is_active = 1 ORDER BY name"


async def directory(
    db: Database, scope: Scope, today: date, asked: DirectoryQuery
) -> tuple[list[Profile], int]:
    """One page of the people who work here, by name; and how many there are."""
    conditions, values = _filters(asked)
    offset = (asked.page - 1) * asked.limit
    page = _asked(scope, today, _CARDS, conditions, *values, asked.limit, offset)
    count = _asked(scope, today, _TOTAL, conditions, *values)
    rows, totals = await asyncio.gather(db.rows(page.sql, *page.values), db.rows(count.sql, *count.values))
    return [_profile(row) for row in rows], int(totals[0]["total"] or 0)


async def find_profile(db: Database, scope: Scope, today: date, user_id: str) -> Profile:
    """The profile of somebody who works here.

    Raises:
        NotFound: nobody of that id does.
    """
    asked = _asked(scope, today, _CARDS, "people.user_id = ?", user_id, 1, 0)
    row = await db.row(asked.sql, *asked.values)
    if row is None:
        raise NotFound("Nobody of that name works here.")
    return _profile(row)


async def reports_of(db: Database, user_id: str) -> list[Colleague]:
    """Who reports to somebody, by name."""
    return [Colleague.model_validate(row) for row in await db.rows(_REPORTS, user_id)]


async def places(db: Database) -> list[Location]:
    """The locations of the practice, by name."""
    return [Location(str(row["id"]), str(row["name"])) for row in await db.rows(_PLACES)]


def _profile(row: Row) -> Profile:
    shaped: dict[str, object] = {"skills": json.loads(str(row["skills"]))}
    return Profile.model_validate(row | shaped | {"works_remote": bool(row["works_remote"])})


def _asked(scope: Scope, today: date, sql: str, conditions: str, *values: Value) -> Statement:
    whole = _PEOPLE.format(marks=scope.marks) + sql.format(conditions=conditions)
    return Statement(whole, (today.isoformat(), *scope.location_ids, *values))


def _filters(asked: DirectoryQuery) -> tuple[str, list[Value]]:
    filters = {
        "people.department": asked.department,
        "people.home_location_id": asked.location_id,
        "people.presence": asked.presence,
    }
    given: dict[str, Value] = {column: str(value) for column, value in filters.items() if value is not None}
    conditions = ["1", *(f"{column} = ?" for column in given)]
    values = list(given.values())
    if asked.search:
        conditions.append(_SEARCH)
        values += [_containing(asked.search)] * 3
    return " AND ".join(conditions), values


def _containing(text: str) -> str:
    """The pattern of LIKE for texts that hold this one, whatever characters it has."""
    for special in ("\\", "%", "_"):
        text = text.replace(special, f"\\{special}")
    return f"%{text}%"
