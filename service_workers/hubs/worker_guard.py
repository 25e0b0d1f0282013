"""One provider's circuit, kept by a Durable Object, so that all isolates know the same of it."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pyodide.ffi import JsException
from workers import DurableObject

from ganger.clock import epoch_ms
from ganger.db import DatabaseError
from ganger.resilience import Admission, Circuit, Outcome, Rules, admit, report

_TABLE = "CREATE TABLE IF NOT EXISTS circuits (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL)"
_SAVE = "INSERT INTO circuits (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body"


class Guard(DurableObject):
    """Keeps the circuit of one provider. Each call is one step without waiting, so none comes between."""

    def __init__(self, ctx: Any, env: Any) -> None:
        super().__init__(ctx, env)
        self._sql = ctx.storage.sql
        self._sql.exec(_TABLE)

    async def admit(self, rules: str, now_ms: int) -> str:
        """Ask for one call; the answer is an Admission as JSON."""
        circuit, admission = admit(self._circuit(), Rules.read(json.loads(rules)), now_ms)
        self._save(circuit)
        return json.dumps(asdict(admission))

    async def report(self, rules: str, outcome: Outcome, now_ms: int, wait_ms: int) -> None:
        """Take up how an admitted call went."""
        self._save(report(self._circuit(), Rules.read(json.loads(rules)), outcome, now_ms, wait_ms))

    async def circuit(self) -> str:
        """The circuit as it stands."""
        return self._circuit().text()

    def _circuit(self) -> Circuit:
        rows = self._sql.exec("SELECT body FROM circuits").toArray()
        return Circuit(**json.loads(rows[0].body)) if len(rows) else Circuit()

    def _save(self, circuit: Circuit) -> None:
        self._sql.exec(_SAVE, circuit.text())


class BoundGuard:
    """The way to one provider's Durable Object."""

    def __init__(self, binding: Any, provider: str, rules: Rules) -> None:
        self._object = binding.getByName(provider)
        self._rules = json.dumps(asdict(rules))

    async def admit(self, at: datetime) -> Admission:
        """See `Guard` of `guarding`."""
        try:
            return Admission(**json.loads(await self._object.admit(self._rules, epoch_ms(at))))
        except JsException as error:
            raise DatabaseError("The state of the provider is away.") from error

    async def report(self, outcome: Outcome, at: datetime, wait_s: int = 0) -> None:
        """See `Guard` of `guarding`."""
        try:
            await self._object.report(self._rules, outcome, epoch_ms(at), wait_s * 1000)
        except JsException as error:
            raise DatabaseError("The state of the provider is away.") from error

    async def circuit(self) -> Circuit:
        """See `Guard` of `guarding`."""
        try:
            return Circuit(**json.loads(await self._object.circuit()))
        except JsException as error:
            raise DatabaseError("The state of the provider is away.") from error
