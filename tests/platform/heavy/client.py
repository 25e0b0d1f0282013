"""An app that has heavy work done, in place of the showcase's, and what tests ask of it."""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from ganger.contracts.heavy import HANDOUT_PDF, Handout
from ganger.db import Row, Statement, Value
from tests.harness.handouts import make_handout
from tests.harness.staff import StaffPortal
from tools.build import BuiltWorker, build
from tools.build.closure import Module
from tools.build.entry import entrypoints, main_name, main_text
from tools.local import LocalPlatform, Settings
from tools.local.demo import seed
from tools.local.keys import development_vars
from tools.paths import ROOT
from tools.registry import load_registry
from tools.runtime import ensure_runtime

CRON = "*/2 * * * *"
_CALLER = "showcase"
_ENDS_WITHIN_S = 60
_HEAVY = load_registry().workers["heavy"].name
_TOPICS = {"name": "HEAVY_LIVE", "class_name": "Topic", "script_name": _HEAVY}
_BINDINGS = {
    "services": [{"binding": "HEAVY_JOBS", "service": _HEAVY, "entrypoint": "Jobs"}],
    "r2_buckets": [{"binding": "FILES", "bucket_name": "ganger-uploads"}],
    "queues": {"producers": [{"binding": "DEAD", "queue": "ganger-heavy-dead"}]},
}


@dataclass
class HeavyClient:
    """A running platform with such an app."""

    local: LocalPlatform
    url: str
    client: httpx.Client
    portal: StaffPortal  # the same app as people reach it
    keys: int = 0

    def submit(self, handout: Handout | None = None, times: int = 1, **changes: object) -> dict[str, Any]:
        """Ask for a job under a new key unless one is given; the job, or why it was refused."""
        return self._json("POST", f"/jobs?times={times}", json=self.asked(handout) | changes)

    def submit_as(self, person: str, handout: Handout | None = None, times: int = 1) -> dict[str, Any]:
        """The same as a person."""
        path = f"/{_CALLER}/jobs?times={times}"
        job: dict[str, Any] = self.portal.post(path, person, json=self.asked(handout)).json()
        return job

    def asked(self, handout: Handout | None = None) -> dict[str, Any]:
        """A submission under a new key."""
        self.keys += 1
        return {
            "kind": HANDOUT_PDF,
            "key": f"key-{self.keys}",
            "location_id": "loc_aa",
            "steps": [(handout or make_handout()).plain()],
        }

    def job(self, job_id: str) -> dict[str, Any]:
        """The job as it stands."""
        return self._json("GET", f"/asked/{job_id}")

    def ended(self, job_id: str) -> dict[str, Any]:
        """The job, once it has ended."""
        until = time.monotonic() + _ENDS_WITHIN_S
        while (job := self.job(job_id))["state"] in ("queued", "running"):
            assert time.monotonic() < until, job
        return job

    def file(self, upload_id: str) -> bytes:
        """The content of a file."""
        answer = self.client.get(f"{self.url}/files/{upload_id}")
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.content

    def bury(self, message: str) -> None:
        """Let a message end up where those do that came back as often as any."""
        self._json("POST", "/dead-letters", content=message)

    def sweep(self, after: timedelta) -> None:
        """Fire the cron as if it were so much later."""
        assert self.local.scheduled("heavy", CRON, datetime.now(UTC) + after) == "ok"

    def forget(self, after: timedelta) -> None:
        """Fire the cron of the hour as if it were about so much later."""
        at = (datetime.now(UTC) + after).replace(minute=28, second=0, microsecond=0)
        assert self.local.scheduled("heavy", CRON, at) == "ok"

    def rows(self, sql: str, *values: Value) -> list[Row]:
        """The rows of one statement on the platform's database."""
        return self.local.batch([Statement(sql, values)])[0]

    def _json(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        answer = self.client.request(method, self.url + path, **options)
        assert answer.status_code == httpx.codes.OK, answer.text
        told: dict[str, Any] = answer.json()
        return told


@contextmanager
def heavy_client(folder: Path, state: Path | None = None) -> Iterator[HeavyClient]:
    """Run heavy computing and an app that has it do things.

    Args:
        folder: an empty folder for the changed app.
        state: what the database and the files are kept in, for one that is started again.
    """
    built = build(["router", "auth", "heavy", _CALLER], "development", print, development_vars())
    workers = [_changed(each, folder) if each.worker.id == _CALLER else each for each in built]
    with (
        LocalPlatform(ensure_runtime(print), workers, Settings(0, state, is_breakable=True), print) as local,
        httpx.Client(timeout=60) as client,
    ):
        origin = local.start()
        if local.migrate():
            seed(local, next(each.worker for each in workers if each.worker.id == "auth"), datetime.now(UTC))
        portal = StaffPortal(local, origin, client)
        yield HeavyClient(local, f"{local.addresses()[_CALLER]}/{_CALLER}", client, portal)


def _changed(built: BuiltWorker, folder: Path) -> BuiltWorker:
    """The app with another entry and other bindings, and with what of the library that needs besides."""
    copied = folder / built.worker.id
    shutil.copytree(built.folder, copied)
    for module in [*(ROOT / "ganger").glob("*.py"), *(ROOT / "ganger" / "contracts").glob("*.py")]:
        target = copied / "src" / module.relative_to(ROOT)
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(module, target)
    name = f"{built.worker.package}.worker"
    text = Path(__file__).with_name("calling_worker.py").read_text()
    entry = Module(name, f"{name.replace('.', '/')}.py", text)
    (copied / "src" / entry.path).write_text(entry.text)
    (copied / "src" / f"{main_name(built.worker)}.py").write_text(main_text(entry, entrypoints(entry)))
    file = copied / "wrangler.jsonc"
    # The built file is JSON below the comment in its first line.
    config = json.loads(file.read_text().partition("\n")[2])
    config["durable_objects"]["bindings"].append(_TOPICS)
    file.write_text(json.dumps(config | _BINDINGS))
    return BuiltWorker(built.worker, copied, changed=True)
