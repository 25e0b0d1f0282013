"""The audit log on real D1, and workers whose every log line is kept."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from ganger.audit import Actor, audit_row
from ganger.audit_chain import Problem, verify
from ganger.db import Row, Statement
from ganger.tokens import KeyRing
from tests.harness.log import Log
from tests.harness.staff import StaffPortal
from tests.harness.workers import RUNNING, ids_of
from tools.build import BuiltWorker, build
from tools.local import LocalPlatform, Settings
from tools.local.demo import in_seed_order, seed
from tools.local.keys import development_vars
from tools.runtime import ensure_runtime

CRON = "7 * * * *"
NOON = datetime(2026, 3, 2, 12, 7, tzinfo=UTC)
_TABLES = "('audit_logs', 'audit_seals')"


@dataclass
class Ledger:
    """The audit log of a running identity worker."""

    local: LocalPlatform
    logged: Log = field(default_factory=Log)

    def write(self, count: int, at: datetime = NOON) -> None:
        """Write audit rows as an app does."""
        actor = Actor("usr_pat", "0" * 32, "203.0.113.9", at)
        self.run(*(audit_row(actor, "test:write", "item", f"itm_{n}") for n in range(count)))

    def seal(self, at: datetime = NOON) -> str:
        """Fire the hourly cron and return its outcome."""
        return self.local.scheduled("auth", CRON, at)

    def rows(self) -> list[Row]:
        """All audit rows by number."""
        return self.select("SELECT * FROM audit_logs ORDER BY sequence")

    def seals(self) -> list[Row]:
        """All seals by number."""
        return self.select("SELECT * FROM audit_seals ORDER BY sequence")

    def select(self, sql: str) -> list[Row]:
        """The rows of one query."""
        return self.local.batch([Statement(sql)])[0]

    def run(self, *statements: Statement) -> None:
        """Carry out statements in one transaction."""
        self.local.batch(statements)

    def tamper(self, *changes: str) -> None:
        """Change tables as an intruder would: the triggers go away, and come back as they were."""
        sql = f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN {_TABLES}"  # noqa: S608
        triggers = self.select(sql)
        dropped = [f"DROP TRIGGER {trigger['name']}" for trigger in triggers]
        self.run(*map(Statement, [*dropped, *changes, *(str(trigger["sql"]) for trigger in triggers)]))

    def problems(self) -> list[Problem]:
        """What `ganger audit verify` would find."""
        return verify(self.rows(), self.seals(), KeyRing.parse(development_vars()["AUDIT_KEYS"]), {}, None)


@pytest.fixture(scope="package")
def identity() -> Iterator[Ledger]:
    """The identity worker alone, which owns the platform's tables."""
    workers = build(["auth"], "development", print, development_vars())
    logged = Log()
    with LocalPlatform(ensure_runtime(print), workers, Settings(), logged.append) as local:
        local.start()
        local.migrate()
        seed(local, workers[0].worker, datetime.now(UTC))
        yield Ledger(local, logged)


@pytest.fixture
def ledger(identity: Ledger) -> Ledger:
    """An audit log without rows or seals."""
    counter = "DELETE FROM sqlite_sequence WHERE name = 'audit_logs'"
    identity.tamper("DELETE FROM audit_logs", "DELETE FROM audit_seals", "DELETE FROM notifications", counter)
    identity.logged.clear()
    return identity


@dataclass
class Watched(StaffPortal):
    """A portal whose log lines are kept, with some routes of its own in the portal's app."""

    logged: Log = field(default_factory=Log)


@pytest.fixture(scope="package")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """The workers in service, and one not in service of each kind, which all answer alike."""
    built = build(ids_of(RUNNING), "development", print, development_vars())
    workers = [_changed(each, tmp_path_factory.mktemp("changed")) for each in built]
    logged = Log()
    with (
        LocalPlatform(ensure_runtime(print), workers, Settings(), logged.append) as local,
        httpx.Client(timeout=60) as client,
    ):
        url = local.start()
        local.migrate()
        for worker in in_seed_order(workers):
            seed(local, worker, datetime.now(UTC))
        yield Watched(local, url, client, logged=logged)


def _changed(built: BuiltWorker, folder: Path) -> BuiltWorker:
    """The worker without a rate limit in practice; the portal's app with the routes of provoked_worker.py."""
    copied = folder / built.worker.id
    shutil.copytree(built.folder, copied)
    file = copied / "wrangler.jsonc"
    # The built file is JSON below the comment in its first line.
    config = json.loads(file.read_text().partition("\n")[2])
    for limit in config.get("ratelimits", ()):
        limit["simple"]["limit"] = 1_000_000
    file.write_text(json.dumps(config))
    if built.worker.id == "management":
        entry = copied / "src" / "app_workers" / "management" / "worker.py"
        assert entry.exists()
        shutil.copyfile(Path(__file__).with_name("provoked_worker.py"), entry)
    return BuiltWorker(built.worker, copied, changed=True)
