"""The platform's rate-limit bindings as a Limiter."""

from typing import Any

import js
from pyodide.ffi import JsException

from ganger.log import log
from ganger.ratelimit import Limit


class BoundLimiter:
    """The rate-limit bindings of a worker."""

    def __init__(self, bindings: Any) -> None:
        self._bindings = bindings

    async def allows(self, limit: Limit, key: str) -> bool:
        """Count one request; while the counter is away nobody is held up for it."""
        binding = getattr(self._bindings, limit.binding)
        try:
            outcome = await binding.limit(js.Object.fromEntries([["key", key]]))
        except JsException:
            log("error", "rate limit not counted", code=limit.binding)
            return True
        return bool(outcome.success)
