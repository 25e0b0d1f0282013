"""The built runtime, run: real workerd, with and without the memory snapshot."""

import hashlib
import hmac
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tools.paths import NODE
from tools.registry import load_registry
from tools.runtime import DEVELOPMENT_FLAGS, distribution, ensure_runtime, requirements

pytestmark = pytest.mark.runtime

START = Path(__file__).with_name("start.mjs")
LIMIT_S = 120

IDENTITY = """
from workers import Response, WorkerEntrypoint

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        import json, random, secrets, uuid
        return Response(json.dumps([secrets.token_hex(16), str(uuid.uuid4()), random.random()]))
"""
STANDARD_LIBRARY = """
import hashlib, hmac
from datetime import UTC, datetime
from zoneinfo import ZoneInfo
from workers import Response, WorkerEntrypoint

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        now = datetime.now(UTC)
        signature = hmac.new(b"k", b"m", "sha256").hexdigest()
        digest = hashlib.sha256(b"m").hexdigest()
        clinic = now.astimezone(ZoneInfo("America/Detroit"))
        return Response.json([signature, digest, now.isoformat(), clinic.isoformat()])
"""
LIBRARIES = """
import jinja2, pydantic
from workers import Response, WorkerEntrypoint

class Item(pydantic.BaseModel):
    on_hand: int = pydantic.Field(ge=0)
    email: str | None = None

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        item = Item.model_validate_json('{"on_hand": 3}')
        template = jinja2.Environment(autoescape=True).from_string("{{ count }} {{ text }}")
        return Response(template.render(count=item.on_hand, text="<b>"))
"""
EVERY_LIBRARY = LIBRARIES.replace("import jinja2", "import httpx, segno, tzdata, jinja2")
GLOBAL_HANDLER = """
import js

def on_fetch(request, env, ctx):
    return js.Response.new("global")
"""


@pytest.fixture(scope="module")
def runtime():
    return ensure_runtime(print)


@pytest.fixture
def start(runtime, tmp_path) -> Callable[..., dict[str, str]]:
    """Starts the workers given as name=(text, distributions) and returns their answers."""

    def run(
        snapshot: bool, flags: tuple[str, ...] = (), **workers: tuple[str, tuple[str, ...]]
    ) -> dict[str, str]:
        settings = []
        for name, (text, names) in workers.items():
            folder = tmp_path / name
            for needed in requirements(names):
                shutil.copytree(distribution(needed), folder / "python_modules", dirs_exist_ok=True)
            if snapshot:
                shutil.copytree(runtime.snapshot_libraries, folder, dirs_exist_ok=True)
            main = f"{name}_main.py"
            (folder / main).write_text(text)
            all_flags = [*DEVELOPMENT_FLAGS, *flags]
            settings.append({"name": name, "folder": str(folder), "mainModule": main, "flags": all_flags})
        asked = json.dumps({"date": load_registry().platform.compatibility_date, "workers": settings})
        environment = os.environ | {
            "MINIFLARE_WORKERD_PATH": str(runtime.workerd),
            "GANGER_SNAPSHOT": str(int(snapshot)),
        }
        result = subprocess.run(  # noqa: S603 (our own command line)
            [str(NODE), str(START), asked], env=environment, capture_output=True, text=True, timeout=LIMIT_S
        )
        assert result.returncode == 0, result.stderr[-3000:]
        return json.loads(result.stdout.splitlines()[-1])["answers"]

    return run


SDK = ("workers-runtime-sdk",)


def test_workers_from_one_snapshot_draw_different_random_values(start):
    answers = start(snapshot=True, first=(IDENTITY, SDK), second=(IDENTITY, SDK))
    drawn = [value for answer in answers.values() for value in json.loads(answer)]
    assert len(set(drawn)) == 6


def test_a_worker_draws_other_values_at_its_next_start(start):
    before = json.loads(start(snapshot=True, first=(IDENTITY, SDK))["first"])
    after = json.loads(start(snapshot=True, first=(IDENTITY, SDK))["first"])
    assert not set(before) & set(after)


def test_standard_library_works_from_the_snapshot(start):
    worker = (STANDARD_LIBRARY, (*SDK, "tzdata"))
    signature, digest, now, clinic = json.loads(start(snapshot=True, only=worker)["only"])
    assert signature == hmac.new(b"k", b"m", "sha256").hexdigest()
    assert digest == hashlib.sha256(b"m").hexdigest()
    assert abs(datetime.fromisoformat(now) - datetime.now(UTC)) < timedelta(minutes=2)
    local = datetime.fromisoformat(now).astimezone(ZoneInfo("America/Detroit"))
    assert datetime.fromisoformat(clinic).utcoffset() == local.utcoffset()


def test_libraries_work_from_the_snapshot(start):
    names = (*SDK, "pydantic", "jinja2")
    assert start(snapshot=True, only=(LIBRARIES, names)) == {"only": "3 &lt;b&gt;"}


def test_every_locked_library_imports_without_the_snapshot(start):
    names = (*SDK, "pydantic", "jinja2", "httpx", "segno", "tzdata")
    assert start(snapshot=False, only=(EVERY_LIBRARY, names)) == {"only": "3 &lt;b&gt;"}


def test_a_global_handler_starts_from_the_snapshot_without_any_package(start):
    flags = ("disable_python_no_global_handlers",)
    assert start(snapshot=True, flags=flags, only=(GLOBAL_HANDLER, ())) == {"only": "global"}
