"""The modules of one built worker: how much each takes, and through which imports it got there."""

import gzip
import re
from collections import deque
from collections.abc import Mapping
from pathlib import Path

from tools.build.closure import find_module
from tools.build.entry import main_name
from tools.build.imports import imports_of
from tools.build.project import files_under
from tools.registry import Worker

_TEMPLATE = re.compile(r"^name = '(.+)'$", re.MULTILINE)
_TEMPLATES = "compiled_templates"


def own_modules(folder: Path) -> dict[str, int]:
    """Our own modules and templates in a built folder: name -> bytes after gzip, each by itself.

    Alone they compress less well than as one stream, so that they add up to more than the worker.
    """
    source = folder / "src"
    return {_label(path, source): len(gzip.compress(path.read_bytes())) for path in files_under(source)}


def import_chains(folder: Path, worker: Worker) -> dict[str, tuple[str, ...]]:
    """Each own module -> the shortest way of imports that leads to it, from the main module on."""
    source = folder / "src"
    main = main_name(worker)
    chains: dict[str, tuple[str, ...]] = {main: (main,)}
    waiting = deque([main])
    while waiting:
        name = waiting.popleft()
        for imported in _imported(source, name):
            if imported not in chains:
                chains[imported] = (*chains[name], imported)
                waiting.append(imported)
    return chains


def growth(now: Mapping[str, int], before: Mapping[str, int]) -> list[tuple[str, int]]:
    """The modules that changed in size, with bytes gained or lost; what grew most stands first."""
    changes = {name: now.get(name, 0) - before.get(name, 0) for name in {*now, *before}}
    return sorted(((name, by) for name, by in changes.items() if by), key=lambda each: (-each[1], each[0]))


def _imported(source: Path, name: str) -> list[str]:
    module = find_module(source, name)
    if module is None:
        path = source / f"{name}.py"  # the main module lies beside the packages
        if not path.is_file():
            return []
        text, place = path.read_text(), path.name
    else:
        text, place = module.text, module.path
    found = [candidate for each in imports_of(text, name, place) for candidate in each.candidates()]
    return [candidate for candidate in found if find_module(source, candidate)]


def _label(path: Path, source: Path) -> str:
    place = path.relative_to(source)
    if place.parts[0] == _TEMPLATES:
        named = _TEMPLATE.search(path.read_text())
        if named:
            return f"template {named[1]}"
    return ".".join(place.with_suffix("").parts).removesuffix(".__init__")
