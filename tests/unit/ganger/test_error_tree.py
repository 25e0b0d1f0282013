"""The error types as a whole."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import ganger.errors
from ganger.errors import AppError, as_app_error
from tools.paths import ROOT

FOLDERS = ("ganger", "app_workers", "service_workers", "patient_workers")


def subclasses(kind: type[AppError]) -> Iterator[type[AppError]]:
    for sub in kind.__subclasses__():
        yield sub
        yield from subclasses(sub)


def declared_codes() -> list[str]:
    """Codes that classes of the whole tree set, read as text, so that nothing has to be imported."""
    codes = []
    for path in (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")):
        classes = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ClassDef))
        for node in (statement for each in classes for statement in each.body):
            match node:
                case ast.Assign(targets=[ast.Name(id="code")], value=ast.Constant(value=str() as code)):
                    codes.append(code)
    return codes


def test_no_two_errors_share_a_code():
    repeated = [code for code, count in Counter(declared_codes()).items() if count > 1]
    assert not repeated


def test_the_drawn_tree_names_every_error_of_the_kernel():
    tree = (ganger.errors.__doc__ or "").partition("An app's own")[0]
    own = [kind for kind in subclasses(AppError) if kind.__module__ == "ganger.errors"]
    for kind in own:
        assert f"{kind.__name__} " in tree, kind
        assert f"{int(kind.status)} {kind.code}" in tree, kind


def test_the_error_codes_of_an_app_stand_in_its_readme():
    for errors in ROOT.glob("*_workers/*/errors.py"):
        readme = (errors.parent / "README.md").read_text()
        for code in codes_of(errors):
            assert code in readme, f"{errors.parent.name}: {code}"


def codes_of(path: Path) -> list[str]:
    found = (node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Assign))
    return [node.value for node in found if isinstance(node, ast.Constant) and str(node.value).isupper()]


def test_an_unexpected_exception_is_shown_as_an_internal_error():
    shown = as_app_error(KeyError("Pat Example"))
    assert (int(shown.status), shown.code) == (500, "INTERNAL_ERROR")
    assert "Pat" not in str(shown)
