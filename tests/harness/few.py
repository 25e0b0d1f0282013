"""A platform of a few workers, some of whose variables differ from what their configuration says."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx

from tests.harness.staff import StaffPortal
from tools.build import BuiltWorker, build
from tools.local import LocalPlatform, LogLine, Settings
from tools.local.demo import in_seed_order, seed
from tools.local.keys import development_vars
from tools.runtime import ensure_runtime


@contextmanager
def few_workers(
    ids: list[str],
    folder: Path,
    variables: Mapping[str, object],
    *,
    is_breakable: bool = False,
    on_log: Callable[[LogLine], None] = print,
) -> Iterator[StaffPortal]:
    """Run these workers with a fresh database that holds the demo data.

    Args:
        folder: an empty folder for the changed workers.
        variables: values that take the place of those of the same name, wherever a worker has one.
        is_breakable: whether what the workers reach can be made to fail.
        on_log: is given each line that a worker logs.
    """
    runtime = ensure_runtime(print)
    workers = [
        _changed(built, folder, variables) for built in build(ids, "development", print, development_vars())
    ]
    settings = Settings(is_breakable=is_breakable)
    with LocalPlatform(runtime, workers, settings, on_log) as local, httpx.Client(timeout=60) as client:
        url = local.start()
        local.migrate()
        for worker in in_seed_order(workers):
            seed(local, worker, datetime.now(UTC))
        yield StaffPortal(local, url, client)


def _changed(built: BuiltWorker, folder: Path, variables: Mapping[str, object]) -> BuiltWorker:
    copied = folder / built.worker.id
    shutil.copytree(built.folder, copied)
    file = copied / "wrangler.jsonc"
    # The built file is JSON below the comment in its first line.
    config = json.loads(file.read_text().partition("\n")[2])
    config["vars"] |= {name: value for name, value in variables.items() if name in config["vars"]}
    file.write_text(json.dumps(config))
    return BuiltWorker(built.worker, copied, changed=True)
