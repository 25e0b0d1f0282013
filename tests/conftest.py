"""Fixtures that more than one kind of test uses."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import settings

from tests.harness.openid.portal import OpenIdPortal, running_portal
from tests.harness.parallel import ByPlatform
from tests.harness.ports import free_port
from tests.harness.staff import StaffPortal
from tests.harness.workers import RUNNING, ids_of
from tools.build import build
from tools.local import LocalPlatform, Settings
from tools.local.demo import in_seed_order, seed
from tools.local.keys import development_vars
from tools.local.providers import Providers
from tools.runtime import ensure_runtime

# A busy machine is no fault of a rule: an example may take the time that it takes.
settings.register_profile("ganger", deadline=None)
settings.load_profile("ganger")


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByPlatform:
    """Share the tests out by the platforms that they need."""
    return ByPlatform(config, log)


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: each waits a third of its time, for others to answer."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def platform() -> Iterator[StaffPortal]:
    """The whole platform on real workerd, with a fresh database of demo data.

    Of the workers that are not in service one of each kind runs, and of outside services stand-ins.
    """
    runtime, port = ensure_runtime(print), free_port()
    with Providers(development_vars(), f"http://127.0.0.1:{port}") as providers:
        workers = build(ids_of(RUNNING), "development", print, development_vars())
        settings = Settings(port, variables={"hubs": providers.variables})
        with (
            LocalPlatform(runtime, workers, settings, print) as local,
            httpx.Client(timeout=60) as client,
        ):
            url = local.start()
            local.migrate()
            for worker in in_seed_order(workers):
                seed(local, worker, datetime.now(UTC))
            yield StaffPortal(local, url, client, providers)


@pytest.fixture(scope="session")
def openid_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIdPortal]:
    """The portal with a real OpenID provider beside it, which takes orders."""
    with running_portal(tmp_path_factory.mktemp("openid")) as portal:
        yield portal


@pytest.fixture
def portal(openid_portal: OpenIdPortal) -> Iterator[OpenIdPortal]:
    """The same, with a provider that is in order again after the test."""
    yield openid_portal
    openid_portal.provider.recover()
