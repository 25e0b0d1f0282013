"""Digests of what may decide a built folder's content, without reading any source."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from tools.build.environments import Environment
from tools.build.fonts import font_sources
from tools.build.project import Project, files_under
from tools.registry import Worker

_TOOLS = Path(__file__).resolve().parent.parent


def shared_inputs(project: Project) -> str:
    """Digest of what all workers are made from: the library, the configuration, the lock and the tools."""
    folders = (project.root / "ganger", _TOOLS / "build", _TOOLS / "openapi", _TOOLS / "runtime")
    files = [path for folder in folders for path in files_under(folder)]
    files += [project.wrangler / "base.jsonc", project.wrangler / "environments.jsonc"]
    # pyproject.toml pins the Jinja2 that compiles templates.
    files += [_TOOLS / "registry.py", _TOOLS / "routes.py", project.root / "pyproject.toml"]
    return _digest([project.registry.model_dump_json(), *_states(files)])


def worker_inputs(
    project: Project,
    worker: Worker,
    environment: Environment,
    shared: str,
    development_vars: Mapping[str, str],
) -> str:
    """Digest of what one worker is made from in one environment."""
    package = project.package(worker)
    files = [package.parent / "__init__.py", project.wrangler / f"{worker.id}.jsonc", *files_under(package)]
    files += project.packaged(worker).values()
    files += font_sources(package, project.node_modules).values()
    variables = sorted(development_vars.items()) if environment.is_local else []
    return _digest([shared, environment.model_dump_json(), repr(variables), *_states(files)])


def _states(files: Iterable[Path]) -> Iterable[str]:
    """Path, size and time of change of each file that is there."""
    for file in files:
        if file.is_file():
            state = file.stat()
            yield f"{file}\0{state.st_size}\0{state.st_mtime_ns}"


def _digest(parts: Iterable[str]) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()
