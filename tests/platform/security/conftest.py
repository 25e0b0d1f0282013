"""A small platform with changed settings: the built folders are copied, and the copies changed."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.harness.staff import StaffPortal
from tools.build import BuiltWorker, build
from tools.local import LocalPlatform, Settings
from tools.local.demo import seed
from tools.local.keys import development_vars
from tools.runtime import ensure_runtime

Change = Callable[[Path], None]


def with_limits(requests: int) -> Change:
    """Every tier at this many requests a minute."""

    def change(folder: Path) -> None:
        file = folder / "wrangler.jsonc"
        # The built file is JSON below the comment in its first line.
        config = json.loads(file.read_text().partition("\n")[2])
        for limit in config["ratelimits"]:
            limit["simple"]["limit"] = requests
        file.write_text(json.dumps(config))

    return change


def in_production(folder: Path) -> None:
    """The worker as it is in production, with the names of development and without any secret."""
    catalogue = folder / "src" / "ganger" / "catalogue.py"
    text = catalogue.read_text()
    assert "ENVIRONMENT = 'development'" in text
    catalogue.write_text(text.replace("ENVIRONMENT = 'development'", "ENVIRONMENT = 'production'"))
    (folder / ".dev.vars").unlink(missing_ok=True)


@contextmanager
def changed_platform(folder: Path, changes: dict[str, Change | None]) -> Iterator[StaffPortal]:
    """Some workers on real workerd, each as it was built or changed."""
    runtime = ensure_runtime(print)
    workers = []
    for built in build(list(changes), "development", print, development_vars()):
        copied = folder / built.worker.id
        shutil.copytree(built.folder, copied)
        change = changes[built.worker.id]
        if change:
            change(copied)
        workers.append(BuiltWorker(built.worker, copied, changed=True))
    with LocalPlatform(runtime, workers, Settings(), print) as local, httpx.Client(timeout=60) as client:
        url = local.start()
        if local.migrate():
            for built in workers:
                if built.worker.id == "auth":
                    seed(local, built.worker, datetime.now(UTC))
        yield StaffPortal(local, url, client)


@pytest.fixture(scope="package")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffPortal]:
    """A portal that takes few requests, and beside it an app as production would have it without secrets."""
    few = with_limits(4)
    changes: dict[str, Change | None] = {
        "router": None,
        "management": few,
        "kiosk": in_production,
        "kiosk-patient": few,
        "auth": with_limits(12),
    }
    with changed_platform(tmp_path_factory.mktemp("strict"), changes) as portal:
        yield portal


@pytest.fixture(scope="package")
def bare_router(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffPortal]:
    """The router as production would have it without its secrets."""
    with changed_platform(tmp_path_factory.mktemp("bare"), {"router": in_production}) as portal:
        yield portal
