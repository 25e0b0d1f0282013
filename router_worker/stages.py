"""How long each stage of the router's own work takes."""

from time import perf_counter

from ganger.log import log

SLOW_STAGE_MS = 5.0
SLOW_REQUEST_MS = 2000.0


class Stages:
    """The stages of one request, one after the other, in milliseconds; a slow one is logged."""

    def __init__(self, request_id: str) -> None:
        self._request_id = request_id
        self._started = self._since = perf_counter()
        self.app_ms = 0.0

    def end(self, name: str) -> None:
        """End a stage of the router's own work, which began where the one before it ended."""
        self._warn_if_slow(name, self._next(), SLOW_STAGE_MS)

    def end_app(self) -> None:
        """End what the app takes, which is not the router's own."""
        self.app_ms = self._next()

    def finish(self) -> float:
        """End the request and return what the router itself took."""
        total = (perf_counter() - self._started) * 1000
        self._warn_if_slow("request", total, SLOW_REQUEST_MS)
        return total - self.app_ms

    def _next(self) -> float:
        now = perf_counter()
        took_ms = (now - self._since) * 1000
        self._since = now
        return took_ms

    def _warn_if_slow(self, name: str, took_ms: float, limit_ms: float) -> None:
        if took_ms > limit_ms:
            log("warning", "slow", stage=name, ms=round(took_ms, 1), request_id=self._request_id)
