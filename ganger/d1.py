"""Cloudflare D1 as a Database.

Queries that a request asks at the same time (`asyncio.gather`) go as one batch: a way to the database costs
more than most queries do, and what comes back in one batch is of one moment.
"""

import asyncio
import json
from collections.abc import Sequence
from contextvars import ContextVar
from functools import partial
from typing import Any, NamedTuple

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


class _Query(NamedTuple):
    statement: Any  # prepared
    rows: asyncio.Future[list[Row]]


# A list for each request, because the runtime hands an answer only to the request that asked.
_asked: ContextVar[list[_Query] | None] = ContextVar("d1_asked", default=None)


def ask_together() -> None:
    """Let the queries of this request go together; called where a request begins."""
    _asked.set([])


class D1Database:
    """The D1 binding of a worker."""

    def __init__(self, binding: Any) -> None:
        self._binding = binding

    async def rows(self, sql: str, *values: Value) -> list[Row]:
        loop = asyncio.get_running_loop()
        query = _Query(self._prepare(Statement(sql, values)), loop.create_future())
        asked = _asked.get()
        if asked is None:
            asked = []
        asked.append(query)
        if len(asked) == 1:  # for all that come in this turn of the loop
            loop.call_soon(self._send, asked)
        try:
            async with asyncio.timeout(_ANSWERS_WITHIN_S):
                return await query.rows
        except (JsException, TimeoutError) as error:
            raise _translated(error, _AWAY) from error

    async def row(self, sql: str, *values: Value) -> Row | None:
        rows = await self.rows(sql, *values)
        return rows[0] if rows else None

    async def batch(self, statements: Sequence[Statement]) -> None:
        try:
            async with asyncio.timeout(_ANSWERS_WITHIN_S):
                await self._binding.batch(to_js([self._prepare(statement) for statement in statements]))
        except (JsException, TimeoutError) as error:
            raise _translated(error, _UNKNOWN) from error

    def _send(self, asked: list[_Query]) -> None:
        queries = tuple(asked)
        asked.clear()
        if len(queries) == 1:
            sent = queries[0].statement.raw(columnNames=True)
        else:
            sent = self._binding.batch(to_js([query.statement for query in queries]))
        asyncio.ensure_future(sent).add_done_callback(partial(_answered, queries))

    def _prepare(self, statement: Statement) -> Any:
        refuse_too_large(statement.values)
        values = (jsnull if value is None else value for value in statement.values)
        return self._binding.prepare(statement.sql).bind(*values)


def _answered(queries: Sequence[_Query], answer: asyncio.Future[Any]) -> None:
    waiting = [query.rows for query in queries]
    error = answer.exception()
    if error is not None:
        for rows in waiting:
            if not rows.done():
                rows.set_exception(error)
        return
    for rows, found in zip(waiting, _results(answer.result(), len(waiting)), strict=True):
        if not rows.done():  # whoever asked may have given up
            rows.set_result(found)


def _results(answer: Any, queries: int) -> list[list[Row]]:
    """The rows of each query. One JSON text crosses the boundary several times faster than a proxy a cell."""
    found = json.loads(js.JSON.stringify(answer))
    if queries > 1:
        return [result["results"] for result in found]
    names, *lines = found  # half as long with the names of the columns in it but once
    return [[dict(zip(names, line, strict=True)) for line in lines]]


def _translated(error: JsException | TimeoutError, away: str) -> Exception:
    """D1 tells errors apart only by their text; `away` is said when there was no answer at all."""
    text = str(error)
    if _EXPECTATION in text:
        return ExpectationFailed(text.partition(_EXPECTATION)[2].split(":")[0].strip())
    if "constraint failed" in text:
        return ConstraintFailed(text)
    return DatabaseError(away)
