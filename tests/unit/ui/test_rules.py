"""What components refuse, and what they escape."""

import pytest
from markupsafe import Markup

from ganger.ui.rules import (
    ComponentError,
    attributes,
    clamped,
    error_text,
    initials,
    link,
    literal_pattern,
    markup,
    name_tone,
)
from tests.unit.ui.factories import render


def test_text_is_escaped_wherever_a_component_prints_it():
    """Worked example 2 of the component showcase."""
    assert "&lt;b&gt;x&lt;/b&gt;" in render('{{ ui.button("<b>x</b>") }}')
    assert "<b>" not in render('{{ ui.input("q", text, value=text, helper=text) }}', text='"><b>')
    assert "<b>" not in render(
        '{{ ui.data_table([{"key": "a", "header": t}], [{"a": t}], caption=t) }}', t="<b>"
    )


def test_unknown_value_is_refused_with_component_parameter_and_allowed_values():
    """Worked example 3 of the component showcase."""
    with pytest.raises(ComponentError) as refusal:
        render('{{ ui.button("Save", variant="purple") }}')
    assert refusal.value.component == "button"
    assert refusal.value.parameter == "variant"
    assert refusal.value.allowed == ("primary", "secondary", "outline", "ghost", "destructive")
    assert "purple" not in str(refusal.value)


@pytest.mark.parametrize(
    "call",
    [
        'ui.badge("x", tone="purple")',
        'ui.alert("x", tone="default")',
        'ui.input("a", "A", type="file")',
        'ui.card("x", level=1)',
        'ui.logo(size="xs")',
        'ui.button("x", icon_left="unicorn")',
        'ui.button("x", colour="red")',
        'ui.badge("x", "neutral", "md", false, "one too many")',
        'ui.select("a", "A", [{"value": 1, "lable": "One"}])',
        'ui.data_table([{"key": "a", "header": "A"}], [], caption="C", sort="b")',
        'ui.textarea("a", "A", counter=true)',
        'ui.input("a", "A", attrs={"id": "b"})',
        'ui.page_header("A", actions_html="<b>")',
        'ui.button("x", href="javascript:alert(1)")',
        'ui.button("", icon_left="edit")',
        'ui.checkbox("a", "A", checked="half")',
        'ui.radio_group("a", "A", [{"value": 1, "lable": "One"}])',
        'ui.toast("x", duration=-1)',
        "ui.progress(40)",
        'ui.progress(1, max=0, label="x")',
        'ui.skeleton("star")',
        'ui.tabs("t", [{"key": "a", "label": "A", "disabled": true}], active="a")',
        'ui.confirm("c", "Delete?", "Gone.", action="javascript:x", confirm="Delete")',
    ],
)
def test_wrong_call_is_refused(call):
    with pytest.raises(ComponentError):
        render("{{ " + call + " }}")


def test_call_block_is_refused_where_there_is_none():
    with pytest.raises(ComponentError):
        render('{% call ui.badge("x") %}y{% endcall %}')


@pytest.mark.parametrize(
    "name", ["onclick", "style", "class", "href", "data-hx-on--click", "data-a b", "aria-"]
)
def test_attribute_outside_the_list_is_refused(name):
    with pytest.raises(ComponentError):
        attributes("button", {name: "x"})


def test_attributes_are_escaped_and_false_ones_left_out():
    given = {"id": "a", "data-hx-get": '/x?a="b"', "aria-expanded": "false", "data-on": True, "form": None}
    expected = ' id="a" data-hx-get="/x?a=&#34;b&#34;" aria-expanded="false" data-on'
    assert attributes("button", given) == expected


@pytest.mark.parametrize(
    "href", ["/a:b", "items?x=1", "#main", "https://example.test", "mailto:a@example.test"]
)
def test_link_keeps_paths_and_ordinary_schemes(href):
    assert link("button", href) == href


@pytest.mark.parametrize("href", ["javascript:x", " JavaScript:x", "data:text/html,x", "\tvbscript:x"])
def test_link_refuses_schemes_that_run(href):
    with pytest.raises(ComponentError):
        link("button", href)


def test_markup_parameter_takes_library_output_only():
    assert markup("card", "footer_html", Markup("<p>")) == "<p>"
    with pytest.raises(ComponentError):
        markup("card", "footer_html", "<p>")


def test_error_text_starts_with_the_field_name():
    assert error_text("E-mail", "E-mail is not valid") == "E-mail is not valid"
    assert error_text("E-mail", "is not valid") == "E-mail: is not valid"


@pytest.mark.parametrize(
    ("name", "letters"), [("Pat Example", "PE"), ("Ana de la Sample", "AS"), ("Cher", "C"), (" ", "")]
)
def test_initials_are_of_the_first_and_the_last_word(name, letters):
    assert initials(name) == letters


def test_avatar_colour_belongs_to_the_name():
    assert name_tone("Pat Example") == name_tone("Pat Example")
    assert {name_tone(f"Person {number}") for number in range(100)} == {1, 2, 3, 4, 5, 6}


@pytest.mark.parametrize(("value", "shown"), [(140, 100), (-5, 0), (40, 40), (None, None)])
def test_value_is_kept_between_its_ends(value, shown):
    """Worked example 7 of the component showcase."""
    assert clamped("progress", value, 100) == shown


def test_pattern_takes_the_text_itself():
    assert literal_pattern("A.1 (b)-c") == r"A\.1 \(b\)-c"
