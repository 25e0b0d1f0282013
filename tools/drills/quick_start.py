"""A runtime from which one worker starts again in a fraction of a second: drills start it hundreds of times.

Its memory snapshot holds the app's own modules too, as they were just built; what touches the runtime itself
is imported at each start, as ever.
"""

import shutil
from dataclasses import replace
from pathlib import Path

from tools.build import BuiltWorker
from tools.paths import NODE, ROOT
from tools.registry import load_registry
from tools.runtime import Runtime
from tools.runtime.snapshot import MAIN_MODULE, main_module_text, take_snapshot, write_launcher
from tools.runtime.versions import workerd_binary


def quick_runtime(runtime: Runtime, built: BuiltWorker, folder: Path) -> Runtime:
    """The runtime with a snapshot of this worker's modules, in an empty folder."""
    source = folder / "worker"
    shutil.copytree(built.folder / "src", source)
    shutil.copytree(runtime.snapshot_libraries, source, dirs_exist_ok=True)
    shutil.copytree(built.folder / "python_modules", source / "python_modules", dirs_exist_ok=True)
    # The routes lead to all of an app that is free of the runtime.
    imports = f"\nimport {built.worker.package}.routes\ngc.collect()\n"
    (source / MAIN_MODULE).write_text(main_module_text() + imports)
    launcher = folder / "workerd"
    write_launcher(workerd_binary(ROOT), launcher)
    (folder / "bundle").symlink_to(runtime.workerd.with_name("bundle"))
    take_snapshot(NODE, launcher, source, load_registry().platform.compatibility_date)
    return replace(runtime, workerd=launcher)
