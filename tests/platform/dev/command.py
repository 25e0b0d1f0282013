"""`ganger dev` as people run it: the real command on a copy of the sources, so that tests may edit them."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from ganger.session import COOKIE
from tests.harness.ports import free_port
from tools.paths import ROOT
from tools.registry import FOLDERS

READY = "Ready on "
LIMIT_S = 60

_COPIED = ("ganger", "tools", "wrangler", *FOLDERS.values())
_FILES = ("platform.toml", "pyproject.toml", "package.json")
_SHARED = (".cache", "node_modules")


def copy_of_sources(folder: Path) -> Path:
    """A tree of its own with the same sources, on the same runtime and packages."""
    for name in _COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in _FILES:
        shutil.copyfile(ROOT / name, folder / name)
    for name in _SHARED:
        (folder / name).symlink_to(ROOT / name)
    return folder


@dataclass
class Dev:
    """One run of the command. Use as a context manager."""

    tree: Path
    arguments: Sequence[str]
    port: int = field(default_factory=free_port)
    lines: list[str] = field(default_factory=list)
    _heard: threading.Condition = field(default_factory=threading.Condition)

    def __enter__(self) -> "Dev":
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            [Path(sys.executable).with_name("ganger"), "dev", f"--port={self.port}", *self.arguments],
            cwd=self.tree,
            # The copy's modules come before the installed ones.
            env=os.environ | {"PYTHONPATH": str(self.tree), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.wait()
        assert self.process.stdout
        self.process.stdout.close()

    def wait(self) -> int:
        """The exit status, once the command has ended and all that it wrote was heard."""
        status = self.process.wait(LIMIT_S)
        self._listener.join(LIMIT_S)
        return status

    def saw(self, text: str, after: int = 0) -> str:
        """Wait for a line with this text, not counting the first `after` lines, and return it."""

        def found() -> list[str]:
            return [line for line in self.lines[after:] if text in line]

        with self._heard:
            self._heard.wait_for(lambda: found() or self.process.poll() is not None, LIMIT_S)
            assert found(), f"no {text!r} in:\n" + "\n".join(self.lines[after:])
            return found()[0]

    def get(self, path: str, person: str = "", host: str = "localhost") -> httpx.Response:
        """GET a page of one of the hosts, with a session cookie."""
        headers = {"accept": "text/html", "host": f"{host}:{self.port}", "cookie": f"{COOKIE}={person}"}
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", headers=headers, timeout=LIMIT_S)

    def sign_in(self) -> str:
        """The session cookie of a demo person who has just signed in."""
        answer = httpx.post(
            f"http://127.0.0.1:{self.port}/auth/development/sign-in",
            headers={"accept": "text/html", "sec-fetch-site": "same-origin"},
            data={"person_id": "usr_pat", "to": "/"},
            timeout=LIMIT_S,
        )
        assert answer.status_code == httpx.codes.SEE_OTHER, answer.text
        return answer.cookies[COOKIE]

    def children(self) -> list[int]:
        """The processes that the command has started, and those that they have."""
        return _descendants(self.process.pid)

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with self._heard:
                self.lines.append(line.rstrip())
                self._heard.notify_all()
        with self._heard:
            self._heard.notify_all()


def is_alive(pid: int) -> bool:
    """Whether there is such a process."""
    return Path(f"/proc/{pid}").exists()


def _descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found += [child, *_descendants(child)]
    return found
