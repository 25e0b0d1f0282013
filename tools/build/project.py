"""The tree that a build reads and writes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.build.environments import DEVELOPMENT, Environment
from tools.registry import Registry, Worker


@dataclass(frozen=True, slots=True)
class Project:
    """A repository and where its vendored distributions come from."""

    root: Path
    registry: Registry
    requirements: Callable[[Iterable[str]], tuple[str, ...]]  # names -> these and all they need
    distribution: Callable[[str], Path]  # name -> its unpacked folder
    # The description of a worker's API, None of one that shows none.
    description: Callable[[Worker, Environment], str | None]

    @property
    def wrangler(self) -> Path:
        """The folder of the configuration sources."""
        return self.root / "wrangler"

    @property
    def build(self) -> Path:
        """The folder of everything built."""
        return self.root / "build"

    @property
    def node_modules(self) -> Path:
        """The folder of what npm has installed."""
        return self.root / "node_modules"

    def package(self, worker: Worker) -> Path:
        """The worker's folder."""
        return self.root.joinpath(*worker.package.split("."))

    def packaged(self, worker: Worker) -> dict[str, Path]:
        """The files of npm packages that the worker serves, by name."""
        return {name: self.root / "node_modules" / place for name, place in worker.scripts.items()}

    def built(self, worker: Worker, environment: str) -> Path:
        """The folder that the worker is built into."""
        parent = self.build if environment == DEVELOPMENT else self.build / environment
        return parent / worker.id


def files_under(folder: Path) -> list[Path]:
    """All files below a folder in a stable order, without hidden ones and caches; none if it is missing."""
    if not folder.is_dir():
        return []
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name == "__pycache__":
            continue
        if path.is_dir():
            found += files_under(path)
        else:
            found.append(path)
    return found
