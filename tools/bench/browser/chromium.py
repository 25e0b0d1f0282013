"""Chromium, spoken to by its DevTools protocol.

Playwright forbids pages that are made ahead (prerender), which are part of what is measured. What is needed
of the protocol is little: one tab, in which pages take each other's place.
"""

import itertools
import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.bench.measure import BenchProblem
from tools.chromium import ARGUMENTS

_HEADLESS = ("--headless", "--remote-debugging-port=0", "--window-size=1280,1400")
_WITHIN_S = 30

Message = Mapping[str, Any]


class Chromium:
    """A running browser."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self._answers: dict[object, Message] = {}
        self.on_event: Callable[[Message], None] = lambda _: None

    def send(self, method: str, session: str | None = None, **params: object) -> Any:
        """Carry out one method and return its result.

        Raises:
            BenchProblem: the browser refuses it, or does not answer within 30 seconds.
        """
        call = {"id": next(self._ids), "method": method, "params": params}
        self._socket.send(json.dumps(call | ({"sessionId": session} if session else {})))
        # An event may lead to further calls while an answer is awaited, so answers are kept until asked for.
        self.wait_for(lambda: call["id"] in self._answers, f"{method} is done")
        answer = self._answers.pop(call["id"])
        if "error" in answer:
            raise BenchProblem(f"Chromium refuses {method}: {answer['error']['message']}")
        return answer["result"]

    def wait_for(self, holds: Callable[[], bool], what: str) -> None:
        """Take what the browser tells until the condition holds.

        Raises:
            BenchProblem: it does not within 30 seconds.
        """
        ends = time.monotonic() + _WITHIN_S
        while not holds():
            if time.monotonic() > ends:
                raise BenchProblem(f"Chromium never said that {what}.")
            self._receive()

    def _receive(self) -> None:
        try:
            message: Message = json.loads(self._socket.recv(timeout=0.2))
        except TimeoutError:
            return
        if "method" in message:
            self.on_event(message)
        else:
            self._answers[message["id"]] = message


@contextmanager
def chromium(program: str) -> Iterator[Chromium]:
    """Run a browser, or its shell, with an empty profile."""
    from websockets.sync.client import connect

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program, *ARGUMENTS, *_HEADLESS, f"--user-data-dir={profile}"]
        # A group of its own, because the program is a script that has the browser as its child.
        process = subprocess.Popen(  # noqa: S603 - a fixed program
            command, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            with connect(_address(Path(profile), process), max_size=None) as socket:
                yield Chromium(socket)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(_WITHIN_S)


def _address(profile: Path, process: "subprocess.Popen[bytes]") -> str:
    """Where the browser listens; it writes that down once it does."""
    file = profile / "DevToolsActivePort"
    ends = time.monotonic() + _WITHIN_S
    while not (file.exists() and len(file.read_text().split()) == 2):
        if process.poll() is not None or time.monotonic() > ends:
            raise BenchProblem("Chromium does not start.")
        time.sleep(0.05)
    port, path = file.read_text().split()
    return f"ws://127.0.0.1:{port}{path}"
