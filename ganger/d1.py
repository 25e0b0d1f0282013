"""Cloudflare D1 as a Database."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import js
from pyodide.ffi import JsException, jsnull, to_js

from ganger.db import (
    ConstraintFailed,
    DatabaseError,
    ExpectationFailed,
    Row,
    Statement,
    Value,
    refuse_too_large,
)

_EXPECTATION = "EXPECTATION_FAILED:"
_ANSWERS_WITHIN_S = 8.0  # one question or batch; whoever waits for the page is told then
_AWAY = "The database did not answer."
_UNKNOWN = f"{_AWAY} What you sent may have been saved: look before you send it again."


class D1Database:
    """The D1 binding of a worker."""

    def __init__(self, binding: Any) -> None:
        self._binding = binding

    async def rows(self, sql: str, *values: Value) -> list[Row]:
        try:
            async with asyncio.timeout(_ANSWERS_WITHIN_S):
                result = await self._prepare(Statement(sql, values)).raw(columnNames=True)
        except (JsException, TimeoutError) as error:
            raise _translated(error, _AWAY) from error
        # One JSON text crosses the boundary several times faster than a proxy for each cell, and is half as
        # long with the names of the columns in it but once.
        names, *rows = json.loads(js.JSON.stringify(result))
        return [dict(zip(names, row, strict=True)) for row in rows]

    async def row(self, sql: str, *values: Value) -> Row | None:
        rows = await self.rows(sql, *values)
        return rows[0] if rows else None

    async def batch(self, statements: Sequence[Statement]) -> None:
        try:
            async with asyncio.timeout(_ANSWERS_WITHIN_S):
                await self._binding.batch(to_js([self._prepare(statement) for statement in statements]))
        except (JsException, TimeoutError) as error:
            raise _translated(error, _UNKNOWN) from error

    def _prepare(self, statement: Statement) -> Any:
        refuse_too_large(statement.values)
        values = (jsnull if value is None else value for value in statement.values)
        return self._binding.prepare(statement.sql).bind(*values)


def _translated(error: JsException | TimeoutError, away: str) -> Exception:
    """D1 tells errors apart only by their text; `away` is said when there was no answer at all."""
    text = str(error)
    if _EXPECTATION in text:
        return ExpectationFailed(text.partition(_EXPECTATION)[2].split(":")[0].strip())
    if "constraint failed" in text:
        return ConstraintFailed(text)
    return DatabaseError(away)
