"""What happened to a packet, as the audit log has it."""

from app_workers.handouts.models.happenings import Happening
from ganger.db import Database
from ganger.scope import Scope

_OF_PACKET = """
    SELECT log.occurred_at AS at, log.action, person.name AS who
    FROM audit_logs AS log LEFT JOIN users AS person ON person.id = log.user_id
    WHERE log.record_type = 'handout' AND log.record_id = ? AND log.location_id IN ({marks})
        AND log.action <> 'phi:read'
    ORDER BY log.occurred_at DESC, log.sequence DESC LIMIT 50
"""


async def happenings_of(db: Database, scope: Scope, packet_id: str) -> list[Happening]:
    """The newest 50 lines about a packet, without who looked at it."""
    rows = await db.rows(_OF_PACKET.format(marks=scope.marks), packet_id, *scope.location_ids)
    return [Happening.model_validate(row) for row in rows]
