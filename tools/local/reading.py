"""Reading what `ganger dev` keeps on this machine, for commands that look into it."""

from collections.abc import Sequence
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
    workers = build(["auth"], "development", _nothing, development_vars())
    with LocalPlatform(ensure_runtime(_nothing), workers, Settings(0, state), _nothing) as platform:
        platform.start()
        return platform.batch([Statement(query) for query in queries])


def _nothing(_: object) -> None:
    """What a reader has no need to say."""
