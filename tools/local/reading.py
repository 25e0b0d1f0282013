"""Reading what `ganger dev` keeps on this machine, for commands that look into it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ganger.db import Row, Statement
from tools.build import build
from tools.local.keys import development_vars
from tools.local.platform import LocalPlatform, Settings
from tools.runtime import ensure_runtime


def read_state(state: Path, queries: Sequence[str]) -> list[list[Row]]:
    """The rows of each query on the database of a state folder.

    Raises:
        RunnerError: it holds no such tables.
    """
    with reading(state) as platform:
        return platform.batch([Statement(query) for query in queries])


@contextmanager
def reading(state: Path) -> Iterator[LocalPlatform]:
    """The database of a state folder, as the least of the platform has it that has one.

    Raises:
        RunnerError: the folder cannot be used.
    """
    workers = build(["auth"], "development", _nothing, development_vars())
    with LocalPlatform(ensure_runtime(_nothing), workers, Settings(0, state), _nothing) as platform:
        platform.start()
        yield platform


def _nothing(_: object) -> None:
    """What a reader has no need to say."""
