"""Heavy computing on real workerd."""

from collections.abc import Iterator

import pytest

from tests.platform.heavy.client import HeavyClient, heavy_client


@pytest.fixture(scope="package")
def heavy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeavyClient]:
    """Heavy computing with an app that has it do things."""
    with heavy_client(tmp_path_factory.mktemp("heavy")) as client:
        yield client
