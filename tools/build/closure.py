"""The modules that a worker really imports, and nothing else."""

import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.build.errors import BuildError
from tools.build.imports import Import, imports_of
from tools.registry import FOLDERS

FIRST_PARTY = ("ganger", *FOLDERS.values())
# Modules that the runtime itself provides.
RUNTIME = frozenset({"js", "pyodide", "pyodide_js"})
# Workers run a newer Python than the host, with these top-level modules besides the host's.
NEWER_STANDARD = frozenset({"annotationlib", "compression"})
STANDARD = sys.stdlib_module_names | NEWER_STANDARD


@dataclass(frozen=True, slots=True)
class Module:
    """One source module."""

    name: str
    path: str  # relative to the repository, with slashes
    text: str


def find_module(root: Path, name: str) -> Module | None:
    """A first-party module of the tree; None for another name, or one that is no source file there."""
    parts = name.split(".")
    if parts[0] not in FIRST_PARTY:
        return None
    base = root.joinpath(*parts)
    for path in (base / "__init__.py", base.with_name(base.name + ".py")):
        if path.is_file():
            return Module(name, path.relative_to(root).as_posix(), path.read_text())
    return None


def import_closure(
    root: Path, entry: str, generated: Mapping[str, Module], vendored: Collection[str]
) -> dict[str, Module]:
    """Return the first-party modules that importing `entry` may load, by name.

    Args:
        entry: the dotted name to start from.
        generated: modules that have no source file, by name.
        vendored: top-level modules that the worker's distributions provide.
    Raises:
        BuildError: a module imports what is neither in the tree, nor standard, nor provided.
    """
    known = STANDARD | RUNTIME | frozenset(vendored)
    reached: dict[str, Module] = {}
    # The runtime loads the entry by its full name, and so its parents too.
    waiting = list(Import(entry, (), 0).candidates())
    while waiting:
        name = waiting.pop()
        module = _load(root, name, generated)
        if module is None or name in reached:
            continue
        reached[name] = module
        for statement in imports_of(module.text, module.name, module.path):
            _require(root, module, statement.module, statement.line, generated, known)
            waiting += statement.candidates()
    return dict(sorted(reached.items()))


def _load(root: Path, name: str, generated: Mapping[str, Module]) -> Module | None:
    return generated.get(name) or find_module(root, name)


def _require(
    root: Path,
    importer: Module,
    name: str,
    line: int,
    generated: Mapping[str, Module],
    known: Collection[str],
) -> None:
    if name in generated:
        return
    top = name.partition(".")[0]
    place = f"{importer.path}:{line}"
    if top not in FIRST_PARTY:
        if top not in known:
            raise BuildError(
                f"{place} imports {top}, which no distribution of this worker provides. "
                "Name the distribution under `python` in platform.toml."
            )
        return
    is_namespace = root.joinpath(*name.split(".")).is_dir()
    if not is_namespace and find_module(root, name) is None:
        raise BuildError(f"{place} imports {name}, which does not exist.")
