"""Built folders as wrangler reads them for an upload, which it does without a network."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.harness.workers import CLOSED, RUNNING, ids_of, running
from tools.build import build, sizes
from tools.build.jsonc import read_jsonc
from tools.paths import NODE, WRANGLER
from tools.registry import Kind, Worker

pytestmark = pytest.mark.runtime

IDS = ids_of(RUNNING)
WITHOUT_DATABASE = ids_of(running(Kind.ROUTER, Kind.PATIENT))
AT_A_TIME = 2
LIMIT_S = 60
# Wrangler compresses with Node's zlib, which packs a little less tightly than Python's.
TOLERANCE = 0.02


@dataclass(frozen=True)
class Upload:
    """What wrangler said of one worker's folder, and the modules that it would send."""

    folder: Path
    modules: Path
    code: int
    output: str


def dry_run(worker_id: str, environment: str, modules: Path) -> Upload:
    """Build one worker and let wrangler prepare its upload."""
    (built,) = build([worker_id], environment, lambda line: None)
    variables = {"PATH": f"{NODE.parent}{os.pathsep}{os.environ['PATH']}", "WRANGLER_SEND_METRICS": "false"}
    done = subprocess.run(  # noqa: S603 - our own program and folder
        [WRANGLER, "deploy", "--dry-run", "--outdir", modules],
        cwd=built.folder,
        env=os.environ | variables | {"CI": "1", "WRANGLER_LOG_PATH": str(modules.with_suffix(".log"))},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    return Upload(built.folder, modules, done.returncode, done.stdout + done.stderr)


@pytest.fixture(scope="module")
def upload_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Upload]]:
    """Wrangler takes some seconds for each worker, so the runs start together and the tests wait."""
    root = tmp_path_factory.mktemp("uploads")
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        runs: dict[str, Future[Upload]] = {
            worker_id: pool.submit(dry_run, worker_id, "production", root / worker_id) for worker_id in IDS
        }
        yield lambda worker_id: runs[worker_id].result()


@pytest.mark.parametrize("worker_id", IDS)
def test_wrangler_takes_every_module_of_the_folder(upload_of, worker_id):
    upload = upload_of(worker_id)
    assert upload.code == 0, upload.output
    assert "WARNING" not in upload.output
    built = {path.relative_to(upload.folder / "src") for path in (upload.folder / "src").rglob("*.py")}
    built |= {path.relative_to(upload.folder) for path in (upload.folder / "python_modules").rglob("*.*")}
    sent = {path.relative_to(upload.modules) for path in upload.modules.rglob("*.*")}
    assert built - sent == set()


@pytest.mark.parametrize("worker_id", IDS)
def test_size_is_what_wrangler_counts(upload_of, worker_id):
    upload = upload_of(worker_id)
    counted = re.search(r"gzip: ([\d.]+) KiB", upload.output)
    assert counted is not None, upload.output
    total_kib = sizes(upload.folder).total_bytes_gzip / 1024
    assert total_kib == pytest.approx(float(counted[1]), rel=TOLERANCE, abs=0.5)


@pytest.mark.parametrize("worker_id", WITHOUT_DATABASE)
def test_router_and_patient_workers_are_bound_to_no_database(upload_of, worker_id):
    assert "D1 Database" not in upload_of(worker_id).output


def parts(worker: Worker) -> dict[str, object]:
    """What a built folder holds, by names that do not say whose it is; of its own modules the names."""
    (built,) = build([worker.id], "production", print)
    config = read_jsonc(built.folder / "wrangler.jsonc")
    found: dict[str, object] = {"config": config | dict.fromkeys(("name", "main", "routes"))}
    package = f"src/{worker.package.replace('.', '/')}/"
    for path in (path for name in ("src", "python_modules") for path in (built.folder / name).rglob("*.*")):
        name = path.relative_to(built.folder).as_posix()
        is_own = name.startswith(package) or name in (config["main"], "src/ganger/catalogue.py")
        known_as = "main" if name == config["main"] else name.replace(package, "own/")
        found[known_as] = None if is_own else path.read_bytes()
    return found


@pytest.mark.parametrize(
    "worker", [each for each in CLOSED if each not in RUNNING], ids=lambda worker: worker.id
)
def test_a_worker_not_in_service_uploads_what_the_one_that_stands_for_it_does(worker):
    (stand_in,) = (each for each in running(worker.kind) if not each.in_service)
    assert parts(worker) == parts(stand_in)


def test_staging_router_is_bound_to_staging_workers(tmp_path):
    upload = dry_run("router", "staging", tmp_path / "router")
    assert upload.code == 0, upload.output
    assert "ganger-auth-staging" in upload.output
