"""A live topic at run time: a Durable Object that sleeps between messages while its connections stay open.

Whatever has to outlive its sleep is in its storage (events) or attached to the connections (guests).
"""

import json
import time
from collections.abc import Mapping
from typing import Any

import js
from pyodide.ffi import JsException
from workers import DurableObject

from ganger.live_rules import (
    EXPIRED,
    GUEST_HEADER,
    KEPT_EVENTS,
    MALFORMED,
    MAX_MESSAGE_BYTES,
    SEEN_HEADER,
    TOO_LARGE,
    TOO_MUCH,
    Allowance,
    Guest,
    Kept,
    Seen,
    first_missed,
    full_allowance,
    must_reload,
    people,
    read_guest,
    spent,
    typing_field,
)
from ganger.log import log_exception

_EVENTS = """
    CREATE TABLE IF NOT EXISTS events (
        sequence INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, body TEXT NOT NULL
    )
"""
_KEPT = """
    SELECT sequence AS first, at_ms AS first_at_ms, (SELECT max(sequence) FROM events) AS last
    FROM events ORDER BY sequence LIMIT 1
"""
_MISSED = "SELECT sequence, body FROM events WHERE sequence >= ? AND at_ms >= ? ORDER BY sequence"
_ADD = "INSERT INTO events (at_ms, body) VALUES (?, ?) RETURNING sequence"
_FORGET = "DELETE FROM events WHERE sequence <= ?"
_GONE_ALREADY = (1005, 1006)  # codes that say that there was none; nobody may send them


class Topic(DurableObject):
    """One topic. It is reached by its own worker alone, which has let every guest in."""

    def __init__(self, ctx: Any, env: Any) -> None:
        super().__init__(ctx, env)
        self._allowances: dict[str, Allowance] = {}
        self._state = ctx
        self._sql = ctx.storage.sql
        self._run(_EVENTS)
        # Answered by the runtime while the object sleeps.
        ctx.setWebSocketAutoResponse(js.WebSocketRequestResponsePair.new("ping", "pong"))

    async def fetch(self, request: Any) -> Any:
        """Let a guest in and tell them how things stand."""
        headers = request.headers
        guest, seen = read_guest(headers[GUEST_HEADER]), Seen(**json.loads(headers[SEEN_HEADER]))
        here = people(self._guests())
        pair = js.WebSocketPair.new().object_values()
        self._state.acceptWebSocket(pair[1])
        pair[1].serializeAttachment(guest.text())
        pair[1].send(self._welcome(guest, seen))
        if guest.person_id not in {person["id"] for person in here}:
            (person,) = people([guest])
            self._tell({"type": "joined", "person": person}, without=guest.connection)
        await self._wake_at(guest.until_ms)
        return js.Response.new(None, status=101, webSocket=pair[0])

    async def publish(self, body: str) -> int:
        """Keep a change under the next sequence, tell everybody, and return the sequence."""
        (added,) = self._run(_ADD, _now_ms(), body)
        sequence = int(added["sequence"])
        self._run(_FORGET, sequence - KEPT_EVENTS)
        self._tell(_event(sequence, body))
        return sequence

    async def webSocketMessage(self, socket: Any, message: Any) -> None:  # noqa: N802 - the runtime's name
        """Pass a typing notice on, or end a connection that says anything else or too much."""
        guest = read_guest(socket.deserializeAttachment())
        now_ms = _now_ms()
        left = spent(self._allowances.get(guest.connection) or full_allowance(now_ms), now_ms)
        field = typing_field(message) if isinstance(message, str) else None
        if isinstance(message, str) and len(message.encode()) > MAX_MESSAGE_BYTES:
            socket.close(TOO_LARGE, "The message is too large.")
        elif field is None:
            socket.close(MALFORMED, "The message is not understood.")
        elif left is None:
            socket.close(TOO_MUCH, "Too many messages.")
        else:
            self._allowances[guest.connection] = left
            notice = {"type": "typing", "id": guest.person_id, "name": guest.name, "field": field}
            self._tell(notice, without=guest.connection)

    async def webSocketClose(self, socket: Any, code: int, _reason: str, _was_clean: bool) -> None:  # noqa: N802
        """Tell the others, if it was the person's last connection."""
        self._left(socket)
        try:
            socket.close(1000 if code in _GONE_ALREADY else code, "")
        except JsException:
            return  # closed from both sides already

    async def webSocketError(self, socket: Any, _error: Any) -> None:  # noqa: N802 - the runtime's name
        """Tell the others, as when it is closed."""
        self._left(socket)

    async def alarm(self, *_: Any) -> None:
        """End the connections whose time is over; their browsers come again through the app."""
        now_ms, later = _now_ms(), []
        for socket, guest in self._sockets():
            if guest.until_ms <= now_ms:
                socket.close(EXPIRED, "Ask again whether you may be here.")
            else:
                later.append(guest.until_ms)
        if later:
            await self._state.storage.setAlarm(min(later))

    def _welcome(self, guest: Guest, seen: Seen) -> str:
        kept = self._kept()
        reload = must_reload(kept, seen)
        missed = [] if reload else self._run(_MISSED, *first_missed(kept, seen))
        greeting = {
            "type": "welcome",
            "sequence": kept.last,
            "reload": reload,
            "missed": [_event(row["sequence"], row["body"]) for row in missed],
            "people": people([*self._guests(), guest]),
            "lasts_ms": guest.until_ms - _now_ms(),
        }
        return json.dumps(greeting)

    def _kept(self) -> Kept:
        rows = self._run(_KEPT)
        return Kept(**rows[0]) if rows else Kept()

    def _left(self, socket: Any) -> None:
        gone = read_guest(socket.deserializeAttachment())
        self._allowances.pop(gone.connection, None)
        others = [guest for guest in self._guests() if guest.connection != gone.connection]
        if gone.person_id not in {guest.person_id for guest in others}:
            self._tell({"type": "left", "id": gone.person_id}, without=gone.connection)

    def _tell(self, message: Mapping[str, object], without: str | None = None) -> None:
        text = json.dumps(message)
        for socket, guest in self._sockets():
            if guest.connection != without:
                try:
                    socket.send(text)
                except JsException as error:
                    # It is closing; its own handler tells the others so.
                    log_exception(error, request_id="live")

    def _guests(self) -> list[Guest]:
        return [guest for _, guest in self._sockets()]

    def _sockets(self) -> list[tuple[Any, Guest]]:
        """Open connections with their guests; a closing one is listed by the runtime until it is closed."""
        found = [socket for socket in self._state.getWebSockets() if socket.readyState == js.WebSocket.OPEN]
        return [(socket, read_guest(socket.deserializeAttachment())) for socket in found]

    def _run(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._sql.exec(sql, *values).toArray()
        return rows

    async def _wake_at(self, instant_ms: int) -> None:
        """See that the alarm rings by then; the first guest's comes first, for all stay equally long."""
        if await self._state.storage.getAlarm() is None:
            await self._state.storage.setAlarm(instant_ms)


def _event(sequence: int, body: str) -> dict[str, object]:
    return {"type": "event", "sequence": sequence, **json.loads(body)}


def _now_ms() -> int:
    return int(time.time() * 1000)
