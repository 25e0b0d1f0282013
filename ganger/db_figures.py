"""How the database does: every call of this isolate is timed and counted, and a slow one is an alert.

The runtime's clock stands still while code runs and goes on while it waits, so what is timed is the wait.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import TypeVar

from ganger.db import Database, DatabaseError, Row, Statement, Value
from ganger.log import log_security

T = TypeVar("T")

SLOW_MS = 1000.0
_TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE)\s+([a-z_]+)")
_RELIED_ON = "expectations"  # what a batch is about stands in the others


@dataclass(slots=True)
class Timings:
    """Calls of one kind since the isolate started. Those that `failed` had no answer."""

    calls: int = 0
    failed: int = 0
    slow: int = 0
    total_ms: float = 0.0
    slowest_ms: float = 0.0

    def plain(self) -> dict[str, float | int | None]:
        """For the health page; the mean is None as long as nobody has asked."""
        return {
            "calls": self.calls,
            "failed": self.failed,
            "slow": self.slow,
            "meanMs": round(self.total_ms / self.calls, 1) if self.calls else None,
            "slowestMs": round(self.slowest_ms, 1),
        }


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of a database."""

    queries: Timings = field(default_factory=Timings)
    batches: Timings = field(default_factory=Timings)

    def plain(self) -> dict[str, object]:
        """For the health page."""
        return {"queries": self.queries.plain(), "batches": self.batches.plain()}


FIGURES = Figures()  # of this isolate


class TimedDatabase:
    """The same database, with figures. `clock` counts seconds."""

    def __init__(
        self, database: Database, figures: Figures, clock: Callable[[], float] = perf_counter
    ) -> None:
        self._database = database
        self._figures = figures
        self._clock = clock

    async def rows(self, sql: str, *values: Value) -> list[Row]:
        return await self._timed("query", self._figures.queries, [sql], self._database.rows(sql, *values))

    async def row(self, sql: str, *values: Value) -> Row | None:
        rows = await self.rows(sql, *values)
        return rows[0] if rows else None

    async def batch(self, statements: Sequence[Statement]) -> None:
        asked = [statement.sql for statement in statements]
        await self._timed("batch", self._figures.batches, asked, self._database.batch(statements))

    async def _timed(self, kind: str, timings: Timings, asked: Sequence[str], answer: Awaitable[T]) -> T:
        started = self._clock()
        try:
            return await answer
        except DatabaseError:
            timings.failed += 1
            raise
        finally:
            took_ms = (self._clock() - started) * 1000
            timings.calls += 1
            timings.total_ms += took_ms
            timings.slowest_ms = max(timings.slowest_ms, took_ms)
            if took_ms > SLOW_MS:
                timings.slow += 1
                _alert(kind, took_ms, asked)


def _alert(kind: str, took_ms: float, asked: Sequence[str]) -> None:
    log_security("database slow", stage=kind, code=_subject(asked), count=len(asked), ms=round(took_ms, 1))


def _subject(asked: Sequence[str]) -> str:
    """The first table that statements are about, and what is done to it; their text holds no value."""
    for sql in asked:
        found = _TABLE.search(sql)
        if found is not None and found[1] != _RELIED_ON:
            return f"{sql.split(maxsplit=1)[0].lower()}:{found[1]}"
    return "none"
