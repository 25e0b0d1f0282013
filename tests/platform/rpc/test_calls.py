"""Calls between two workers on real workerd."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tools.build import BuiltWorker, build
from tools.build.closure import Module
from tools.build.entry import entrypoints, main_name, main_text
from tools.local import LocalPlatform, Settings
from tools.local.keys import development_vars
from tools.paths import ROOT
from tools.registry import load_registry
from tools.runtime import ensure_runtime

pytestmark = pytest.mark.runtime

_HERE = Path(__file__).parent
_ENTRIES = {"hubs": "numbers_worker.py", "showcase": "calling_worker.py"}
_BINDINGS = [
    {"binding": "HUBS_NUMBERS", "service": load_registry().workers["hubs"].name, "entrypoint": "Numbers"},
    {"binding": "HUBS_AWAY", "service": load_registry().workers["heavy"].name, "entrypoint": "Away"},
]


@pytest.fixture(scope="module")
def caller(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app that calls a service; another that it is bound to is not running."""
    folder = tmp_path_factory.mktemp("rpc")
    workers = [
        _changed(each, folder) for each in build(list(_ENTRIES), "development", print, development_vars())
    ]
    logged = []
    with LocalPlatform(ensure_runtime(print), workers, Settings(), logged.append) as local:
        local.start()
        yield local.addresses()["showcase"]
        assert "Pat Example" not in str(logged)


def _changed(built: BuiltWorker, folder: Path) -> BuiltWorker:
    """The worker with another entry, and with all of the library, of which that may need more."""
    copied = folder / built.worker.id
    shutil.copytree(built.folder, copied)
    for module in (ROOT / "ganger").glob("*.py"):
        shutil.copyfile(module, copied / "src" / "ganger" / module.name)
    name = f"{built.worker.package}.worker"
    entry = Module(name, f"{name.replace('.', '/')}.py", (_HERE / _ENTRIES[built.worker.id]).read_text())
    (copied / "src" / entry.path).write_text(entry.text)
    main = copied / "src" / f"{main_name(built.worker)}.py"
    main.write_text(main_text(entry, entrypoints(entry)))
    if built.worker.id == "showcase":
        file = copied / "wrangler.jsonc"
        # The built file is JSON below the comment in its first line.
        config = json.loads(file.read_text().partition("\n")[2])
        file.write_text(json.dumps(config | {"services": _BINDINGS}))
    return BuiltWorker(built.worker, copied, changed=True)


def ask(caller: str, method: str, within_s: float = 5.0, entrypoint: str = "Numbers") -> object:
    query = {"entrypoint": entrypoint, "method": method, "within_s": str(within_s)}
    answer = httpx.get(f"{caller}/showcase/call", params=query, timeout=30)
    assert answer.status_code == httpx.codes.OK, answer.text
    return answer.json()


def test_a_call_is_answered_and_knows_who_asks_and_how_long_they_wait(caller):
    answer = ask(caller, "tell", within_s=3.0)
    assert answer["asked"] == {"number": 7}
    assert answer["who"] == ["showcase", "visitor", None]
    assert 0 < answer["left_ms"] <= 3000


def test_a_refusal_crosses_as_code_and_details(caller):
    assert ask(caller, "refuse") == {"refused": "TOO_ODD", "details": {"number": 7}}


def test_a_defect_crosses_as_a_code_alone(caller):
    assert ask(caller, "fail") == {"refused": "INTERNAL_ERROR", "details": {}}


def test_a_method_that_is_not_there_is_malformed(caller):
    assert ask(caller, "no such")["refused"] == "MALFORMED"


def test_a_call_ends_when_its_time_is_over(caller):
    assert ask(caller, "wait", within_s=0.2)["refused"] == "DEADLINE_EXCEEDED"
    assert ask(caller, "tell", within_s=0.0)["refused"] == "DEADLINE_EXCEEDED"


def test_a_worker_that_is_away_or_not_bound_is_unavailable(caller):
    assert ask(caller, "tell", entrypoint="Away")["refused"] == "UNAVAILABLE"
    assert ask(caller, "tell", entrypoint="Nowhere")["refused"] == "UNAVAILABLE"
