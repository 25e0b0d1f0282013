"""The code that our templates compile to says what Jinja2's own code would."""

import pytest
from jinja2 import DictLoader, ModuleLoader, TemplateRuntimeError, UndefinedError, pass_context

from ganger.ui.environment import make_environment
from ganger.ui.manifest import COMPONENTS
from tools.build import BuildError
from tools.build.specialised import refuse_wanting
from tools.build.templates import compiled_templates
from tools.paths import ROOT

_UI = ROOT / "ganger" / "ui" / "templates"
_IMPORT = '{% import "ui/components.html" as ui %}'
_EXAMPLES = {
    f"{component.slug}-{number}.html": _IMPORT + example.call
    for component in COMPONENTS
    for number, example in enumerate(component.examples)
}


def compiled(folder, sources, *, also=()):
    """The environment of these templates as a bundle has them."""
    texts, modules = folder / "texts", folder / "modules"
    for path in (texts, modules):
        path.mkdir(parents=True)
    for name, source in sources.items():
        (texts / name).write_text(source)
    for name, code in compiled_templates([*also, texts]).items():
        (modules / name).write_text(code)
    return make_environment(ModuleLoader(str(modules)))


def rendered(folder, source, **values):
    return compiled(folder, {"page.html": source}).get_template("page.html").render(values)


def test_every_example_of_every_component_comes_out_as_jinja_writes_it(tmp_path):
    ours = compiled(tmp_path, _EXAMPLES, also=[_UI])
    library = {
        path.relative_to(_UI).as_posix(): path.read_text() for path in _UI.rglob("*") if path.is_file()
    }
    theirs = make_environment(DictLoader(library | _EXAMPLES))
    for name in _EXAMPLES:
        assert ours.get_template(name).render() == theirs.get_template(name).render(), name


def test_what_is_put_out_is_escaped_once(tmp_path):
    source = (
        "{{ text }}|{{ number }}|{{ none }}|{% set kept %}{{ text }}{% endset %}{{ kept }}|{{ kept|safe }}"
    )
    escaped = "&lt;b&gt;&#39;&#34;&amp;"
    assert rendered(tmp_path, source, text="<b>'\"&", number=7) == f"{escaped}|7|None|{escaped}|{escaped}"


def test_a_name_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(UndefinedError):
        rendered(tmp_path, "{{ absent }}")


@pytest.mark.parametrize("call", ["one(1, 2, 3)", "one(1, c=1)", "one(1, a=2)", "one(1, caller=2)"])
def test_a_macro_refuses_arguments_that_it_does_not_take(tmp_path, call):
    macro = "{% macro one(a, b=2) %}{{ a }}{{ b }}{% endmacro %}"
    with pytest.raises((TypeError, TemplateRuntimeError)):
        rendered(tmp_path, f"{macro}{{{{ {call} }}}}")


def test_a_macro_takes_arguments_by_place_and_by_name_and_knows_what_was_left_out(tmp_path):
    macro = "{% macro one(a, b=2, c=a) %}{{ a }}{{ b }}{{ c }}{% endmacro %}"
    assert rendered(tmp_path, macro + "{{ one(1) }} {{ one(1, c=3) }} {{ one(b=5, a=4) }}") == "121 123 454"


def test_a_macro_with_a_call_block_gets_it_and_refuses_to_go_without(tmp_path):
    macro = "{% macro one(a) %}{{ a }}{{ caller() }}{% endmacro %}"
    assert rendered(tmp_path / "with", macro + "{% call one(1) %}!{% endcall %}") == "1!"
    with pytest.raises(UndefinedError):
        rendered(tmp_path / "without", macro + "{{ one(1) }}")


def test_a_function_that_wants_the_context_is_refused():
    @pass_context
    def wanting(_context):
        return ""

    with pytest.raises(BuildError, match="wanting"):
        refuse_wanting({"wanting": wanting})


class Drawer:
    """Something with an attribute and an entry."""

    name = "attribute"

    def __getitem__(self, key):
        return f"entry {key}"


@pytest.mark.parametrize(
    ("thing", "source", "said"),
    [
        ({"name": "entry"}, "{{ thing.name }}", "entry"),
        ({"items": "entry"}, "{{ thing.items() | length }}", "1"),
        ({}, "{{ thing.name | default('nothing') }}", "nothing"),
        (Drawer(), "{{ thing.name }}, {{ thing.other }}", "attribute, entry other"),
        (object(), "{{ thing.name | default('nothing') }}", "nothing"),
    ],
)
def test_a_part_of_a_value_is_what_jinja_finds(tmp_path, thing, source, said):
    assert rendered(tmp_path, source, thing=thing) == said


@pytest.mark.parametrize("thing", [{}, object()])
def test_a_part_that_is_not_there_is_an_error(tmp_path, thing):
    with pytest.raises(UndefinedError, match="name"):
        rendered(tmp_path, "{{ thing.name }}", thing=thing)
