"""What Python source imports, read from its syntax tree: nothing is executed."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from tools.build.errors import BuildError


@dataclass(frozen=True, slots=True)
class Import:
    """One import statement's module."""

    module: str  # absolute
    names: tuple[str, ...]  # what `from module import` names; each may be a submodule
    line: int

    def candidates(self) -> tuple[str, ...]:
        """Every module that the statement may load: the parents, the module and its named submodules."""
        parts = self.module.split(".")
        parents = [".".join(parts[:end]) for end in range(1, len(parts) + 1)]
        return (*parents, *(f"{self.module}.{name}" for name in self.names))


@cache
def imports_of(text: str, module: str, path: str) -> tuple[Import, ...]:
    """All imports in a module's text, also those inside functions, but none that only type checkers see.

    Args:
        text: the source.
        module: its dotted name.
        path: where it lies, for errors; `__init__.py` makes it a package.
    Raises:
        BuildError: it does not parse.
    """
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise BuildError(f"{path}:{error.lineno}: {error.msg}") from error
    package = module if path.endswith("__init__.py") else module.rpartition(".")[0]
    return tuple(_imports(tree, package))


def _imports(node: ast.AST, package: str) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        yield from (Import(alias.name, (), node.lineno) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        names = tuple(alias.name for alias in node.names if alias.name != "*")
        yield Import(_absolute(node, package), names, node.lineno)
    else:
        for child in _children(node):
            yield from _imports(child, package)


def _children(node: ast.AST) -> Iterable[ast.AST]:
    """The nodes in which a running program may import."""
    if isinstance(node, ast.If) and _is_type_checking(node.test):
        return node.orelse
    return ast.iter_child_nodes(node)


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    base = parts[: len(parts) - node.level + 1]
    return ".".join([*base, node.module] if node.module else base)


def _is_type_checking(test: ast.expr) -> bool:
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", None)
    return name == "TYPE_CHECKING"
