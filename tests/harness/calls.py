"""An app that calls services of the hubs worker for a test, over service bindings of its own."""

import json
import shutil
from pathlib import Path
from typing import Any

import httpx

from tools.build import BuiltWorker, build
from tools.build.closure import Module
from tools.build.entry import entrypoints, main_name, main_text
from tools.local.keys import development_vars
from tools.paths import ROOT
from tools.registry import load_registry

APP = "showcase"
_ENTRY = Path(__file__).with_name("calling_worker.py")


def binding(entrypoint: str, worker_id: str = "hubs") -> dict[str, str]:
    """The binding to an entrypoint, under the name that the calling app knows it by."""
    name = load_registry().workers[worker_id].name
    return {"binding": f"HUBS_{entrypoint.upper()}", "service": name, "entrypoint": entrypoint}


def calling_app(folder: Path, bindings: list[dict[str, str]]) -> BuiltWorker:
    """The app, in a folder of its own below that one."""
    (built,) = build([APP], "development", print, development_vars())
    changed = with_entry(built, folder, _ENTRY)
    change_config(changed, services=bindings)
    return changed


def with_entry(built: BuiltWorker, folder: Path, entry: Path) -> BuiltWorker:
    """The worker with another entry module, and with all of the library, of which that may need more."""
    copied = folder / built.worker.id
    shutil.copytree(built.folder, copied)
    for module in (ROOT / "ganger").glob("*.py"):
        shutil.copyfile(module, copied / "src" / "ganger" / module.name)
    name = f"{built.worker.package}.worker"
    module = Module(name, f"{name.replace('.', '/')}.py", entry.read_text())
    (copied / "src" / module.path).write_text(module.text)
    main = copied / "src" / f"{main_name(built.worker)}.py"
    main.write_text(main_text(module, entrypoints(module)))
    return BuiltWorker(built.worker, copied, changed=True)


def change_config(built: BuiltWorker, **changes: object) -> None:
    """Put other values into the configuration of a copied worker; those of `vars` are laid on its own."""
    file = built.folder / "wrangler.jsonc"
    # The built file is JSON below the comment in its first line.
    config = json.loads(file.read_text().partition("\n")[2])
    variables = changes.pop("vars", {})
    assert isinstance(variables, dict)
    config["vars"] |= variables
    file.write_text(json.dumps(config | changes))


def ask(app_url: str, entrypoint: str, method: str, asked: object, within_s: float = 5.0) -> Any:
    """Let the app at that address call a method; a refusal is `{"refused": code, "details": …}`."""
    told = {"entrypoint": entrypoint, "method": method, "asked": asked, "within_s": within_s}
    answer = httpx.post(f"{app_url}/showcase/call", json=told, timeout=60)
    assert answer.status_code == httpx.codes.OK, answer.text
    return answer.json()
