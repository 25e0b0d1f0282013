"""What the playground takes, and that whatever it takes renders."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app_workers.showcase.domain.params import BY_SLUG, checked_call
from app_workers.showcase.errors import InvalidParameter, ParamsTooLarge
from app_workers.showcase.rendering import played
from ganger.ui.calls import Call
from ganger.ui.manifest import COMPONENTS, Kind, Parameter
from tests.unit.showcase.factories import make_pages
from tests.unit.ui.factories import ids_of, render

LIBRARY = make_pages().library


def play(slug, **params):
    return played(LIBRARY, BY_SLUG[slug], params)


def refused(slug, **params):
    with pytest.raises(InvalidParameter) as refusal:
        play(slug, **params)
    return refusal.value


def test_text_is_escaped():
    """Worked example 2."""
    shown = play("button", label="<b>x</b>")
    assert "&lt;b&gt;x&lt;/b&gt;" in shown.html
    assert shown.call == '{{ ui.button("<b>x</b>") }}'


def test_an_unknown_value_names_the_parameter_and_what_is_allowed():
    """Worked example 3, its first part."""
    refusal = refused("button", label="Save", variant="purple")
    assert refusal.details == {
        "name": "variant",
        "allowed": ["primary", "secondary", "outline", "ghost", "destructive"],
    }


def test_what_the_component_itself_refuses_has_the_same_code():
    """Worked example 3, its second part."""
    assert refused("button", label="Save", attrs={"onclick": "x"}).name == "attrs[onclick]"
    assert "attrs[aria-label]" in refused("button", label="", icon_left="plus").allowed
    assert refused("button", label="Save", href="javascript:x").name == "href"
    assert refused("button", label="Save", icon_left="rocket").allowed[0] == "plus"


def test_a_loading_button_is_disabled_busy_and_keeps_its_label():
    """Worked example 4."""
    html = play("button", label="Save", loading=True).html
    assert " disabled" in html and 'aria-busy="true"' in html and "Save" in html


def test_an_error_takes_the_place_of_the_helper_and_describes_the_control():
    """Worked example 5."""
    html = play(
        "input", name="email", label="E-mail", error="E-mail is not valid", helper="As you sign in"
    ).html
    assert 'aria-invalid="true"' in html and "As you sign in" not in html
    described = html.partition('aria-describedby="')[2].partition('"')[0]
    assert described in ids_of(html)


@pytest.mark.parametrize(("value", "now"), [(140, 100), (-5, 0), (40, 40)])
def test_progress_is_shown_between_its_ends(value, now):
    """Worked example 7."""
    assert f'aria-valuenow="{now}"' in play("progress", value=value, label="Upload").html


def test_pagination_shows_gaps_and_nothing_for_one_page():
    """Worked example 8."""
    html = play("pagination", page=5, pages=12, url="/items").html
    shown = [part.partition("<")[0] for part in html.split("Page </span>")[1:]]
    assert shown == ["1", "4", "5", "6", "12"] and html.count("…") == 2
    assert play("pagination", page=1, pages=1, url="/items").html == ""


def test_a_table_without_rows_keeps_its_caption_and_a_sorted_column_says_so():
    """Worked example 11."""
    columns = [{"key": "name", "header": "Name", "sortable": True}, {"key": "role", "header": "Role"}]
    html = play("data-table", columns=columns, rows=[], caption="People", sort="name", empty="Nobody.").html
    assert 'colspan="2">Nobody.</td>' in html and "<caption" in html
    assert 'aria-sort="ascending"' in html


@pytest.mark.parametrize(
    ("slug", "params", "name"),
    [
        ("button", {}, "label"),
        ("button", {"label": "Save", "colour": "red"}, "colour"),
        ("button", {"label": 7}, "label"),
        ("button", {"label": "Save", "loading": 1}, "loading"),
        ("card", {"level": 2.0}, "level"),
        ("skeleton", {"lines": 10**9}, "lines"),
        ("progress", {"label": "x", "value": True}, "value"),
        ("select", {"name": "a", "label": "b", "options": ["x"]}, "options.0"),
        ("select", {"name": "a", "label": "b", "options": [{"value": 1}]}, "options.0.label"),
        ("data-table", {"columns": [], "rows": [{"a": []}], "caption": "x"}, "rows.0"),
        ("card", {"footer_html": "<b>x</b>"}, "footer_html"),
        ("card", {"footer_html": {"component": "nothing"}}, "footer_html"),
        ("card", {"footer_html": {"component": "badge", "params": {"tone": "x"}}}, "footer_html.text"),
        ("card", {"attrs": {"data-x": []}}, "attrs"),
        ("empty", {"title": "a", "text": "b", "action": {"label": "c"}}, "action.href"),
    ],
)
def test_what_the_manifest_does_not_name_is_refused_by_its_place(slug, params, name):
    assert refused(slug, **params).name == name


def test_rows_that_lack_what_the_columns_name_are_refused():
    columns = [{"key": "name", "header": "Name"}]
    assert refused("data-table", columns=columns, rows=[{"id": 1}], caption="x").code == "INVALID_PARAMETER"


def test_output_of_a_component_is_given_as_its_call():
    shown = play("card", title="Stock", footer_html={"component": "badge", "params": {"text": "Wixom"}})
    assert 'footer_html=ui.badge("Wixom")' in shown.call
    assert '<span class="badge' in shown.html
    assert render(shown.call) == str(shown.html)


def test_components_in_components_end_somewhere():
    nested = {"component": "badge", "params": {"text": "x"}}
    for _ in range(4):
        nested = {"component": "page-header", "params": {"title": "t", "actions_html": nested}}
    assert refused("page-header", title="t", actions_html=nested).name.startswith("actions_html")


@pytest.mark.parametrize(
    ("slug", "params"),
    [
        ("button", {f"p{number}": 1 for number in range(51)}),
        ("button", {"label": "x" * 2001}),
        ("button", {"label": "x", "attrs": {"aria-label": "x" * 2001}}),
        ("breadcrumbs", {"items": [{"label": "x"}] * 51}),
        ("breadcrumbs", {"items": [{"label": "x" * 500}] * 50}),
        (
            "data-table",
            {"columns": [{"key": "a", "header": "A"}] * 50, "rows": [{"a": 1}] * 50, "caption": "x"},
        ),
    ],
)
def test_more_than_the_bounds_is_too_large(slug, params):
    with pytest.raises(ParamsTooLarge):
        checked_call(BY_SLUG[slug], params)


PLAIN = {
    Kind.TEXT: st.text(max_size=20),
    Kind.VALUE: st.text(max_size=20) | st.integers(-99, 99),
    Kind.ATTRS: st.dictionaries(st.sampled_from(["aria-label", "data-x", "onclick"]), st.text(max_size=5)),
    Kind.MARKUP: st.sampled_from(["", {"component": "badge", "params": {"text": "x"}}]),
}
ANY = st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.none(), max_size=3)


def plain(field: Parameter):
    match field.kind:
        case Kind.CHOICE | Kind.FLAG:
            return st.sampled_from(field.allowed)
        case Kind.WHOLE:
            return st.integers(-field.most, field.most)
        case Kind.NUMBER:
            return st.floats(-field.most, field.most)
        case Kind.RECORD:
            return record(field.fields)
        case Kind.LIST:
            return st.lists(record(field.fields) if field.fields else ANY, max_size=4)
    return PLAIN[field.kind]


def record(fields):
    given = {field.name: plain(field) for field in fields if field.is_required}
    optional = {field.name: plain(field) for field in fields if not field.is_required}
    return st.fixed_dictionaries(given, optional=optional)


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.slug)
def test_what_the_manifest_allows_renders_or_is_refused_by_name(component):
    @settings(max_examples=10)
    @given(record(component.params))
    def holds(params):
        try:
            shown = played(LIBRARY, component, params)
        except InvalidParameter as refusal:
            assert refusal.name
        else:
            assert render(shown.call) == str(shown.html)

    holds()


def test_every_example_of_one_call_is_what_the_playground_would_take():
    for component in COMPONENTS:
        for example in component.examples:
            (first, *more) = example.pieces
            if not more and isinstance(first, Call) and first.macro == component.macro:
                names = [field.name for field in component.params]
                given = dict(zip(names, first.args, strict=False)) | dict(first.named)
                if not any(isinstance(value, Call) for value in given.values()):
                    assert checked_call(component, given)
