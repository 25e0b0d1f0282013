"""Structured log lines: one JSON object each, without personal data.

A line holds codes, identifiers, counts and times. Messages of unexpected exceptions stay out of it,
for they may quote what a person typed.
"""

import json
import traceback


def log(level: str, event: str, **facts: object) -> None:
    """Write one line; the runtime collects standard output."""
    print(json.dumps({"level": level, "event": event, **facts}))  # noqa: T201 - the runtime's log channel


def log_exception(error: BaseException, request_id: str) -> None:
    """Write where an unexpected exception came from, by type and place."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    cause = type(error.__cause__).__name__ if error.__cause__ else None
    log("error", "exception", type=type(error).__name__, cause=cause, at=places, request_id=request_id)
