"""What reports count: packets that were given out in some days, by the index of location and day."""

from datetime import date, timedelta

from app_workers.handouts.models.reports import FailureLine, PersonTally, VersionTally
from ganger.audit import Actor, audit_row
from ganger.clock import clinic_midnight, iso_utc
from ganger.db import Database, Value
from ganger.scope import Scope

# Each packet of these days with what became of its messages; what is still being made does not count yet. The
# plus keeps SQLite from reading all packets of a state, whatever their day.
_GIVEN = """
    WITH counted AS (
        SELECT packet.id, packet.location_id, packet.generated_by, packet.templates_json,
            packet.status <> 'failed' AS is_made,
            packet.status <> 'failed' AND packet.is_general = 0 AS is_personal,
            packet.first_opened_at IS NOT NULL AS is_opened,
            coalesce(MAX(delivery.channel <> 'print' AND delivery.status IN ('sent', 'delivered')), 0)
                AS is_sent,
            coalesce(SUM(delivery.status IN ('failed', 'bounced')), 0) + (packet.status = 'failed') AS failed
        FROM generated_handouts AS packet
        LEFT JOIN delivery_tracking AS delivery
            ON delivery.handout_id = packet.id AND delivery.location_id = packet.location_id
        WHERE packet.location_id IN ({marks}) AND packet.generated_at >= ? AND packet.generated_at < ?
            AND +packet.status IN ('ready', 'revoked', 'failed')
        GROUP BY packet.id
    )
"""
_COUNTED = """
    SUM(counted.is_made) AS packets, SUM(counted.is_personal) AS patient_packets,
    SUM(counted.is_personal AND counted.is_sent) AS sent,
    SUM(counted.is_personal AND counted.is_sent AND counted.is_opened) AS opened,
    SUM(counted.failed) AS failed
"""
_BY_PERSON = f"""{_GIVEN}
    SELECT counted.location_id, places.name AS location_name, counted.generated_by AS person_id,
        person.name AS person_name, {_COUNTED}
    FROM counted
    JOIN locations AS places ON places.id = counted.location_id
    JOIN users AS person ON person.id = counted.generated_by
    GROUP BY counted.location_id, counted.generated_by
"""  # noqa: S608 - the text is ours
_BY_VERSION = f"""{_GIVEN}
    SELECT used.value ->> 'family_id' AS family_id, used.value ->> 'version' AS version,
        used.value ->> 'name' AS name, {_COUNTED}
    FROM counted, json_each(counted.templates_json) AS used
    GROUP BY 1, 2, 3
"""  # noqa: S608
_FAILURES = """
    SELECT 'pdf' AS part, packet.failure_code AS code, COUNT(*) AS count
    FROM generated_handouts AS packet
    WHERE packet.location_id IN ({marks}) AND packet.generated_at >= ? AND packet.generated_at < ?
        AND +packet.status = 'failed'
    GROUP BY packet.failure_code
    UNION ALL
    SELECT delivery.channel, coalesce(delivery.failure_code, upper(delivery.status)), COUNT(*)
    FROM generated_handouts AS packet
    JOIN delivery_tracking AS delivery
        ON delivery.handout_id = packet.id AND delivery.location_id = packet.location_id
    WHERE packet.location_id IN ({marks}) AND packet.generated_at >= ? AND packet.generated_at < ?
        AND +packet.status IN ('ready', 'revoked', 'failed') AND delivery.status IN ('failed', 'bounced')
    GROUP BY 1, 2
"""


async def given_by_person(db: Database, scope: Scope, first: date, last: date) -> list[PersonTally]:
    """What each person gave out at each location in these clinic days."""
    rows = await db.rows(_BY_PERSON.format(marks=scope.marks), *_within(scope, first, last))
    return [PersonTally.model_validate(row) for row in rows]


async def given_by_version(db: Database, scope: Scope, first: date, last: date) -> list[VersionTally]:
    """How each version of a template was given out in these clinic days."""
    rows = await db.rows(_BY_VERSION.format(marks=scope.marks), *_within(scope, first, last))
    return [VersionTally.model_validate(row) for row in rows]


async def failures(db: Database, scope: Scope, first: date, last: date) -> list[FailureLine]:
    """What failed of the packets of these clinic days, by its reason."""
    values = _within(scope, first, last)
    rows = await db.rows(_FAILURES.format(marks=scope.marks), *values, *values)
    return [FailureLine.model_validate(row) for row in rows]


async def note_download(db: Database, scope: Scope, actor: Actor, name: str, lines: int) -> None:
    """Write down that the person takes so many lines of what `name` says, at which locations."""
    fields = {"lines": lines, "location_ids": list(scope.location_ids)}
    await db.batch([audit_row(actor, "handouts:download", "handout_file", name, None, fields)])


def _within(scope: Scope, first: date, last: date) -> list[Value]:
    """The values of a condition on locations and days."""
    bounds = (first, last + timedelta(days=1))
    return [*scope.location_ids, *(iso_utc(clinic_midnight(day)) for day in bounds)]
