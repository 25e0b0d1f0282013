"""How tests are shared out when several processes run them (pytest-xdist).

A file is the unit, and so is a folder with a platform of its own, which would otherwise be started by every
process. Both go out in the order in which they are collected: Playwright keeps an event loop running once the
first test in Chromium has begun, so these come last in each process.
"""

from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

from tools.paths import ROOT

_OF_ALL = {ROOT / "tests", ROOT / "tests" / "browser"}


class ByPlatform(LoadScopeScheduling):
    """Keeps tests together that share a platform."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid.partition("::")[0])


@cache
def scope_of(file: str) -> str:
    """The folder of a test file, if it has fixtures of its own; the file otherwise."""
    folder = Path(file).parent
    has_fixtures = (ROOT / folder / "conftest.py").exists() and ROOT / folder not in _OF_ALL
    return folder.as_posix() if has_fixtures else file
