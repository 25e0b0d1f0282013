"""All workers that are not in service, behind the router."""

from collections.abc import Iterator

import pytest

from tests.harness.few import few_workers
from tests.harness.staff import StaffPortal
from tests.harness.workers import CLOSED, ids_of


@pytest.fixture(scope="package")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffPortal]:
    """The one platform on which they all run; elsewhere one of each kind stands for them."""
    with few_workers(["router", "auth", *ids_of(CLOSED)], tmp_path_factory.mktemp("closed"), {}) as portal:
        yield portal
