"""The portal, the inventory and the handouts, whose ways to what they reach are cut, slow or lose answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests.harness.few import few_workers
from tests.harness.log import Log
from tests.harness.staff import StaffPortal

WORKERS = ["router", "auth", "management", "inventory", "handouts", "hubs"]
SLOW_MS = 60_000  # longer than anybody is left waiting


@dataclass
class Breakable:
    """A running portal; a way is named by worker and binding, as "inventory>DB"."""

    portal: StaffPortal
    logged: Log

    @contextmanager
    def cut(self, *ways: str) -> Iterator[None]:
        """Nothing goes through meanwhile."""
        with self._broken({way: {"kind": "cut"} for way in ways}):
            yield

    @contextmanager
    def slow(self, *ways: str, ms: int = SLOW_MS) -> Iterator[None]:
        """Everything waits meanwhile."""
        with self._broken({way: {"kind": "slow", "ms": ms} for way in ways}):
            yield

    @contextmanager
    def losing_answers(self, *ways: str) -> Iterator[None]:
        """What is asked is done meanwhile, and nobody hears of it."""
        with self._broken({way: {"kind": "lost"} for way in ways}):
            yield

    @contextmanager
    def _broken(self, ways: dict[str, dict[str, object]]) -> Iterator[None]:
        self.portal.local.break_ways(ways)
        try:
            yield
        finally:
            self.portal.local.break_ways({})


@pytest.fixture(scope="package")
def breakable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Breakable]:
    """One platform for all faults. Everybody has signed in before the first."""
    folder, logged = tmp_path_factory.mktemp("faults"), Log()
    with few_workers(WORKERS, folder, {}, is_breakable=True, on_log=logged.append) as portal:
        for person in ("usr_mia", "usr_pat"):
            portal.sign_in(person)
        yield Breakable(portal, logged)
