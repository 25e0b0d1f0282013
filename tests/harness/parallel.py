"""How tests are shared out when several processes run them (pytest-xdist).

A file is the unit, and so is a folder with a platform of its own, which would otherwise be started by every
process. The file of every page, as long as all others in Chromium, goes out by mount. All go out in the order
in which they are collected: Playwright keeps an event loop running once the first test in Chromium has begun,
so these come last in each process.
"""

from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

from tools.paths import ROOT

_BY_MOUNT = "tests/browser/test_every_page.py"
_OF_ALL = {ROOT / "tests", ROOT / "tests" / "browser"}


class ByPlatform(LoadScopeScheduling):
    """Keeps tests together that share a platform."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        return f"{file}::{mount_of(test)}" if file == _BY_MOUNT else scope_of(file)


@cache
def scope_of(file: str) -> str:
    """The folder of a test file, if it has fixtures of its own; the file otherwise."""
    folder = Path(file).parent
    has_fixtures = (ROOT / folder / "conftest.py").exists() and ROOT / folder not in _OF_ALL
    return folder.as_posix() if has_fixtures else file


def mount_of(test: str) -> str:
    """The first segment of the path in a test's case: `inventory` of `test_page[/inventory/items]`."""
    return test.partition("[/")[2].rstrip("]").partition("/")[0].partition("?")[0]
