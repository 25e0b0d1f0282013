"""The JavaScript workers that are measured beside ours, bundled into `.cache/bench/`."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tools.bench.measure import BenchProblem
from tools.build import BuiltWorker
from tools.build.jsonc import read_jsonc
from tools.paths import NODE_MODULES, ROOT
from tools.registry import Registry, Worker, load_registry

_SOURCES = Path(__file__).with_name("sources")
_SECRETS = ("SESSION_KEYS", "IDENTITY_KEYS")
_ANSWER_WITHIN_MS = 30_000


_SHARED = ("d1_databases", "ratelimits", "vars")


def javascript_worker(
    worker: Worker, source: str, secrets: Mapping[str, str], folder: Path, like: Path | None
) -> BuiltWorker:
    """Bundle one of the sources into an empty folder.

    It is given the staff apps' mounts and bindings as the router is, or what a built Python worker has.

    Args:
        like: the folder of that worker.

    Raises:
        BenchProblem: the source cannot be bundled.
    """
    (folder / "python_modules").mkdir(parents=True)
    main = folder / "src" / f"{source}.mjs"
    _bundle(_SOURCES / f"{source}.mjs", main)
    registry = load_registry()
    config = {
        "name": worker.name,
        "main": f"src/{source}.mjs",
        "compatibility_date": registry.platform.compatibility_date,
    } | (_as_the_router(registry, secrets) if like is None else _as(like))
    (folder / "wrangler.jsonc").write_text(json.dumps(config))
    return BuiltWorker(worker, folder, changed=True)


def _as(like: Path) -> dict[str, object]:
    config = read_jsonc(like / "wrangler.jsonc")
    return {name: config[name] for name in _SHARED}


def _as_the_router(registry: Registry, secrets: Mapping[str, str]) -> dict[str, object]:
    # The longest first, for it is the first that fits which is taken.
    apps = sorted((each for each in registry.workers.values() if each.mount), key=_mount_length, reverse=True)
    mounts = [
        {"mount": app.mount, "name": app.name, "title": app.title, "binding": _binding(app)} for app in apps
    ]
    return {
        "services": [{"binding": _binding(app), "service": app.name} for app in apps],
        "vars": {name: secrets[name] for name in _SECRETS}
        | {"MOUNTS": mounts, "ANSWER_WITHIN_MS": _ANSWER_WITHIN_MS},
    }


def _bundle(source: Path, target: Path) -> None:
    # NODE_PATH, for the sources may lie in another tree than the packages do.
    done = subprocess.run(  # noqa: S603 - our own source
        [
            NODE_MODULES / ".bin" / "esbuild",
            source,
            "--bundle",
            "--format=esm",
            "--target=esnext",
            "--external:cloudflare:*",
            f"--outfile={target}",
            "--log-level=warning",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BenchProblem(f"{source.name} cannot be bundled:\n{done.stderr}")


def _binding(app: Worker) -> str:
    return app.id.upper().replace("-", "_")


def _mount_length(app: Worker) -> int:
    return len(app.mount or "")
