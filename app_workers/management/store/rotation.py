"""Whose turn it is among the support agents.

The turn is read ahead of the batch that gives it, and the batch expects that it has not passed on since.
"""

from datetime import datetime

from app_workers.management.models.tickets import Colleague
from app_workers.management.permissions import SUPPORT_AGENT
from ganger.clock import iso_utc
from ganger.db import Database, Statement, expect

TURN = "the agent's turn"
# An agent who never had a request has no row, and nothing sorts before anything.
_NEXT = """
    SELECT person.id FROM user_permissions AS held
    JOIN users AS person ON person.id = held.user_id AND person.is_active = 1
    LEFT JOIN support_rotation AS turn ON turn.user_id = person.id
    WHERE held.permission = ? AND (held.expires_at IS NULL OR held.expires_at > ?)
    ORDER BY turn.last_assigned_at, person.id LIMIT 1
"""
_NAMED = f"SELECT id, name FROM users WHERE id = ({_NEXT})"  # noqa: S608 - no value stands in it
# Requests are not saved in the order of their instants, nor each in a millisecond of its own, so whoever
# had a turn goes behind everybody: a millisecond at least after the last turn that anybody had.
_TURN_TAKEN = """
    INSERT INTO support_rotation (user_id, last_assigned_at) VALUES (?, MAX(?, COALESCE((
        SELECT strftime('%Y-%m-%dT%H:%M:%fZ', MAX(last_assigned_at), '+0.001 seconds') FROM support_rotation
    ), '')))
    ON CONFLICT (user_id) DO UPDATE SET last_assigned_at = excluded.last_assigned_at
"""


async def next_agent(db: Database, at: datetime) -> Colleague | None:
    """The active support agent whose last request is the oldest; one who never had any comes first."""
    row = await db.row(_NAMED, SUPPORT_AGENT.name, iso_utc(at))
    return Colleague.model_validate(row) if row is not None else None


def turn_taken(agent: Colleague, at: datetime) -> list[Statement]:
    """What a batch that gives a request to the agent expects and keeps of their turn."""
    now = iso_utc(at)
    return [
        expect(TURN, f"? = ({_NEXT})", agent.id, SUPPORT_AGENT.name, now),
        Statement(_TURN_TAKEN, (agent.id, now)),
    ]
