"""`ganger sizes`: measures production builds."""

import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from tools.build import BuildError, build, sizes
from tools.build.build import build_project, repository
from tools.build.project import Project
from tools.registry import Worker, parse_registry
from tools.sizes.modules import growth, import_chains, own_modules
from tools.sizes.report import KIB, Measured, as_table, over_budget

Say = Callable[[str], None]

_ENVIRONMENT = "production"
_SHOWN = 10


def measure(ids: Iterable[str], say: Say) -> list[Measured]:
    """Build the named workers, or all, for production and measure each."""
    return _measured(repository(say), ids, say)


def report_sizes(ids: Iterable[str], since: str, say: Say) -> int:
    """Judge the workers of this repository; see `judge`."""
    return judge(repository(say), ids, since, say)


def judge(project: Project, ids: Iterable[str], since: str, say: Say) -> int:
    """Print the table, and for each worker over its budget by how much and what grew most; 1 if there is one.

    Args:
        since: the commit to compare with.
    """
    measured = _measured(project, ids, say)
    say(as_table(measured))
    large = over_budget(measured)
    for each in large:
        excess = f"{each.excess_bytes / KIB:.1f} KiB over"
        say(f"\n{each.worker.id} is {excess}. What grew most since {since}, bytes:")
        for name, by in grown(project, each.worker, since)[:_SHOWN]:
            say(f"  {by:+7d}  {name}")
    return 1 if large else 0


def explain(worker_id: str, say: Say) -> int:
    """Print every module of one worker, the largest first, with the imports that lead to it."""
    (built,) = build([worker_id], _ENVIRONMENT, say)
    chains = import_chains(built.folder, built.worker)
    for name, size in sorted(own_modules(built.folder).items(), key=lambda each: -each[1]):
        say(f"{size:7d}  {name}")
        if len(chain := chains.get(name, ())) > 1:
            say(f"         {' → '.join(chain[:-1])}")
    return 0


def grown(project: Project, worker: Worker, since: str) -> list[tuple[str, int]]:
    """The worker's modules that changed in size since a commit, what grew most first.

    Raises:
        BuildError: there is no such commit, or the worker does not build.
    """
    now = own_modules(_built(project, worker))
    with tempfile.TemporaryDirectory() as folder:
        before = _project_at(project, since, Path(folder))
        is_new = worker.id not in before.registry.workers
        return growth(now, {} if is_new else own_modules(_built(before, worker)))


def _project_at(project: Project, commit: str, folder: Path) -> Project:
    """The tree of a commit, laid out in a folder of its own."""
    archive = subprocess.run(  # noqa: S603
        ["git", "archive", commit],  # noqa: S607 - the developer's own git
        cwd=project.root,
        capture_output=True,
        check=False,
    )
    if archive.returncode:
        raise BuildError(f"git archive: {archive.stderr.decode().strip()}")
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
    return replace(project, root=folder, registry=parse_registry((folder / "platform.toml").read_text()))


def _measured(project: Project, ids: Iterable[str], say: Say) -> list[Measured]:
    budgets = project.registry.budgets
    return [
        Measured(built.worker, sizes(built.folder), budgets[built.worker.kind])
        for built in build_project(project, ids, _ENVIRONMENT, say, {})
    ]


def _built(project: Project, worker: Worker) -> Path:
    (built,) = build_project(project, [worker.id], _ENVIRONMENT, _say_nothing, {})
    return built.folder


def _say_nothing(_: str) -> None:
    pass
