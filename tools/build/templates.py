"""Jinja2 templates compiled ahead, so that a worker needs no parser to render its first page."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import DictLoader, Environment, ModuleLoader, TemplateSyntaxError
from jinja2.meta import find_referenced_templates

from ganger.ui.environment import make_environment
from tools.build.errors import BuildError
from tools.build.project import files_under
from tools.build.specialised import HEADER, PageCode, refuse_wanting


def compiled_templates(folders: Iterable[Path]) -> dict[str, str]:
    """Compile every template of the folders, named by its path in its folder.

    Returns:
        File name as jinja2.ModuleLoader expects it -> Python source.
    Raises:
        BuildError: a syntax error, a name in two folders, or a reference to a template that is not there.
    """
    paths: dict[str, Path] = {}
    for folder in folders:
        for path in files_under(folder):
            name = path.relative_to(folder).as_posix()
            if name in paths:
                raise BuildError(f"Two templates are named {name}: {paths[name]} and {path}.")
            paths[name] = path
    compiled = {}
    for name, path in paths.items():
        code, references = _compile(name, path.read_text(), str(path))
        missing = [reference for reference in references if reference not in paths]
        if missing:
            raise BuildError(f"{path} refers to {missing[0]}, which is not among the worker's templates.")
        compiled[ModuleLoader.get_module_filename(name)] = code
    return compiled


@cache
def _compile(name: str, source: str, path: str) -> tuple[str, tuple[str, ...]]:
    """Cached because every worker compiles the interface library's templates."""
    environment = _environment()
    try:
        tree = environment.parse(source, name, path)
        code = HEADER + environment.compile(tree, name, path, raw=True, defer_init=True)
    except TemplateSyntaxError as error:
        raise BuildError(f"{path}:{error.lineno}: {error.message}") from error
    references = (reference for reference in find_referenced_templates(tree) if reference is not None)
    return code, tuple(sorted(set(references)))


@cache
def _environment() -> Environment:
    """Compiling needs the environment's filters and settings, not its templates."""
    environment = make_environment(DictLoader({}))
    environment.code_generator_class = PageCode
    refuse_wanting(environment.globals)
    return environment
