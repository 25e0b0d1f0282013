import pytest

from tests.unit.tools.build.factories import write
from tools.build.closure import Module, import_closure
from tools.build.errors import BuildError
from tools.build.imports import imports_of

ENTRY = "app_workers.stock.worker"


def closure_of(root, generated=None, vendored=(), **modules):
    """The closure of the worker `stock`; a keyword `a__b` is the text of the module a/b."""
    for name, text in modules.items():
        write(root / f"{name.replace('__', '/')}.py", text)
    return set(import_closure(root, ENTRY, generated or {}, vendored))


def test_closure_holds_what_is_imported_and_nothing_else(tmp_path):
    assert closure_of(
        tmp_path,
        app_workers__stock__worker="from app_workers.stock import routes\nimport ganger.http",
        app_workers__stock__routes="from ganger.app import dispatch",
        ganger__http="import json",
        ganger__app="",
        ganger__unused="",
    ) == {ENTRY, "app_workers.stock.routes", "ganger.http", "ganger.app"}


def test_closure_holds_parent_packages_and_what_they_import(tmp_path):
    write(tmp_path / "app_workers" / "__init__.py", "")
    write(tmp_path / "app_workers" / "stock" / "__init__.py", "")
    write(tmp_path / "ganger" / "ui" / "__init__.py", "from ganger.ui import parts")
    assert closure_of(
        tmp_path,
        app_workers__stock__worker="import ganger.ui.page",
        ganger__ui__page="",
        ganger__ui__parts="",
    ) == {"app_workers", "app_workers.stock", ENTRY, "ganger.ui", "ganger.ui.page", "ganger.ui.parts"}


def test_closure_follows_what_the_entrys_parents_import(tmp_path):
    write(tmp_path / "app_workers" / "stock" / "__init__.py", "import ganger.http")
    assert "ganger.http" in closure_of(tmp_path, app_workers__stock__worker="", ganger__http="")


def test_closure_follows_imports_inside_functions_and_relative_ones(tmp_path):
    assert closure_of(
        tmp_path,
        app_workers__stock__worker="def f():\n    from .domain import picking\n    from . import models\n",
        app_workers__stock__domain__picking="from ..errors import Empty",
        app_workers__stock__models="",
        app_workers__stock__errors="",
    ) == {ENTRY, *(f"app_workers.stock.{name}" for name in ("domain.picking", "models", "errors"))}


def test_closure_follows_cycles_once(tmp_path):
    assert closure_of(
        tmp_path,
        app_workers__stock__worker="import ganger.a",
        ganger__a="import ganger.b",
        ganger__b="import ganger.a",
    ) == {ENTRY, "ganger.a", "ganger.b"}


def test_closure_leaves_out_what_only_type_checkers_import(tmp_path):
    text = "import typing\nif typing.TYPE_CHECKING:\n    import ganger.a\nelse:\n    import ganger.b\n"
    found = closure_of(tmp_path, app_workers__stock__worker=text, ganger__a="", ganger__b="")
    assert found == {ENTRY, "ganger.b"}


def test_closure_takes_generated_modules_and_what_they_import(tmp_path):
    assert closure_of(
        tmp_path,
        generated={
            "ganger.catalogue": Module("ganger.catalogue", "ganger/catalogue.py", "import ganger.platform"),
            "pages": Module("pages", "pages/__init__.py", ""),
        },
        app_workers__stock__worker="from ganger.catalogue import APPS\nimport pages",
        ganger__platform="",
    ) == {ENTRY, "ganger.catalogue", "ganger.platform", "pages"}


def test_import_of_a_missing_module_names_the_line(tmp_path):
    with pytest.raises(BuildError, match=r"app_workers/stock/worker\.py:2 imports ganger\.gone"):
        closure_of(tmp_path, app_workers__stock__worker="\nfrom ganger.gone import x")


def test_import_of_a_distribution_that_the_worker_lacks_is_refused(tmp_path):
    with pytest.raises(BuildError, match="imports jinja2, which no distribution"):
        closure_of(tmp_path, app_workers__stock__worker="import jinja2.ext")


def test_standard_library_runtime_and_vendored_modules_are_known(tmp_path):
    text = "import json, js, jinja2\nfrom pyodide.ffi import to_js\nimport annotationlib\n"
    assert closure_of(tmp_path, vendored=["jinja2"], app_workers__stock__worker=text) == {ENTRY}


def test_source_that_does_not_parse_names_the_line():
    with pytest.raises(BuildError, match=r"ganger/a\.py:2"):
        imports_of("x = 1\ny = (", "ganger.a", "ganger/a.py")
