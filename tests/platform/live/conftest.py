"""The inventory, which has live topics, with connections that end soon."""

from collections.abc import Iterator

import pytest

from tests.harness.few import few_workers
from tests.harness.staff import StaffPortal

_WORKERS = ["router", "auth", "inventory"]


@pytest.fixture(scope="package")
def brief_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffPortal]:
    """Connections end after two seconds, and claims are stale after one."""
    variables = {"LIVE_LASTS_S": 2, "SESSION_FRESH_S": 1}
    with few_workers(_WORKERS, tmp_path_factory.mktemp("brief"), variables) as portal:
        yield portal
