"""The routes of a worker, as its own entry module gives them to its application.

Nothing is built: the entry is imported here, with stand-ins for what only the runtime has.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from unittest.mock import MagicMock

from ganger.routing import Route
from tools.build.catalogue import catalogue_text
from tools.build.entry import entry_module
from tools.build.environments import environment_named
from tools.build.jsonc import read_jsonc
from tools.build.rules import PLATFORM, RUNTIME_MODULES
from tools.registry import Registry, Worker

_CATALOGUE = "ganger.catalogue"
_TEMPLATES = "compiled_templates"
_FONTS = "compiled_fonts"
# Jinja2 registers each loader's package as a weak reference, which breaks whoever looks through the modules
# while the loader goes.
_LOADED_TEMPLATES = "_jinja2_module_templates_"
_RUNTIME = (*PLATFORM, "pyodide.ffi", _TEMPLATES, _FONTS)


def routes_of(root: Path, registry: Registry, worker: Worker, environment: str) -> tuple[Route, ...]:
    """The routes of the worker in that environment."""
    entry = entry_module(root, worker, environment)
    place = environment_named(environment, read_jsonc(root / "wrangler" / "environments.jsonc"))
    catalogue = ModuleType(_CATALOGUE)
    exec(catalogue_text(worker, registry, place, {}), vars(catalogue))  # noqa: S102 - our own text
    with _runtime_stands_in(worker, catalogue):
        routes: tuple[Route, ...] = import_module(entry.name).Default.application.routes
    return routes


@contextmanager
def _runtime_stands_in(worker: Worker, catalogue: ModuleType) -> Iterator[None]:
    """Let a worker's modules be imported here, and forget them again: each worker sees its own catalogue."""
    stand_ins = {name: MagicMock() for name in _RUNTIME}
    stand_ins["workers"].WorkerEntrypoint = object
    stand_ins["workers"].DurableObject = object
    stand_ins[_TEMPLATES].__file__ = __file__
    bound = (_CATALOGUE, *RUNTIME_MODULES, *stand_ins)
    loaded_before = _loaded_templates()
    before = _forget(bound, worker.package)
    sys.modules.update({_CATALOGUE: catalogue, **stand_ins})
    try:
        yield
    finally:
        _forget(bound, worker.package)
        for name in _loaded_templates() - loaded_before:
            del sys.modules[name]
        sys.modules.update(before)


def _forget(names: tuple[str, ...], package: str) -> dict[str, ModuleType]:
    """Take modules out of the interpreter and return them."""
    forgotten = [name for name in sys.modules if name in names or f"{name}.".startswith(f"{package}.")]
    return {name: sys.modules.pop(name) for name in forgotten}


def _loaded_templates() -> set[str]:
    return {name for name in sys.modules if name.startswith(_LOADED_TEMPLATES)}
