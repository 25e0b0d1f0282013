"""Sources without their docstrings: nothing reads them in a worker, where they cost size and time to load."""

import ast

_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def without_docstrings(text: str) -> str:
    """The same module with an empty text for each docstring; every line keeps its number for tracebacks."""
    lines = text.splitlines(keepends=True)
    for node in ast.walk(ast.parse(text)):
        first = node.body[0] if isinstance(node, _DOCUMENTED) and node.body else None
        if not isinstance(first, ast.Expr) or not _is_text(first.value):
            continue
        last = first.end_lineno or first.lineno
        # Our formatter leaves nothing else on these lines.
        lines[first.lineno - 1 : last] = [" " * first.col_offset + '""\n', *["\n"] * (last - first.lineno)]
    return "".join(lines)


def _is_text(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, str)
