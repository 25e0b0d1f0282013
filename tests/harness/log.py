"""What workers log, as tests read it."""

import json
import time
from typing import Any

from tools.local import LogLine

_WITHIN_S = 10.0


class Log(list[LogLine]):
    """The lines of a running platform. One comes a moment after the answer that it is about."""

    def facts(self, *parts: str, count: int = 1) -> list[dict[str, Any]]:
        """The facts of each line that holds all these parts; waits until there are so many.

        Raises:
            AssertionError: fewer have come within ten seconds.
        """
        ends = time.monotonic() + _WITHIN_S
        while len(found := self._holding(parts)) < count:
            assert time.monotonic() < ends, f"{len(found)} of {count} lines with {parts} came."
            time.sleep(0.01)
        return [json.loads(message) for message in found]

    def _holding(self, parts: tuple[str, ...]) -> list[str]:
        # A copy, for another thread adds to it.
        return [each["message"] for each in list(self) if all(part in each["message"] for part in parts)]
