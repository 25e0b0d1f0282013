"""An app's tables and the platform's in the host's SQLite, for what needs SQL and no runtime."""

import asyncio
import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from ganger import demo as people
from ganger.db import ConstraintFailed, ExpectationFailed, Row, Statement, Value
from tools.paths import ROOT

# The host's SQLite is older than D1's and takes no expression in RAISE.
_RAISED_EXPRESSION = (
    re.compile(r"RAISE \(ABORT, '(EXPECTATION_FAILED: )' \|\| .*?\);"),
    r"RAISE (ABORT, '\1');",
)


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
        for folder in ("ganger", f"app_workers/{app}"):
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
        return [dict(row) for row in self.connection.execute(sql, values)]

    async def row(self, sql: str, *values: Value) -> Row | None:
        rows = await self.rows(sql, *values)
        return rows[0] if rows else None

    async def batch(self, statements: Sequence[Statement]) -> None:
        """All or nothing, as `ganger.db.Database` promises; an expectation's name is not known here."""
        await asyncio.sleep(0)
        self.asked.extend(statements)
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

    def plan(self, statement: Statement) -> list[str]:
        """How SQLite would find the rows of a query, one step a line."""
        steps = self.connection.execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.values)
        return [step["detail"] for step in steps]
