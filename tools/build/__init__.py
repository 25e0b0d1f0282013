"""The host-side build: one folder per worker that wrangler can run and deploy as it stands."""

from tools.build.build import BuiltWorker, build
from tools.build.errors import BuildError
from tools.build.rules import import_problems, read_sources
from tools.build.sizes import Sizes, sizes

__all__ = ["BuildError", "BuiltWorker", "Sizes", "build", "import_problems", "read_sources", "sizes"]
