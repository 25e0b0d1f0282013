"""`ganger dev`: the platform on this machine, with demo data, reloaded when a source changes."""

import shutil
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from watchfiles import watch

from tools.build import BuildError, BuiltWorker, build
from tools.local import LocalPlatform, LogLine, RunnerError, Settings
from tools.local.demo import in_seed_order, seed
from tools.local.keys import development_vars
from tools.paths import ROOT
from tools.registry import FOLDERS, load_registry
from tools.runtime import ensure_runtime

Say = Callable[[str], None]

# Without these nobody gets in or finds anything.
_ALWAYS = ("router", "management", "auth")
_SOURCES = tuple(ROOT / name for name in ("ganger", "wrangler", *FOLDERS.values()))
_SEEDED = "seeded"


def serve(ids: Iterable[str], port: int, state: Path, fresh: bool, say: Say) -> int:
    """Run the platform until it is interrupted; return the exit status.

    Args:
        ids: registry ids to run besides the router, identity and the portal; none means all.
        state: folder for the database and the like, kept between runs.
        fresh: drop what is kept there first.
    """
    if not _is_free(port):
        say(f"Port {port} is taken by another program. End that one, or choose a port with --port.")
        return 1
    started = time.monotonic()
    chosen = _chosen(ids)
    if fresh:
        shutil.rmtree(state, ignore_errors=True)
    runtime = ensure_runtime(say)
    workers = build(chosen, "development", say, development_vars())
    with LocalPlatform(runtime, workers, Settings(port, state), lambda line: _tell(line, say)) as platform:
        say(f"Starting {len(workers)} workers.")
        platform.start()
        _prepare_database(platform, workers, state, say)
        _await_answers(platform, workers, say)
        say(f"Ready on http://localhost:{port} ({time.monotonic() - started:.0f} s)")
        _tell_hosts(workers, port, say)
        _reload_on_change(platform, chosen, say)
    return 0


def _chosen(ids: Iterable[str]) -> list[str]:
    registry = load_registry()
    chosen = [worker.id for worker in registry.select(ids)]
    return [worker_id for worker_id in registry.workers if worker_id in {*chosen, *_ALWAYS}]


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _prepare_database(platform: LocalPlatform, workers: Sequence[BuiltWorker], state: Path, say: Say) -> None:
    for name in platform.migrate():
        say(f"Applied migration {name}.")
    # An app that is run for the first time brings its rows then.
    for worker in in_seed_order(workers):
        mark = state / _SEEDED / worker.id
        if not mark.exists():
            if seed(platform, worker, datetime.now(UTC)):
                say(f"Wrote the demo data of {worker.id}.")
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.touch()


def _await_answers(platform: LocalPlatform, workers: Sequence[BuiltWorker], say: Say) -> None:
    silent = [built.worker.id for built in workers if platform.health(built.worker.id) != 200]
    if silent:
        say(f"Not healthy: {', '.join(silent)}.")


def _tell_hosts(workers: Sequence[BuiltWorker], port: int, say: Say) -> None:
    for built in workers:
        if built.worker.host:
            say(f"  {built.worker.title}: http://{built.worker.host.partition('.')[0]}.localhost:{port}")


def _reload_on_change(platform: LocalPlatform, chosen: Sequence[str], say: Say) -> None:
    for _ in watch(*_SOURCES, ROOT / "platform.toml", debounce=200, raise_interrupt=True):
        started = time.monotonic()
        try:
            built = build(chosen, "development", say, development_vars())
            if any(worker.changed for worker in built):
                platform.restart()
                platform.migrate()
                say(f"Reloaded in {time.monotonic() - started:.1f} s.")
        except (BuildError, RunnerError) as problem:
            say(f"Not reloaded: {problem}")


def _tell(line: LogLine, say: Say) -> None:
    say(f"[{line['level']}] {line['message']}")
