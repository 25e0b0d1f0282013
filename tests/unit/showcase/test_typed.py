"""The playground's form: what is typed becomes parameters and back."""

import pytest

from app_workers.showcase.domain.params import BY_SLUG, checked_call
from app_workers.showcase.domain.typed import controls_of, read_params, start_of, typed_of_example
from app_workers.showcase.errors import InvalidParameter
from ganger.ui.manifest import COMPONENTS


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.slug)
def test_what_the_form_begins_with_renders(component):
    assert checked_call(component, read_params(component, start_of(component)))


def test_fields_left_empty_are_left_out_but_for_what_is_required():
    typed = {"label": "", "variant": "", "href": "", "loading": ""}
    assert read_params(BY_SLUG["button"], typed) == {"label": ""}
    unticked = {"id": "m", "title": "Edit", "dismissible": "", "open": ""}
    assert read_params(BY_SLUG["modal"], unticked) == {"id": "m", "title": "Edit", "dismissible": False}


def test_values_are_read_by_their_kind():
    typed = {"title": "Stock", "level": "3", "disabled": "on", "attrs": '{"data-x": "1"}'}
    assert read_params(BY_SLUG["card"], typed) == {
        "title": "Stock",
        "level": 3,
        "disabled": True,
        "attrs": {"data-x": "1"},
    }
    assert read_params(BY_SLUG["badge"], {"text": "7"}) == {"text": 7}
    assert read_params(BY_SLUG["badge"], {"text": "99+"}) == {"text": "99+"}
    assert (
        read_params(BY_SLUG["checkbox"], {"name": "a", "label": "b", "checked": "mixed"})["checked"]
        == "mixed"
    )


@pytest.mark.parametrize("typed", [{"label": "x", "attrs": "{"}, {"label": "x", "colour": "red"}])
def test_what_cannot_be_read_is_refused(typed):
    with pytest.raises(InvalidParameter):
        read_params(BY_SLUG["button"], typed)


def test_every_parameter_has_a_control_with_its_values():
    controls = {control.name: control for control in controls_of(BY_SLUG["button"], {"label": "Save"})}
    assert list(controls) == [field.name for field in BY_SLUG["button"].params]
    assert controls["label"].value == "Save"
    assert controls["loading"].kind == "box"
    assert [option["value"] for option in controls["size"].options] == ["", "sm", "md", "lg"]
    assert controls["size"].options[0]["label"] == "Default (md)"


def test_an_example_can_be_typed_again():
    for component in COMPONENTS:
        for example in component.examples:
            typed = typed_of_example(component, example)
            if typed is not None:
                assert checked_call(component, read_params(component, typed)).text
