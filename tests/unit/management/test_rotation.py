"""Whose turn it is among the support agents, in the host's SQLite."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app_workers.management.permissions import SUPPORT_AGENT
from app_workers.management.store.rotation import next_agent, turn_taken
from tests.harness.tables import HostDatabase

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
GRANT = "INSERT INTO user_permissions (user_id, permission, granted_at) VALUES (?, ?, '')"


@pytest.fixture
def database():
    database = HostDatabase("management")
    for person in ("usr_pat", "usr_wes"):
        database.connection.execute(GRANT, (person, SUPPORT_AGENT.name))
    yield database
    database.connection.close()


def given(database: HostDatabase, milliseconds: int) -> str:
    """Give a request of that instant to whose turn it is; returns their id."""
    at = AT + timedelta(milliseconds=milliseconds)
    agent = asyncio.run(next_agent(database, at))
    assert agent is not None
    asyncio.run(database.batch(turn_taken(agent, at)))
    return agent.id


@pytest.mark.parametrize(
    "instants",
    [(0, 10, 20, 30), (0, 0, 0, 0), (30, 0, 10, 20), (30, 20, 10, 0)],
    ids=["in order", "in one millisecond", "the latest saved first", "backwards"],
)
def test_turns_alternate_in_whatever_order_requests_are_saved(database, instants):
    assert [given(database, each) for each in instants] == ["usr_pat", "usr_wes"] * 2
