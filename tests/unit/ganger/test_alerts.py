"""Alerts: what is written, and that nothing is raised."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from ganger.alerts import phi_refused
from ganger.audit import Actor
from ganger.db import ConstraintFailed, DatabaseError
from ganger.permissions import Permission, Role
from ganger.routing import Match, Route

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ACTOR = Actor("usr_pat", "ab12", None, NOW)
READ = Permission("meds:read", role=Role.MANAGER, reads_phi=True)


async def handler(ctx):
    raise NotImplementedError


MATCH = Match(Route("GET", "/requests/{request_id}", handler, READ), {"request_id": "req_1"})


class FakeDatabase:
    def __init__(self, error=None):
        self.batches = []
        self.error = error

    async def batch(self, statements):
        if self.error:
            raise self.error
        self.batches.append(statements)


def refuse(database, capsys):
    asyncio.run(phi_refused(database, ACTOR, "Pat Example", MATCH))
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_row_and_the_notifications_are_one_batch(capsys):
    database = FakeDatabase()
    (line,) = refuse(database, capsys)
    ((audit, notification),) = database.batches
    assert "audit_logs" in audit.sql
    assert "meds:read was refused to Pat Example (usr_pat)" in notification.values
    assert (line["class"], line["event"]) == ("security", "unauthorized phi access")


def test_a_worker_without_a_database_has_the_line_alone(capsys):
    (line,) = refuse(None, capsys)
    assert line == {
        "level": "error",
        "class": "security",
        "event": "unauthorized phi access",
        "user_id": "usr_pat",
        "permission": "meds:read",
        "route": "/requests/{request_id}",
        "request_id": "ab12",
    }


@pytest.mark.parametrize("error", [DatabaseError("away"), ConstraintFailed("no")])
def test_an_alert_that_cannot_be_written_is_logged_and_not_raised(capsys, error):
    lines = refuse(FakeDatabase(error), capsys)
    assert [line["event"] for line in lines] == ["unauthorized phi access", "alert not written"]
