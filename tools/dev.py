"""`ganger dev`: the platform on this machine, with demo data, reloaded when a source changes."""

import errno
import fcntl
import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from watchfiles import watch

from tools.build import BuildError, BuiltWorker, build
from tools.build.folder import read_stamp
from tools.local import LocalPlatform, LogLine, RunnerError, Settings
from tools.local.demo import in_seed_order, seed
from tools.local.keys import development_vars
from tools.local.providers import Providers
from tools.paths import REGISTRY, ROOT
from tools.registry import FOLDERS, load_registry
from tools.runtime import RuntimeProblem, ensure_runtime

Say = Callable[[str], None]

# Without these nobody gets in or finds anything.
_ALWAYS = ("router", "management", "auth")
_SOURCES = tuple(ROOT / name for name in ("ganger", "wrangler", *FOLDERS.values()))
# Tells a folder of ours from others, and is locked by the process that uses it.
_MARKER = ".ganger-state"
_SEEDED = "seeded"
# What a source in the middle of an edit can lead to.
_EDITING = (BuildError, RuntimeProblem, RunnerError, OSError, UnicodeDecodeError)


class DevProblem(Exception):
    """The platform cannot be run as asked; the message says what to do."""


def serve(ids: Iterable[str], port: int, state: Path, fresh: bool, say: Say) -> int:
    """Run the platform until SIGINT or SIGTERM comes; return the exit status.

    Args:
        ids: registry ids to run besides the router, identity and the portal; none means all.
        state: folder for the database and the like, kept between runs.
        fresh: drop what is kept there first.
    Raises:
        DevProblem: the port is taken, or the folder is not ours or in use.
        RegistryError: an id is unknown.
        BuildError: a worker does not build.
    """
    # SIGINT too: a shell that starts us in the background has it ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    started = time.monotonic()
    chosen = chosen_ids(ids)
    require_free(port)
    try:
        with own_state(state, fresh):
            runtime = ensure_runtime(say)
            say(f"Building {len(chosen)} workers.")
            with Providers(development_vars(), f"http://127.0.0.1:{port}") as providers:
                workers = build(chosen, "development", say, development_vars())
                settings = Settings(port, state, {"hubs": providers.variables})
                with LocalPlatform(runtime, workers, settings, lambda line: _tell(line, say)) as local:
                    providers.deliver_by_themselves()
                    served = _Served(local, workers, providers.inbox, port, state, say)
                    served.start(started)
                    served.reload_on_change()
    except KeyboardInterrupt:
        say("Ended.")
    return 0


def chosen_ids(ids: Iterable[str]) -> list[str]:
    """The workers to run, in the registry's order.

    Raises:
        RegistryError: an id is unknown.
    """
    registry = load_registry()
    chosen = {worker.id for worker in registry.select(ids)}
    return [worker_id for worker_id in registry.workers if worker_id in {*chosen, *_ALWAYS}]


def require_free(port: int) -> None:
    """Refuse a port that cannot be had.

    Raises:
        DevProblem: another program has it, or it is no port for us.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            is_taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
            fault = (
                "is taken by another program. End that one" if is_taken else "cannot be used here. Try again"
            )
            raise DevProblem(f"Port {port} {fault}, or choose a port with --port.") from error


@contextmanager
def own_state(state: Path, fresh: bool) -> Iterator[None]:
    """Hold the state folder for this process alone; `fresh` empties it first.

    Raises:
        DevProblem: it holds what is not ours, or another process uses it. Nothing was deleted.
    """
    marker = state / _MARKER
    is_ours = marker.is_file() or not state.exists() or (state.is_dir() and not any(state.iterdir()))
    if not is_ours:
        raise DevProblem(f"{state} holds other things than our data. Choose another folder with --state.")
    state.mkdir(parents=True, exist_ok=True)
    with marker.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DevProblem(
                f"Another `ganger dev` uses {state}. End that one, or choose another folder with --state."
            ) from None
        if fresh:
            _empty(state, marker)
        yield


def _empty(folder: Path, kept: Path) -> None:
    for path in set(folder.iterdir()) - {kept}:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


@dataclass
class _Served:
    """The running platform, and what of the sources it has loaded."""

    platform: LocalPlatform
    workers: Sequence[BuiltWorker]
    inbox: str  # address of what was sent to people
    port: int
    state: Path
    say: Say
    # Digests of the built folders by worker. Other processes build too, so that the build's own word of
    # what changed is not enough.
    loaded: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)  # what did not start is not tried twice
    is_ready: bool = False
    is_behind: bool = False  # the last change could not be taken up

    def start(self, started: float) -> None:
        """Start the workers; if one does not, a later change can bring all up."""
        self.say(f"Starting {len(self.workers)} workers (about a second for each).")
        try:
            self._load(self.platform.start, started)
        except RunnerError as problem:
            self.say(f"Not started: {problem}\nSave a correction, and the platform starts.")

    def reload_on_change(self) -> None:
        """Rebuild and reload whenever a source changes, until interrupted."""
        has_looked = False
        for changes in watch(
            *_SOURCES, REGISTRY, debounce=200, rust_timeout=500, yield_on_timeout=True, raise_interrupt=True
        ):
            # The first look is for what was saved before the watch began.
            if not changes and has_looked:
                continue
            has_looked = True
            if any(Path(path) == REGISTRY for _, path in changes):
                self.say(f"{REGISTRY.name} changed. End this and run it again to take that up.")
            self._reload()

    def _reload(self) -> None:
        started = time.monotonic()
        try:
            build([built.worker.id for built in self.workers], "development", self.say, development_vars())
            contents = self._contents()
            if contents == self.loaded:
                self._catch_up()
            elif contents != self.refused:
                self._load(self.platform.restart, started)
        except _EDITING as problem:
            self.is_behind = True
            kept = "What ran before keeps running." if self.is_ready else "Save a correction, and it starts."
            self.say(f"Not reloaded: {problem}\n{kept}")

    def _catch_up(self) -> None:
        if self.is_behind:
            self.say("What runs is again what the sources say.")
        self.is_behind = False

    def _load(self, load: Callable[[], str], started: float) -> None:
        contents = self._contents()
        try:
            load()
        except RunnerError:
            self.refused = contents
            raise
        self.loaded, self.refused, self.is_behind = contents, {}, False
        self._prepare_database()
        silent = [built.worker.id for built in self.workers if not self._answers(built)]
        took = f"{time.monotonic() - started:.1f} s"
        if silent:
            self.say(f"Not healthy after {took}: {', '.join(silent)}.")
        elif self.is_ready:
            self.say(f"Reloaded in {took}.")
        else:
            self.is_ready = True
            self.say(f"Ready on http://localhost:{self.port} ({took})")
            self._tell_hosts()

    def _contents(self) -> dict[str, str]:
        stamps = {built.worker.id: read_stamp(built.folder) for built in self.workers}
        return {worker_id: stamp.content for worker_id, stamp in stamps.items() if stamp}

    def _prepare_database(self) -> None:
        for name in self.platform.migrate():
            self.say(f"Applied migration {name}.")
        # An app that is run for the first time brings its rows then.
        for worker in in_seed_order(self.workers):
            mark = self.state / _SEEDED / worker.id
            if not mark.exists():
                if seed(self.platform, worker, datetime.now(UTC)):
                    self.say(f"Wrote the demo data of {worker.id}.")
                mark.parent.mkdir(parents=True, exist_ok=True)
                mark.touch()

    def _answers(self, built: BuiltWorker) -> bool:
        try:
            return self.platform.health(built.worker.id) == 200
        except RunnerError:
            return False

    def _tell_hosts(self) -> None:
        for worker in (built.worker for built in self.workers):
            if worker.host:
                label = worker.host.partition(".")[0]
                self.say(f"  {worker.title}: http://{label}.localhost:{self.port}")
        if any(built.worker.id == "hubs" for built in self.workers):
            self.say(f"  Texts and e-mails that it sends: {self.inbox}")


def _tell(line: LogLine, say: Say) -> None:
    say(f"[{line['level']}] {line['message']}")
