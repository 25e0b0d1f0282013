"""Structured log lines: one JSON object each, without personal data. Nothing else writes to the log.

A line holds identifiers, codes, counts and times under the names of `Facts`, and no other. A value that
does not look like one of these is replaced, so that a name, an address or a sentence never gets out even
where code hands one in. Messages of unexpected exceptions stay out of the log, for they may quote what a
person typed.
"""

import json
import re
import traceback
from typing import Literal, TypedDict, Unpack

Level = Literal["info", "warning", "error"]

REDACTED = "[redacted]"


class Facts(TypedDict, total=False):
    """All that a line may say besides its level and event; a column of a table is never added here."""

    # Identifiers and hashes
    request_id: str
    user_id: str
    session_id: str
    seal_hash: str
    # Codes that stand in the source or in the registry
    app: str
    cause: str | None
    code: str
    permission: str
    provider: str
    reason: str
    route: str  # the pattern, never the path that was asked for
    stage: str
    type: str
    # Places in the source
    at: list[str]
    # Counts and times
    attempts: int
    count: int
    first_row: int
    last_row: int
    ms: float
    sequence: int
    status: int


_EVENT = re.compile(r"[a-z][a-z0-9 _-]{0,59}")
_WORD = re.compile(r"[A-Za-z0-9_.:/<>{}-]{1,100}")  # without spaces, @, quotes and letters beyond ASCII
_PLACE = re.compile(r"[A-Za-z0-9_.:/<>-]{1,200} [A-Za-z0-9_<>]{1,100}")
_FRAMES = 30
_MAX_NUMBER = 10**12


def log(level: Level, event: str, **facts: Unpack[Facts]) -> None:
    """Write one line; the runtime collects standard output."""
    _write({"level": level, "event": _event(event)}, facts)


def log_security(event: str, **facts: Unpack[Facts]) -> None:
    """Write one line of the class that somebody is called for."""
    _write({"level": "error", "class": "security", "event": _event(event)}, facts)


def log_exception(error: BaseException, request_id: str) -> None:
    """Write where an unexpected exception came from, by type and place."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    cause = type(error.__cause__).__name__ if error.__cause__ else None
    log("error", "exception", type=type(error).__name__, cause=cause, at=places, request_id=request_id)


def _write(head: dict[str, str], facts: Facts) -> None:
    allowed = {name: _allowed(name, value) for name, value in facts.items()}
    print(json.dumps(head | allowed))  # noqa: T201 - the runtime's log channel


def _event(event: str) -> str:
    return event if _EVENT.fullmatch(event) else REDACTED


def _allowed(name: str, value: object) -> object:
    if name not in Facts.__annotations__:
        return REDACTED
    if name == "at" and isinstance(value, list):
        return [place if _PLACE.fullmatch(str(place)) else REDACTED for place in value[:_FRAMES]]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value if abs(value) < _MAX_NUMBER else REDACTED
    return value if isinstance(value, str) and _WORD.fullmatch(value) else REDACTED
