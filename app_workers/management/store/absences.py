"""Approved time off, as everybody at a location may know of it."""

from datetime import date

from app_workers.management.models.calendar import Absence
from ganger.db import Database
from ganger.scope import Scope

# Whose time off it is says where it belongs; the request itself has no location.
_ABSENCES = """
    SELECT person.id AS user_id, person.name, place.id AS location_id, place.name AS location_name,
        json_extract(ticket.form_data, '$.start_date') AS start_date,
        json_extract(ticket.form_data, '$.end_date') AS end_date,
        json_extract(ticket.form_data, '$.full_day') AS full_day
    FROM tickets AS ticket
    JOIN users AS person ON person.id = ticket.subject_user_id AND person.is_active = 1
    JOIN locations AS place ON place.id = person.home_location_id AND place.id IN ({marks})
    WHERE ticket.form_type = 'time_off_request' AND ticket.status IN ('approved', 'completed')
        AND (ticket.location_id IS NULL OR ticket.location_id IN ({marks}))
        AND json_extract(ticket.form_data, '$.start_date') < ?
        AND json_extract(ticket.form_data, '$.end_date') >= ?
    ORDER BY person.name, start_date, person.id
"""


async def absences_between(db: Database, scope: Scope, first: date, before: date) -> list[Absence]:
    """Time off of the people of these locations that touches the days from `first` up to `before`."""
    places = scope.location_ids
    values = (*places, *places, before.isoformat(), first.isoformat())
    rows = await db.rows(_ABSENCES.format(marks=scope.marks), *values)
    return [Absence.model_validate(row | {"full_day": bool(row["full_day"])}) for row in rows]
