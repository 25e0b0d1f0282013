"""The faces as the build makes them for the worker."""

import pytest

from service_workers.heavy.pdf.faces import Faces
from tools.build.fonts import font_sources, reduced
from tools.paths import NODE_MODULES, ROOT


@pytest.fixture(scope="session")
def faces() -> Faces:
    """Both weights."""
    sources = font_sources(ROOT / "service_workers" / "heavy", NODE_MODULES)
    return Faces.of({name: reduced(path) for name, path in sources.items()})
