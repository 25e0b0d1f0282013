"""Templates, static files and vendored files."""

import re

import pytest
from jinja2 import ModuleLoader

from ganger.headers import STAFF_HEADERS
from ganger.ui.environment import make_environment
from tests.unit.tools.build.factories import make_registry, write
from tools.build.errors import BuildError
from tools.build.static import static_files, url_prefix
from tools.build.templates import compiled_templates
from tools.build.vendored import top_level_modules, vendored_files


def test_compiled_templates_render_without_their_sources(tmp_path):
    write(tmp_path / "lib" / "ui" / "page.html", "<h1>{% block body %}{% endblock %}</h1>")
    source = '{% extends "ui/page.html" %}{% block body %}{{ name }}{% endblock %}'
    write(tmp_path / "app" / "lots" / "list.html", source)
    for file, code in compiled_templates([tmp_path / "lib", tmp_path / "app"]).items():
        write(tmp_path / "compiled" / file, code)
    environment = make_environment(ModuleLoader(str(tmp_path / "compiled")))
    assert environment.get_template("lots/list.html").render(name="<Pat>") == "<h1>&lt;Pat&gt;</h1>"


def test_template_syntax_error_names_file_and_line(tmp_path):
    write(tmp_path / "list.html", "\n{% if %}")
    with pytest.raises(BuildError, match=r"list\.html:2: Expected an expression"):
        compiled_templates([tmp_path])


def test_unknown_filter_names_file_and_line(tmp_path):
    write(tmp_path / "list.html", "\n\n{{ name | shout }}")
    with pytest.raises(BuildError, match=r"list\.html:3: No filter named 'shout'"):
        compiled_templates([tmp_path])


def test_reference_to_a_missing_template_is_refused(tmp_path):
    write(tmp_path / "list.html", '{% include "_row.html" %}')
    with pytest.raises(BuildError, match=r"list\.html refers to _row\.html"):
        compiled_templates([tmp_path])


def test_template_of_the_library_cannot_be_replaced(tmp_path):
    write(tmp_path / "lib" / "ui" / "page.html", "")
    write(tmp_path / "app" / "ui" / "page.html", "")
    with pytest.raises(BuildError, match=r"Two templates are named ui/page\.html"):
        compiled_templates([tmp_path / "lib", tmp_path / "app"])


def test_static_file_is_named_by_its_content(tmp_path):
    write(tmp_path / "ui.css", "p {}")
    write(tmp_path / "icons" / "mark.svg", "<svg/>")
    static = static_files([tmp_path, tmp_path / "missing"], "/stock/assets")
    assert re.fullmatch(r"/stock/assets/ui\.[0-9a-f]{8}\.css", static.manifest["ui.css"])
    assert re.fullmatch(r"/stock/assets/icons/mark\.[0-9a-f]{8}\.svg", static.manifest["icons/mark.svg"])
    assert static.files[static.manifest["ui.css"]] == tmp_path / "ui.css"
    write(tmp_path / "ui.css", "p { margin: 0 }")
    assert static_files([tmp_path], "/stock/assets").manifest["ui.css"] != static.manifest["ui.css"]


def test_file_of_a_package_is_served_under_the_name_that_the_registry_gives_it(tmp_path):
    write(tmp_path / "index.min.js", "1")
    static = static_files([], "/stock/assets", {"reader.js": tmp_path / "index.min.js"})
    assert re.fullmatch(r"/stock/assets/reader\.[0-9a-f]{8}\.js", static.manifest["reader.js"])
    with pytest.raises(BuildError, match=r"gone\.js is missing"):
        static_files([], "/stock/assets", {"reader.js": tmp_path / "gone.js"})


def test_static_files_may_be_kept_for_ever(tmp_path):
    lines = static_files([tmp_path], "/stock/assets").headers.splitlines()
    assert lines[:2] == ["/stock/assets/*", "  Cache-Control: public, max-age=31536000, immutable"]


def test_static_files_carry_the_security_headers_of_every_answer(tmp_path):
    lines = static_files([tmp_path], "/stock/assets").headers.splitlines()[1:]
    pairs = (line.strip().partition(": ") for line in lines)
    headers = {name.lower(): value for name, _, value in pairs}
    # A file is no page: it is never opened in a window that others share, and uses no device.
    expected = STAFF_HEADERS.keys() - {"cross-origin-opener-policy", "permissions-policy"}
    assert {*expected, "content-security-policy"} == headers.keys()
    assert {name: STAFF_HEADERS[name] for name in expected - {"cache-control"}}.items() <= headers.items()


def test_static_file_of_the_library_cannot_be_replaced(tmp_path):
    write(tmp_path / "lib" / "ui.css", "")
    write(tmp_path / "app" / "ui.css", "")
    with pytest.raises(BuildError, match=r"Two static files are named ui\.css"):
        static_files([tmp_path / "lib", tmp_path / "app"], "/assets")


@pytest.mark.parametrize(
    ("worker_id", "prefix"),
    [
        ("portal", "/assets"),
        ("stock-room", "/stock/assets"),
        ("leaflets", "/assets"),
        ("auth", "/auth/assets"),
    ],
)
def test_static_files_stand_below_the_workers_mount(worker_id, prefix):
    assert url_prefix(make_registry().workers[worker_id]) == prefix


def test_vendored_files_leave_out_what_only_tools_read(tmp_path):
    for file in ("a/__init__.py", "a/core.so", "a/py.typed", "a/core.pyi", "a-1.dist-info/RECORD", "b.py"):
        write(tmp_path / file, "")
    write(tmp_path / "a" / "__pycache__" / "core.pyc", "")
    files = vendored_files([tmp_path])
    assert set(files) == {"a/__init__.py", "a/core.so", "b.py"}
    assert top_level_modules(files) == {"a", "b"}


def test_distributions_that_overlap_are_refused(tmp_path):
    write(tmp_path / "one" / "a.py", "")
    write(tmp_path / "two" / "a.py", "")
    with pytest.raises(BuildError, match=r"Two distributions hold a\.py"):
        vendored_files([tmp_path / "one", tmp_path / "two"])
