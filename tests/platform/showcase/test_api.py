"""The showcase's endpoints on the real runtime."""

from itertools import takewhile

import pytest

from ganger.ui.manifest import COMPONENTS
from tests.platform.auth.factories import make_person
from tests.platform.management.factories import assert_error
from tests.unit.ui.factories import render

pytestmark = pytest.mark.runtime

API = "/showcase/api/v1"
PROGRAM = {"accept": "application/json"}


def get(platform, path, **query):
    return platform.get(f"{API}{path}", "usr_pat", headers=PROGRAM, params=query)


def play(platform, component, person="usr_pat", **params):
    body = {"component": component, "params": params}
    return platform.post(f"{API}/render", person, headers=PROGRAM, json=body)


def test_the_list_has_all_components_with_how_they_stand(platform):
    body = get(platform, "/components", limit=100).json()
    assert body["total"] == len(body["items"]) == 29
    reviews = {item["slug"]: item["review"] for item in body["items"]}
    assert (reviews["switch"], reviews["breadcrumbs"], reviews["kiosk-layout"]) == (
        "failed",
        "due (expired)",
        "due (never)",
    )
    assert set(body["items"][0]) == {"slug", "title", "group", "purpose", "version", "review"}


def test_the_list_is_searched_filtered_and_paged(platform):
    assert [item["slug"] for item in get(platform, "/components", search="initials").json()["items"]] == [
        "avatar"
    ]
    failed = get(platform, "/components", review="failed").json()["items"]
    assert {"switch", "toast"} <= {item["slug"] for item in failed}
    page = get(platform, "/components", group="Forms", limit=3, page=2).json()
    assert (page["total"], len(page["items"]), page["page"]) == (8, 3, 2)
    assert_error(get(platform, "/components", group="Nothing"), 400, "VALIDATION_ERROR")


def test_a_button_has_every_variant_in_every_size_and_each_html_is_its_calls(platform):
    """Worked example 1."""
    button = get(platform, "/components/button").json()
    titles = [example["title"] for example in button["examples"]]
    variants = ("primary", "secondary", "outline", "ghost", "destructive")
    assert [f"{variant}, {size}" for variant in variants for size in ("sm", "md", "lg")] == titles[:15]
    assert {"loading", "disabled", "icon alone", "link"} <= set(titles)
    assert {"name": "variant", "kind": "one of a list"}.items() <= button["params"][1].items()
    for example in button["examples"]:
        assert render(example["call"]) == example["html"]


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.slug)
def test_the_html_of_every_example_is_what_its_call_renders_to(platform, component):
    """Worked example 1, for every component."""
    manifest = get(platform, f"/components/{component.slug}").json()
    assert len(manifest["examples"]) == len(component.examples)
    for example in manifest["examples"]:
        assert render(example["call"]) == example["html"]


def test_a_layout_has_its_states_as_pages(platform):
    states = get(platform, "/components/app-layout").json()["examples"]
    assert states[2]["call"].endswith('{% extends "ui/app.html" %}')
    assert "You act as Pat Example." in states[2]["html"]


def test_an_unknown_component_is_not_found(platform):
    assert_error(get(platform, "/components/nothing"), 404, "NOT_FOUND")
    assert_error(play(platform, "nothing"), 404, "UNKNOWN_COMPONENT")


def test_the_playground_escapes_text(platform):
    """Worked example 2."""
    shown = play(platform, "button", label="<b>x</b>").json()
    assert "&lt;b&gt;x&lt;/b&gt;" in shown["html"] and "<b>" not in shown["html"]
    assert render(shown["call"]) == shown["html"]


def test_the_playground_refuses_what_the_component_does_not_take(platform):
    """Worked example 3."""
    details = assert_error(play(platform, "button", label="x", variant="purple"), 422, "INVALID_PARAMETER")
    assert details == {
        "name": "variant",
        "allowed": ["primary", "secondary", "outline", "ghost", "destructive"],
    }
    onclick = play(platform, "button", label="x", attrs={"onclick": "x"})
    assert assert_error(onclick, 422, "INVALID_PARAMETER")["name"] == "attrs[onclick]"
    alone = play(platform, "button", label="", icon_left="plus")
    assert assert_error(alone, 422, "INVALID_PARAMETER")["name"] == "label"


def test_the_playground_renders_states(platform):
    """Worked examples 4 and 7."""
    html = play(platform, "button", label="Save", loading=True).json()["html"]
    assert " disabled" in html and 'aria-busy="true"' in html and "<span>Save</span>" in html
    assert 'aria-valuenow="100"' in play(platform, "progress", value=140, label="x").json()["html"]


def test_the_playground_is_bounded(platform):
    assert_error(play(platform, "button", label="x" * 2001), 413, "PARAMS_TOO_LARGE")


def test_contrast_of_two_colours(platform):
    """Worked example 6."""
    blue = get(platform, "/contrast", fg="#2563eb", bg="#ffffff").json()
    assert blue == {"ratio": 5.17, "aa_text": True, "aa_large": True, "aaa_text": False}
    green = get(platform, "/contrast", fg="#16a34a", bg="#ffffff").json()
    assert green == {"ratio": 3.3, "aa_text": False, "aa_large": True, "aaa_text": False}
    assert_error(get(platform, "/contrast", fg="blue", bg="#ffffff"), 422, "INVALID_COLOR")


def test_tokens_are_those_of_the_style_sheet(platform):
    tokens = get(platform, "/tokens").json()
    palette = {each["name"]: (each["hex"], each["on_white"]) for each in tokens["palette"]}
    assert palette["primary-600"] == ("#2563eb", 5.17)
    assert ["target", "2.75rem"] in tokens["shapes"]


def test_a_person_renders_sixty_times_a_minute(platform):
    person, other = make_person(platform), make_person(platform)
    # The counters start afresh with each minute of the clock, so of twice as many one is refused at any time.
    answers = (play(platform, "badge", person, text="x") for _ in range(121))
    rendered = list(takewhile(lambda answer: answer.status_code == 200, answers))
    assert 60 <= len(rendered) <= 120
    assert_error(play(platform, "badge", person, text="x"), 429, "RATE_LIMITED")
    assert play(platform, "badge", other, text="x").status_code == 200
