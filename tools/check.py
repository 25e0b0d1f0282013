"""`ganger check`: the whole gate that needs no running worker."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.build import BuildError, import_problems, read_sources
from tools.build.environments import DEVELOPMENT, environment_named
from tools.build.jsonc import read_jsonc
from tools.openapi import described
from tools.paths import ROOT
from tools.permissions import all_routes, permission_problems, read_table
from tools.registry import FOLDERS, Kind, Registry, load_registry
from tools.scoping import practice_tables, read_migrations, scoping_problems

Say = Callable[[str], None]

_TOOLS = (
    ("format", ("ruff", "format", "--check", "--quiet", ".")),
    ("lint", ("ruff", "check", "--quiet", ".")),
    ("types", ("mypy", "--no-error-summary")),
)
_WORKER_FILES = ("worker.py", "README.md")


def check(say: Say) -> int:
    """Run every check, say what each finds, and return the exit status."""
    registry = load_registry()
    findings = {name: _tool(command) for name, command in _TOOLS}
    findings["registry"] = list(folder_problems(ROOT, registry))
    sources = read_sources(ROOT)
    findings["imports"] = import_problems(sources)
    findings["permissions"] = list(permission_problems(read_table(ROOT), all_routes(ROOT, registry)))
    findings["scoping"] = scoping_problems(sources, practice_tables(read_migrations(ROOT)))
    findings["openapi"] = list(_undescribed(registry))
    for name, problems in findings.items():
        say(f"{name}: {'ok' if not problems else f'{len(problems)} to mend'}")
        for problem in problems:
            say(f"  {problem}")
    return 1 if any(findings.values()) else 0


def folder_problems(root: Path, registry: Registry) -> Iterator[str]:
    """Yield where the folders of workers and their wrangler sources disagree with the registry."""
    for worker in registry.workers.values():
        folder = root / worker.package.replace(".", "/")
        files = [folder / name for name in _WORKER_FILES] + [root / "wrangler" / f"{worker.id}.jsonc"]
        yield from (f"{file.relative_to(root)} is missing." for file in files if not file.exists())
    known = {root / worker.package.replace(".", "/") for worker in registry.workers.values()}
    for kind, name in FOLDERS.items():
        if kind is Kind.ROUTER:
            continue
        for folder in sorted(path.parent for path in (root / name).glob("*/worker.py")):
            if folder not in known:
                yield f"{folder.relative_to(root)} is no worker of platform.toml."


def _undescribed(registry: Registry) -> Iterator[str]:
    """Yield what keeps an app's API from being described."""
    environments = read_jsonc(ROOT / "wrangler" / "environments.jsonc")
    for worker in registry.of_kind(Kind.STAFF):
        try:
            described(ROOT, registry, worker, environment_named(DEVELOPMENT, environments))
        except BuildError as error:
            yield f"{worker.id}: {error}"


def _tool(command: tuple[str, ...]) -> list[str]:
    program = Path(sys.executable).with_name(command[0])
    done = subprocess.run(  # noqa: S603 - our own tools
        [program, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return []
    return [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
