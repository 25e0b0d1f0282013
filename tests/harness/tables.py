"""An app's tables and the platform's in the host's SQLite, for what needs SQL and no runtime."""

import asyncio
import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from ganger import demo as people
from ganger.db import ConstraintFailed, ExpectationFailed, Row, Statement, Value
from tools.paths import ROOT
from tools.registry import load_registry

# The host's SQLite is older than D1's and takes no expression in RAISE.
_RAISED_EXPRESSION = (
    re.compile(r"RAISE \(ABORT, '(EXPECTATION_FAILED: )' \|\| .*?\);"),
    r"RAISE (ABORT, '\1');",
)

_LOOKED_AT: set[str] = set()
# A step that reads all rows of something by no index; what a statement makes for itself is nothing kept.
_SCAN = re.compile(r"SCAN (?!.*INDEX|.*VIRTUAL|.*CONSTANT|\()(\w+)")
_MADE = ("counted", "fresh", "held", "level", "listed", "total")
# A practice has some dozen of each, or a hundred, whatever it keeps.
_FEW = (
    "locations", "person", "platform_applications", "review", "template",
    "user_permissions", "user_roles", "users",
)  # fmt: skip
# What reads a whole table on purpose: the daily scan of alerts and the check of the ledger.
_WHOLE = ("FROM inventory_items AS item LEFT JOIN safety_sheets AS sheet", "stock.quantity_on_hand AS held")
# SQLite lists the check of a foreign key, which it makes only of rows that go.
_WHERE_ROWS_GO = ("inventory_alerts", "unmatched_barcodes")


def as_host_sql(script: str) -> str:
    """A migration as the host's SQLite takes it."""
    return re.sub(*_RAISED_EXPRESSION, script)


class HostDatabase:
    """A `ganger.db.Database` in memory with one app's tables; `asked` keeps statements with their values."""

    def __init__(self, app: str) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.connection.row_factory = sqlite3.Row
        self.connection.execute("PRAGMA foreign_keys = ON")
        self.asked: list[Statement] = []
        for folder in ("ganger", load_registry().workers[app].package.replace(".", "/")):
            for path in sorted((ROOT / folder / "migrations").glob("*.sql")):
                self.connection.executescript(as_host_sql(path.read_text()))
        self.carry_out(people.statements(datetime(2026, 1, 10, 15, tzinfo=UTC)))

    def carry_out(self, statements: Sequence[Statement]) -> None:
        """Carry out statements without the promises of a batch."""
        for statement in statements:
            self.connection.execute(statement.sql, statement.values)

    async def rows(self, sql: str, *values: Value) -> list[Row]:
        await asyncio.sleep(0)  # others get their turn, as they do while the real database is asked
        self.asked.append(Statement(sql, values))
        self._refuse_scans(self.asked[-1])
        return [dict(row) for row in self.connection.execute(sql, values)]

    async def row(self, sql: str, *values: Value) -> Row | None:
        rows = await self.rows(sql, *values)
        return rows[0] if rows else None

    async def batch(self, statements: Sequence[Statement]) -> None:
        """All or nothing, as `ganger.db.Database` promises; an expectation's name is not known here."""
        await asyncio.sleep(0)
        self.asked.extend(statements)
        for statement in statements:
            self._refuse_scans(statement)
        self.connection.execute("SAVEPOINT batch")
        try:
            self.carry_out(statements)
        except sqlite3.IntegrityError as error:
            self.connection.execute("ROLLBACK TO batch")
            if "EXPECTATION_FAILED" in str(error):
                raise ExpectationFailed(str(error)) from error
            raise ConstraintFailed(str(error)) from error
        finally:
            self.connection.execute("RELEASE batch")

    def _refuse_scans(self, statement: Statement) -> None:
        """Let no statement of a store read a whole table; each is looked at once, in whichever test."""
        if statement.sql in _LOOKED_AT:
            return
        _LOOKED_AT.add(statement.sql)
        if any(text in " ".join(statement.sql.split()) for text in _WHOLE):
            return
        for step in self.plan(statement):
            found = _SCAN.match(step)
            is_whole = found is not None and found[1] not in (*_MADE, *_FEW, *_WHERE_ROWS_GO)
            assert not is_whole, f"{step}: {statement.sql}"

    def plan(self, statement: Statement) -> list[str]:
        """How SQLite would find the rows of a query, one step a line."""
        steps = self.connection.execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.values)
        return [step["detail"] for step in steps]
