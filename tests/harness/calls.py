"""An app that calls services of the hubs worker for a test, over service bindings of its own."""

import json
import shutil
from pathlib import Path
from typing import Any

import httpx

from tools.build import BuiltWorker, build
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
    copied = folder / APP
    shutil.copytree(built.folder, copied)
    # All of the library, of which its new entry needs more than the old one did.
    for module in (ROOT / "ganger").glob("*.py"):
        shutil.copyfile(module, copied / "src" / "ganger" / module.name)
    entry = copied / "src" / built.worker.package.replace(".", "/") / "worker.py"
    assert entry.exists()
    shutil.copyfile(_ENTRY, entry)
    file = copied / "wrangler.jsonc"
    # The built file is JSON below the comment in its first line.
    config = json.loads(file.read_text().partition("\n")[2])
    file.write_text(json.dumps(config | {"services": bindings}))
    return BuiltWorker(built.worker, copied, changed=True)


def ask(app_url: str, entrypoint: str, method: str, asked: object, within_s: float = 5.0) -> Any:
    """Let the app at that address call a method; a refusal is `{"refused": code, "details": …}`."""
    told = {"entrypoint": entrypoint, "method": method, "asked": asked, "within_s": within_s}
    answer = httpx.post(f"{app_url}/showcase/call", json=told, timeout=60)
    assert answer.status_code == httpx.codes.OK, answer.text
    return answer.json()
