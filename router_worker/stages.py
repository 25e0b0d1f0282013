"""How long each stage of the router's own work takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from ganger.log import log

SLOW_STAGE_MS = 5.0
SLOW_REQUEST_MS = 2000.0


class Stages:
    """The stages of one request, in milliseconds; a slow one is logged."""

    def __init__(self, request_id: str) -> None:
        self._request_id = request_id
        self._started = perf_counter()
        self.app_ms = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one stage of the router's own work."""
        started = perf_counter()
        yield
        self._warn_if_slow(name, _ms_since(started), SLOW_STAGE_MS)

    @contextmanager
    def app(self) -> Iterator[None]:
        """Time what the app takes, which is not the router's own."""
        started = perf_counter()
        yield
        self.app_ms = _ms_since(started)

    def finish(self) -> float:
        """End the request and return what the router itself took."""
        total = _ms_since(self._started)
        self._warn_if_slow("request", total, SLOW_REQUEST_MS)
        return total - self.app_ms

    def _warn_if_slow(self, name: str, took_ms: float, limit_ms: float) -> None:
        if took_ms > limit_ms:
            log("warning", "slow", stage=name, ms=round(took_ms, 1), request_id=self._request_id)


def _ms_since(started: float) -> float:
    return (perf_counter() - started) * 1000
