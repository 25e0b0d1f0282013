"""One run of `ganger dev` that the tests of its reloading share."""

from collections.abc import Iterator

import pytest

from tests.platform.dev.command import READY, Dev, copy_of_sources


@pytest.fixture(scope="module")
def dev(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dev]:
    """The platform with two patient sites, ready."""
    tree = copy_of_sources(tmp_path_factory.mktemp("tree"))
    state = tmp_path_factory.mktemp("dev") / "state"
    with Dev(tree, ["handouts-patient", "kiosk-patient", f"--state={state}"]) as running:
        running.saw(READY)
        yield running
