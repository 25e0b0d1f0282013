"""A runtime with a snapshot of one worker's own, as Cloudflare makes one for each when it is deployed.

It holds the worker's own modules too, as they were just built, so that this worker starts again in a fraction
of a second: drills start one hundreds of times.
"""

import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tools.paths import NODE, ROOT
from tools.registry import load_registry
from tools.runtime import Runtime, distribution, requirements
from tools.runtime.snapshot import DISTRIBUTIONS, MAIN_MODULE, main_module_text, take_snapshot, write_launcher
from tools.runtime.versions import workerd_binary


def with_own_snapshot(runtime: Runtime, built: Path, folder: Path, modules: Iterable[str]) -> Runtime:
    """The runtime with a snapshot that holds these modules of a built worker, and all that they import.

    Args:
        built: the folder of the worker.
        folder: an empty one for the snapshot.
    """
    source = folder / "worker"
    shutil.copytree(built / "src", source)
    shutil.copytree(runtime.snapshot_libraries, source, dirs_exist_ok=True)
    # Every snapshot holds these, whether the worker needs them or not.
    for name in requirements(DISTRIBUTIONS):
        shutil.copytree(distribution(name), source / "python_modules", dirs_exist_ok=True)
    shutil.copytree(built / "python_modules", source / "python_modules", dirs_exist_ok=True)
    imports = "".join(f"\nimport {name}" for name in modules)
    (source / MAIN_MODULE).write_text(f"{main_module_text()}{imports}\ngc.collect()\n")
    launcher = folder / "workerd"
    write_launcher(workerd_binary(ROOT), launcher)
    (folder / "bundle").symlink_to(runtime.workerd.with_name("bundle"))
    take_snapshot(NODE, launcher, source, load_registry().platform.compatibility_date)
    return replace(runtime, workerd=launcher)
