"""Small JavaScript workers in place of the apps, so that the router is tested alone."""

import json
import shutil
from pathlib import Path

from tools.build import BuiltWorker, build
from tools.local.keys import development_vars
from tools.registry import Kind, load_registry

_SOURCES = Path(__file__).with_name("stubs")


def router_among_stubs(folder: Path, variables: dict[str, object]) -> list[BuiltWorker]:
    """The real router with some variables changed, and stubs for the apps in service and for identity."""
    (router,) = build(["router"], "development", print, development_vars())
    copied = folder / "router"
    shutil.copytree(router.folder, copied)
    _change_variables(copied / "wrangler.jsonc", variables)
    return [
        BuiltWorker(router.worker, copied, changed=True),
        *(_stub(app.id, "app.mjs", folder) for app in load_registry().of_kind(Kind.STAFF) if app.in_service),
        _stub("auth", "auth.mjs", folder),
    ]


def _stub(worker_id: str, script: str, folder: Path) -> BuiltWorker:
    worker = load_registry().workers[worker_id]
    target = folder / worker_id
    (target / "src").mkdir(parents=True)
    (target / "python_modules").mkdir()
    shutil.copyfile(_SOURCES / script, target / "src" / script)
    config = {"name": worker.name, "main": f"src/{script}", "compatibility_date": "2026-11-01"}
    (target / "wrangler.jsonc").write_text(json.dumps(config))
    return BuiltWorker(worker, target, changed=True)


def _change_variables(file: Path, variables: dict[str, object]) -> None:
    # The built file is JSON below the comment in its first line.
    config = json.loads(file.read_text().partition("\n")[2])
    config["vars"] |= variables
    file.write_text(json.dumps(config))
