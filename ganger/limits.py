"""The platform's rate-limit bindings as a Limiter."""

import asyncio
from typing import Any

import js
from pyodide.ffi import JsException

from ganger.log import log
from ganger.ratelimit import Limit

_COUNTS_WITHIN_S = 1.0


class BoundLimiter:
    """The rate-limit bindings of a worker."""

    def __init__(self, bindings: Any) -> None:
        self._bindings = bindings

    async def allows(self, limit: Limit, key: str) -> bool:
        """Count one request; while the counter is away or slow nobody is held up for it."""
        binding = getattr(self._bindings, limit.binding)
        try:
            async with asyncio.timeout(_COUNTS_WITHIN_S):
                outcome = await binding.limit(js.Object.fromEntries([["key", key]]))
        except (JsException, TimeoutError):
            log("error", "rate limit not counted", code=limit.binding)
            return True
        return bool(outcome.success)
