"""What each component says to people and to their tools."""

import re

import pytest

from ganger.ui.rules import ComponentError
from tests.unit.ui.factories import ids_of, render

COLUMNS = [
    {"key": "name", "header": "Name", "sortable": True},
    {"key": "count", "header": "Count", "align": "right", "hide_below": "md"},
]
ROWS = [{"id": "1", "name": "Gauze", "count": 3, "href": "/inventory/items/1"}]


def test_loading_button_is_disabled_busy_and_keeps_its_label():
    """Worked example 4 of the component showcase."""
    markup = render('{{ ui.button("Save", loading=true) }}')
    assert " disabled" in markup
    assert 'aria-busy="true"' in markup
    assert "Save" in markup


def test_button_with_href_is_a_link_and_loses_it_when_disabled():
    assert '<a class="btn btn-primary btn-md" href="/x">' in render('{{ ui.button("Go", href="/x") }}')
    disabled = render('{{ ui.button("Go", href="/x", disabled=true) }}')
    assert "href" not in disabled
    assert 'aria-disabled="true"' in disabled


def test_field_error_is_wired_and_replaces_the_helper():
    """Worked example 5 of the component showcase."""
    markup = render('{{ ui.input("email", "E-mail", helper="Work", error="E-mail is not valid", id="e") }}')
    assert 'aria-invalid="true" aria-describedby="e-error"' in markup
    assert "e-error" in ids_of(markup)
    assert '<label class="field-label" for="e">' in markup
    assert "Work" not in markup


@pytest.mark.parametrize("call", ['ui.input("a", "A"', 'ui.textarea("a", "A"', 'ui.select("a", "A", []'])
def test_every_control_is_described_by_its_helper(call):
    markup = render("{{ " + call + ', helper="Help", required=true) }}')
    control = ids_of(markup)[1]
    assert ids_of(markup)[0] == f"{control}-helper"
    assert f'aria-required="true" aria-describedby="{control}-helper"' in markup


def test_form_field_wires_the_control_of_its_block():
    block = '<input type="date" id="d" name="d">'
    markup = render('{% call ui.form_field("Date", id="d", error="is missing") %}' + block + "{% endcall %}")
    assert '<input aria-invalid="true" aria-describedby="d-error" type="date" id="d"' in markup
    assert "Date: is missing" in markup


def test_form_field_without_its_control_is_refused():
    with pytest.raises(ComponentError):
        render('{% call ui.form_field("Date", id="d") %}<input id="other">{% endcall %}')


def test_ids_count_up_within_a_page_and_start_anew_on_the_next():
    source = '{{ ui.input("a", "A", helper="h") }}{{ ui.input("b", "B") }}{{ ui.checkbox("c", "C") }}'
    assert ids_of(render(source)) == ["c-input-1-helper", "c-input-1", "c-input-2", "c-checkbox-1"]
    assert render(source) == render(source)


def test_textarea_keeps_a_leading_line_break():
    assert ">\n\nx</textarea>" in render('{{ ui.textarea("a", "A", value="\\nx") }}')


def test_select_groups_options_and_selects_by_text():
    options = [{"value": 1, "label": "One", "group": "G"}, {"value": 2, "label": "Two", "group": "G"}]
    options.append({"value": 3, "label": "Three", "disabled": True})
    markup = render('{{ ui.select("a", "A", options, value="2", placeholder="Choose") }}', options=options)
    assert markup.count("<optgroup") == markup.count("</optgroup>") == 1
    assert '<option value="2" selected>Two</option>' in markup
    assert '<option value="3" disabled>Three</option>' in markup
    assert '<option value="" disabled>Choose</option>' in markup


def test_checkbox_error_and_description_both_describe_it():
    markup = render('{{ ui.checkbox("u", "Urgent", description="Today", error="must be ticked", id="u") }}')
    assert 'aria-describedby="u-error u-description"' in markup
    assert "Urgent: must be ticked" in markup


def test_error_summary_links_to_the_fields_and_takes_focus():
    markup = render('{{ ui.error_summary([{"id": "q", "message": "Quantity is missing"}]) }}')
    assert 'role="alert" tabindex="-1" autofocus' in markup
    assert '<a href="#q">Quantity is missing</a>' in markup
    assert render("{{ ui.error_summary([]) }}").strip() == ""


def test_table_has_caption_scopes_and_sort_state():
    source = '{{ ui.data_table(c, r, caption="Stock", sort="name", url="/i?q=x&page=3") }}'
    markup = render(source, c=COLUMNS, r=ROWS)
    assert '<caption class="visually-hidden">Stock</caption>' in markup
    assert markup.count('scope="col"') == 2
    assert markup.count('aria-sort="ascending"') == 1
    assert 'href="/i?q=x&amp;sort=name&amp;direction=desc"' in markup
    assert 'class="align-right hide-below-md"' in markup
    assert 'role="region" aria-label="Stock" tabindex="0"' in markup


def test_table_row_links_from_its_first_cell_only():
    source = '{{ ui.data_table(c, r, caption="S", row_href="href", selectable=true) }}'
    markup = render(source, c=COLUMNS, r=ROWS)
    assert markup.count('href="/inventory/items/1"') == 1
    assert re.search(r'value="1"><span class="visually-hidden">Select Gauze', markup)


def test_empty_table_says_so_across_all_columns():
    """Worked example 11 of the component showcase."""
    markup = render('{{ ui.data_table(c, [], caption="S", empty="No stock.", selectable=true) }}', c=COLUMNS)
    assert 'colspan="3">No stock.</td>' in markup
    assert "<caption" in markup


def test_table_cell_keeps_the_markup_of_a_component():
    source = '{{ ui.data_table(c, [{"name": ui.badge("Low"), "count": none}], caption="S") }}'
    markup = render(source, c=COLUMNS)
    assert '<span class="badge badge-neutral badge-md">Low</span>' in markup
    assert "None" not in markup


def test_trend_is_spoken_and_judged_in_words():
    trend = {"percent": 12, "direction": "up", "good": False}
    source = '{{ ui.stat_card("Open", 14, trend=trend) }}{{ ui.stat_card("Last", none) }}'
    markup = render(source, trend=trend)
    assert "up 12 percent from last month" in markup
    assert "worse" in markup
    assert "No data" in markup
    assert "None" not in markup


def test_linked_card_has_one_link():
    markup = render('{% call ui.card("Stock", href="/x", level=3) %}<p>y</p>{% endcall %}')
    assert '<h3 class="card-title"><a href="/x">Stock</a></h3>' in markup
    assert markup.count("<a ") == 1


def test_alert_says_its_tone_and_only_danger_interrupts():
    assert 'role="status"' in render('{{ ui.alert("Saved", tone="success") }}')
    danger = render('{% call ui.alert("Failed", tone="danger") %}<a href="/x">Retry</a>{% endcall %}')
    assert 'role="alert"' in danger
    assert "Error: " in danger
    assert '<a href="/x">Retry</a>' in danger


def test_long_breadcrumbs_fold_the_middle():
    items = [{"label": label, "href": "/"} for label in "ABCDE"]
    markup = render("{{ ui.breadcrumbs(items) }}", items=items)
    assert re.findall(r">([A-E])<", markup) == ["A", "B", "C", "D", "E"]
    assert 'aria-label="Show 2 more"' in markup
    assert '<li aria-current="page">E</li>' in markup


def test_logo_names_the_practice():
    assert 'role="img" aria-label="Ganger Dermatology home"' in render('{{ ui.logo(href="/") }}')
    assert 'aria-label="Ganger Dermatology"' in render("{{ ui.logo() }}")


@pytest.mark.parametrize(("value", "now"), [(140, 100), (-5, 0)])
def test_progress_says_the_nearest_value_that_there_is(value, now):
    """Worked example 7 of the component showcase."""
    markup = render('{{ ui.progress(value, label="Upload") }}', value=value)
    assert f'aria-valuemin="0" aria-valuemax="100" aria-valuenow="{now}"' in markup


def test_progress_that_nobody_knows_has_no_value():
    assert "valuenow" not in render('{{ ui.progress(label="Import") }}')


def test_radio_group_is_a_fieldset_whose_first_radio_the_summary_can_reach():
    given = 'value=2, error="is missing", required=true, id="p"'
    source = '{{ ui.radio_group("place", "Location", options, ' + given + ") }}"
    options = [{"value": 1, "label": "One"}, {"value": 2, "label": "Two", "description": "Second"}]
    markup = render(source, options=options)
    assert ids_of(markup) == ["p-error", "p", "p-2", "p-2-description"]
    assert 'role="radiogroup" aria-required="true" aria-invalid="true" aria-describedby="p-error"' in markup
    assert '<legend class="field-label">Location' in markup
    assert 'id="p-2" name="place" value="2" checked required aria-describedby="p-2-description"' in markup


def test_switch_writes_its_state_and_keeps_it_from_readers():
    markup = render('{{ ui.switch("active", "Active", checked=true) }}')
    assert 'type="checkbox" role="switch"' in markup
    assert 'aria-hidden="true"><span>On</span><span>Off</span>' in markup


def test_avatar_speaks_only_where_it_stands_alone():
    assert 'aria-hidden="true"><span>PE</span><img src="/p.png" alt="">' in render(
        '{{ ui.avatar("Pat Example", src="/p.png") }}'
    )
    assert 'role="img" aria-label="Pat Example"' in render('{{ ui.avatar("Pat Example", alone=true) }}')


def test_modal_is_named_by_its_title_and_closes_without_script():
    markup = render('{% call ui.modal("m", "Edit") %}x{% endcall %}')
    assert 'aria-modal="true" aria-labelledby="m-title"' in markup
    assert '<form method="dialog"><button class="alert-close" type="submit" aria-label="Close">' in markup
    must = render('{% call ui.modal("m", "Edit", dismissible=false) %}x{% endcall %}')
    assert "data-stays" in must
    assert "Close" not in must


def test_confirm_posts_with_its_verb_and_cancels_in_a_form_of_its_own():
    source = '{{ ui.confirm("d", "Delete?", "Gone.", action="/d", confirm="Delete item", tone="danger") }}'
    markup = render(source)
    assert 'role="alertdialog"' in markup
    assert '<form method="post" action="/d">' in markup
    assert 'type="submit" form="d-cancel" autofocus>Cancel' in markup
    assert 'class="btn btn-destructive btn-md" type="submit"><span>Delete item' in markup


def test_danger_toast_stays_and_others_leave():
    assert 'role="alert" data-toast="0"' in render('{{ ui.toast("Failed", tone="danger") }}')
    assert 'role="status" data-toast="5000"' in render('{{ ui.toast("Saved", tone="success") }}')


def test_tabs_begin_with_the_first_that_can_be_chosen():
    items = [{"key": "a", "label": "A", "disabled": True}, {"key": "b", "label": "B", "count": 3}]
    markup = render('{% call(key) ui.tabs("t", items) %}P{{ key }}{% endcall %}', items=items)
    assert 'id="t-a" aria-selected="false" aria-controls="t-panel-a" aria-disabled="true">' in markup
    assert 'id="t-b" aria-selected="true" aria-controls="t-panel-b" href="?tab=b"' in markup
    assert 'id="t-panel-a" aria-labelledby="t-a" tabindex="0" hidden>' in markup
    assert 'id="t-panel-b" aria-labelledby="t-b" tabindex="0">Pb' in markup


def test_waiting_is_said_in_text_and_not_drawn_for_readers():
    assert 'role="status"><span class="spin" aria-hidden="true"></span><span>Loading</span>' in render(
        "{{ ui.spinner() }}"
    )
    assert 'aria-busy="true"><div aria-hidden="true">' in render('{{ ui.skeleton("table", lines=5) }}')
