"""Runtime from the registries alone: what workers run on here, built from npm and PyPI packages.

`ensure_runtime` builds what is missing under `.cache/` and returns where it lies; docs/runtime.md
tells the whole story on one page.
"""

from tools.runtime.lock import pinned
from tools.runtime.problems import RuntimeProblem
from tools.runtime.runtime import Runtime, distribution, ensure_runtime, requirements
from tools.runtime.snapshot import DEVELOPMENT_FLAGS

__all__ = [
    "DEVELOPMENT_FLAGS",
    "Runtime",
    "RuntimeProblem",
    "distribution",
    "ensure_runtime",
    "pinned",
    "requirements",
]
