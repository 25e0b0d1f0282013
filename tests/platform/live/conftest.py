"""The inventory, which has live topics, among the workers that it needs."""

from collections.abc import Iterator

import pytest

from tests.harness.few import few_workers
from tests.harness.staff import StaffPortal

_WORKERS = ["router", "auth", "inventory"]


@pytest.fixture(scope="session")
def live_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffPortal]:
    """Connections last as long as in production."""
    with few_workers(_WORKERS, tmp_path_factory.mktemp("live"), {}) as portal:
        yield portal


@pytest.fixture(scope="session")
def brief_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffPortal]:
    """Connections end after two seconds, and claims are stale after one."""
    variables = {"LIVE_LASTS_S": 2, "SESSION_FRESH_S": 1}
    with few_workers(_WORKERS, tmp_path_factory.mktemp("brief"), variables) as portal:
        yield portal
