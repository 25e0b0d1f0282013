"""Messages that did not arrive, and who is told of them."""

from collections import Counter
from datetime import date, datetime, timedelta

from app_workers.handouts.models.deliveries import FailedDelivery
from ganger.clock import clinic_midnight, iso_utc
from ganger.db import Database, Statement
from ganger.notifications import Notice, managers_at, notify
from ganger.scope import Scope

_MOST = 100
# A row that has failed changes no more, so its last change is when it failed.
_FAILED = """
    SELECT delivery.id, delivery.handout_id, delivery.location_id, places.name AS location_name,
        packet.is_general, packet.patient_name, delivery.channel, delivery.status, delivery.failure_code,
        delivery.updated_at AS failed_at,
        packet.status = 'ready' AND NOT EXISTS (
            SELECT 1 FROM delivery_tracking AS later
            WHERE later.handout_id = delivery.handout_id AND later.channel = delivery.channel
                AND later.id > delivery.id AND later.location_id = delivery.location_id
        ) AS can_retry
    FROM delivery_tracking AS delivery
    JOIN generated_handouts AS packet ON packet.id = delivery.handout_id
    JOIN locations AS places ON places.id = delivery.location_id
    WHERE delivery.location_id IN ({marks}) AND packet.location_id IN ({marks})
        AND delivery.status IN ('failed', 'bounced') AND delivery.updated_at >= ? AND delivery.updated_at < ?
    ORDER BY delivery.updated_at DESC, delivery.id DESC LIMIT ?
"""


async def failed_between(db: Database, scope: Scope, first: datetime, end: datetime) -> list[FailedDelivery]:
    """The messages that failed from an instant to before another, the newest first; at most 100."""
    here = scope.location_ids
    sql = _FAILED.format(marks=scope.marks)
    rows = await db.rows(sql, *here, *here, iso_utc(first), iso_utc(end), _MOST)
    return [FailedDelivery.model_validate(row) for row in rows]


async def failed_on(db: Database, scope: Scope, day: date) -> list[FailedDelivery]:
    """The messages that failed on a clinic day, the newest first; at most 100."""
    return await failed_between(db, scope, clinic_midnight(day), clinic_midnight(day + timedelta(days=1)))


async def failure_notices(db: Database, scope: Scope, day: date, at: datetime) -> list[Statement]:
    """A notice to the managers of each location at which messages failed that day, once for each day."""
    counts = Counter((each.location_id, each.location_name) for each in await failed_on(db, scope, day))
    notices = []
    for (location_id, name), count in sorted(counts.items()):
        title = f"{count} handout message{'' if count == 1 else 's'} did not arrive: {name}, {day:%m/%d/%Y}"
        notice = Notice("handouts", title, f"/handouts/failures?on={day.isoformat()}")
        quiet_since = at - timedelta(days=7)
        notices.append(notify(at, notice, managers_at([location_id]), quiet_since=quiet_since))
    return notices
