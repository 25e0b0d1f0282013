"""Fixtures that more than one kind of test uses."""

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from tests.harness.staff import StaffPortal
from tools.build import build
from tools.local import LocalPlatform, Settings
from tools.local.demo import in_seed_order, seed
from tools.local.keys import development_vars
from tools.runtime import ensure_runtime


@pytest.fixture(scope="session")
def platform() -> Iterator[StaffPortal]:
    """All workers on real workerd with a fresh database that holds the demo data."""
    runtime = ensure_runtime(print)
    workers = build([], "development", print, development_vars())
    with LocalPlatform(runtime, workers, Settings(), print) as local, httpx.Client(timeout=60) as client:
        url = local.start()
        local.migrate()
        for worker in in_seed_order(workers):
            seed(local, worker, datetime.now(UTC))
        yield StaffPortal(local, url, client)
