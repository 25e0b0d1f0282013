"""Starts the runner and speaks with it.

The runner (runner.mjs) is a child process that ends with its standard input, so it never outlives us.
"""

import itertools
import json
import os
import subprocess
import threading
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from ganger.db import Row, Statement
from tools.build import BuiltWorker
from tools.paths import NODE, ROOT
from tools.registry import Kind
from tools.runtime import Runtime

_RUNNER = Path(__file__).with_name("runner.mjs")
_ENDS_WITHIN_S = 15
_ENDED = "The runner ended; its last words stand above."

LogLine = Mapping[str, str]


class RunnerError(Exception):
    """The runner could not do what it was told; the message is its own."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the platform runs here.

    `port` 0 takes any free one; `state` is the folder that the database and the like are kept in, and
    None keeps nothing. `variables` take the place of a worker's own, by its id. `is_breakable` leads all that
    workers reach through a worker that can fail it (see `break_ways`). `is_swept_often` lets V8 look through
    the whole heap each time that it looks for garbage; else it does so when the heap is at a gigabyte.
    """

    port: int = 0
    state: Path | None = None
    variables: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    is_breakable: bool = False
    is_swept_often: bool = False


class LocalPlatform:
    """A running platform. Use as a context manager, or call `close`."""

    def __init__(
        self,
        runtime: Runtime,
        workers: Sequence[BuiltWorker],
        settings: Settings,
        on_log: Callable[[LogLine], None],
    ) -> None:
        """Start the runner; the workers start with `start`."""
        self._runtime = runtime
        self._workers = workers
        self._settings = settings
        self._on_log = on_log
        self._ids = itertools.count(1)
        self._answers: dict[int, Future[Any]] = {}
        self._sending = threading.Lock()
        self._process = subprocess.Popen(  # noqa: S603 - our own script with the pinned Node
            [NODE, _RUNNER],
            cwd=ROOT,
            env=_environment(runtime, settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            # Ctrl-C in a terminal goes to us alone; we then end the runner in order.
            start_new_session=True,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The runner's process id; workerd is its child."""
        return self._process.pid

    def start(self, cut: Iterable[str] = ()) -> str:
        """Start the workers and return the address that they answer at.

        Args:
            cut: names of workers that the others cannot reach.
        """
        facts = {
            "workers": [_told(worker, self._settings.variables) for worker in self._workers],
            "port": self._settings.port,
            "state": str(self._settings.state) if self._settings.state else None,
            "libraries": str(self._runtime.snapshot_libraries),
            "cut": list(cut),
            "breakable": self._settings.is_breakable,
        }
        return str(self._call("start", **facts))

    def restart(self, cut: Iterable[str] = ()) -> str:
        """Load the built folders again and return the address."""
        return str(self._call("restart", cut=list(cut)))

    def migrate(self) -> list[str]:
        """Apply new migrations and return the names of their files."""
        return list(self._call("migrate"))

    def batch(self, statements: Sequence[Statement]) -> list[list[Row]]:
        """Carry out statements on the database in one transaction and return the rows of each."""
        told = [{"sql": statement.sql, "values": statement.values} for statement in statements]
        return list(self._call("batch", statements=told))

    def put_object(self, worker_id: str, key: str, content: bytes, media_type: str) -> None:
        """Keep a file where the worker's binding FILES leads."""
        encoded = b64encode(content).decode()
        self._call("putObject", worker=worker_id, key=key, content=encoded, mediaType=media_type)

    def health(self, worker_id: str) -> int:
        """The status of a worker's own health page, asked without the router."""
        return int(self._call("health", worker=worker_id))

    def scheduled(self, worker_id: str, cron: str, at: datetime) -> str:
        """Fire a worker's cron as if it were that instant, and return the outcome."""
        return str(self._call("scheduled", worker=worker_id, cron=cron, at=at.timestamp() * 1000))

    def evict(self, worker_id: str, class_name: str, object_name: str) -> None:
        """Put a Durable Object to sleep: its memory goes, its connections stay."""
        self._call("evict", worker=worker_id, className=class_name, objectName=object_name)

    def break_ways(self, ways: Mapping[str, Mapping[str, object]]) -> dict[str, int]:
        """Let ways fail, named by worker and binding as in "inventory>DB"; all others are in order.

        Return how often each way was taken since this was last called.

        Args:
            ways: each with `kind`: "cut" fails at once, "slow" waits `ms` first, "lost" loses the answer.
        """
        return dict(self._call("breakWays", ways=ways))

    def addresses(self) -> dict[str, str]:
        """Addresses for talking to each worker without the router, by id."""
        return dict(self._call("addresses"))

    def close(self) -> None:
        """End the runner and all it started."""
        if self._process.stdin and not self._process.stdin.closed:
            with suppress(BrokenPipeError):  # the runner has ended by itself
                self._process.stdin.close()
        try:
            self._process.wait(_ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listener.join(_ENDS_WITHIN_S)
        if self._process.stdout:
            self._process.stdout.close()

    def _call(self, command: str, **facts: object) -> Any:
        answer: Future[Any] = Future()
        with self._sending:
            call_id = next(self._ids)
            self._answers[call_id] = answer
            assert self._process.stdin  # noqa: S101 - opened as a pipe above
            try:
                self._process.stdin.write(json.dumps({"id": call_id, "command": command, **facts}) + "\n")
                self._process.stdin.flush()
            except BrokenPipeError as error:
                raise RunnerError(_ENDED) from error
        return answer.result()

    def _listen(self) -> None:
        assert self._process.stdout  # noqa: S101 - opened as a pipe above
        for line in self._process.stdout:
            message = json.loads(line)
            if "log" in message:
                self._on_log(message["log"])
                continue
            answer = self._answers.pop(message["id"])
            if "error" in message:
                answer.set_exception(RunnerError(message["error"]))
            else:
                answer.set_result(message["result"])
        for answer in self._answers.values():
            answer.set_exception(RunnerError(_ENDED))


def _environment(runtime: Runtime, settings: Settings) -> dict[str, str]:
    ours = {
        "MINIFLARE_WORKERD_V8_FLAGS": "--gc-global" if settings.is_swept_often else "",
        "MINIFLARE_WORKERD_PATH": str(runtime.workerd),
        "GANGER_SNAPSHOT": "1",
        "WRANGLER_SEND_METRICS": "false",
        "WRANGLER_LOG": "warn",
    }
    return os.environ | ours


def _told(built: BuiltWorker, variables: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    worker = built.worker
    return {
        "id": worker.id,
        "folder": str(built.folder),
        "mount": (worker.mount or "").rstrip("/"),
        "host": f"{worker.host.partition('.')[0]}.localhost" if worker.host else None,
        # The router gets all that no patient host takes.
        "routes": ["*/*"] if worker.kind is Kind.ROUTER else [],
        "variables": dict(variables.get(worker.id, {})),
    }
