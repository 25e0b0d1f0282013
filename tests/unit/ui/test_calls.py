"""Calls as data: the text of a call renders to the markup that the call gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganger.ui.calls import KEY, call, literal, markup_of, text_of
from ganger.ui.environment import counted_ids
from ganger.ui.manifest import COMPONENTS, LAYOUTS
from tests.unit.ui.factories import environment, make_context, render

LIBRARY = vars(environment.get_template("ui/components.html").module)
EXAMPLES = [
    pytest.param(example, id=f"{component.slug}-{example.title}")
    for component in COMPONENTS
    for example in component.examples
]
STATES = [
    pytest.param(state, id=f"{layout.slug}-{state.title}") for layout in LAYOUTS for state in layout.examples
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def markup(*pieces):
    with counted_ids():
        return markup_of(LIBRARY, pieces)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_text_of_every_example_renders_to_its_markup(example):
    """Worked example 1 of the component showcase, its second half."""
    assert render(example.call) == str(markup(*example.pieces))


@pytest.mark.parametrize("state", STATES)
def test_the_text_of_every_state_of_a_layout_renders_to_it(state):
    context = make_context()
    shown = environment.get_template(state.template).render(context | dict(state.context))
    assert environment.from_string(state.call).render(context) == shown


@given(JSON)
def test_any_json_value_is_read_back_from_its_literal(value):
    kept = {}
    environment.from_string(f"{{% set kept = keep({literal(value)}) %}}").render(
        keep=lambda it: kept.update(it=it)
    )
    assert kept["it"] == value


def test_what_is_no_json_value_cannot_stand_in_a_call():
    with pytest.raises(TypeError):
        literal(object())


def test_a_call_is_written_as_people_write_it():
    asked = call(
        "card", "Stock", shadow="md", footer_html=call("badge", 7), block=("<p>", call("badge", "x"), "</p>")
    )
    assert asked.text == (
        '{% call ui.card("Stock", shadow="md", footer_html=ui.badge(7)) %}'
        '<p>{{ ui.badge("x") }}</p>{% endcall %}'
    )


def test_ids_go_on_counting_over_the_pieces():
    shown = markup(call("input", "a", "A"), call("input", "b", "B"))
    assert 'id="c-input-1"' in shown and 'id="c-input-2"' in shown


def test_a_panel_says_its_key_as_text():
    items = [{"key": "<b>", "label": "Bold"}]
    assert "<p>&lt;b&gt;</p>" in markup(call("tabs", "t", items, block=("<p>", KEY, "</p>")))
    assert text_of((KEY,)) == "{{ key }}"
