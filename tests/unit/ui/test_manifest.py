"""The manifests and the components they describe: neither says anything that the other does not."""

import re

import pytest

from ganger.ui.manifest import COMPONENTS, LAYOUTS
from ganger.ui.rules import ComponentError
from tests.unit.ui.factories import environment, ids_of, make_context, render

_EXAMPLES = [
    pytest.param(component, example, id=f"{component.slug}-{example.title}")
    for component in COMPONENTS
    for example in component.examples
]
_EVERY = pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.slug)
_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+")
_PHONE = re.compile(r"\b\d{3}-\d{4}\b")


def call(component, **changes):
    """Render a component with what it requires and these parameters."""
    given = {each.name: each.sample for each in component.params if each.is_required} | changes
    name = component.macro
    if name == "progress":
        given = {"label": "Upload"} | given
    if name == "textarea" and given.get("counter"):
        given["maxlength"] = 100
    return render(component.call(given).text)


@pytest.mark.parametrize(("component", "example"), _EXAMPLES)
def test_every_example_renders_without_script_or_style_of_its_own(component, example):
    markup = render(example.call)
    assert not re.search(r"<[^>]*\s(style|on\w+)=", markup)
    assert len(ids_of(markup)) == len(set(ids_of(markup)))
    assert "None" not in markup
    assert bool(markup.strip()) == (example.title != "one page shows nothing")


@_EVERY
def test_manifest_names_the_parameters_of_the_component_in_their_order(component):
    macro = getattr(environment.get_template(component.template).module, component.macro)
    assert tuple(each.name for each in component.params) == macro.arguments


@_EVERY
def test_every_value_of_the_manifest_is_taken(component):
    for parameter in component.params:
        for value in parameter.values:
            call(component, **{parameter.name: value})


@_EVERY
def test_a_value_outside_the_manifest_is_refused(component):
    for parameter in component.params:
        # What is either on or off takes whatever is true of the data.
        if set(parameter.allowed) - {True, False}:
            with pytest.raises(ComponentError):
                call(component, **{parameter.name: "purple"})


@_EVERY
def test_an_unknown_parameter_is_refused(component):
    with pytest.raises(ComponentError):
        call(component, colour="red")


@_EVERY
def test_a_component_is_exported_and_documented(component):
    assert component.examples
    assert component.rules
    assert f"ui.{component.macro}(" in component.examples[0].call


def test_button_shows_every_variant_in_every_size():
    """Worked example 1 of the component showcase."""
    button = next(component for component in COMPONENTS if component.slug == "button")
    titles = {example.title for example in button.examples}
    variants = ("primary", "secondary", "outline", "ghost", "destructive")
    assert {f"{variant}, {size}" for variant in variants for size in ("sm", "md", "lg")} <= titles
    assert {"loading", "disabled", "link"} <= titles


def test_slugs_name_one_component_each():
    slugs = [each.slug for each in (*COMPONENTS, *LAYOUTS)]
    assert len(slugs) == len(set(slugs))


def test_sample_people_cannot_be_reached():
    for component in COMPONENTS:
        for example in component.examples:
            assert all(address.endswith("example.test") for address in _EMAIL.findall(example.call))
            assert all("555-0100" <= number <= "555-0199" for number in _PHONE.findall(example.call))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.slug)
def test_every_layout_takes_its_context(layout):
    values = {each.name: each.sample for each in layout.params if each.sample is not None}
    page = environment.get_template(layout.template).render(make_context(**values))
    assert page.count("<main id=") == 1
    assert page.count('class="skip-link"') == 1
