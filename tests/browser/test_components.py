"""Every component in Chromium: axe in both themes, and what the keyboard does."""

import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from ganger.ui.manifest import COMPONENTS
from tests.browser import axe
from tests.browser.components import (
    ORIGIN,
    assert_conforms,
    assert_conforms_in_the_dark,
    catalogue_page,
    show,
    show_template,
)
from tests.browser.conftest import WIDTHS, assert_accessible, assert_fits
from tests.unit.ui.factories import environment

pytestmark = pytest.mark.browser

_DIALOGS = ("modal", "confirm")
_BY_SLUG = {component.slug: component for component in COMPONENTS}
_TABS = (
    '{% call(key) ui.tabs("t", [{"key": "a", "label": "A"}, {"key": "b", "label": "B", "disabled": true}, '
    '{"key": "c", "label": "C"}]) %}<p>Panel {{ key }}</p>{% endcall %}'
)
_MODAL = (
    '{{ ui.button("Edit", href="/edit", attrs={"data-opens": "m"}) }}'
    '{% call ui.modal("m", "Edit item", footer_html=ui.button("Save")) %}'
    '{{ ui.input("shelf", "Shelf") }}{% endcall %}'
)


@pytest.fixture
def open_page(chromium):
    """A page in a browser of its own: `open_page(width="phone", script=False)`."""
    contexts = []

    def opened(width="desktop", script=True, **options):
        size = {"width": WIDTHS[width], "height": 900}
        contexts.append(chromium.new_context(viewport=size, java_script_enabled=script, **options))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page):
    """A page on a desktop, which fails the test when its policy stops something."""
    with held_to_its_policy(open_page()) as page:
        yield page


@pytest.fixture(scope="module")
def one_page(chromium):
    """The page that all tests which only look have in turn."""
    context = chromium.new_context(reduced_motion="reduce")
    context.add_init_script(path=axe.PROGRAM)
    yield context.new_page()
    context.close()


@pytest.fixture
def still_page(one_page):
    """The same, on a desktop; it fails the test when its policy stops something."""
    one_page.set_viewport_size({"width": WIDTHS["desktop"], "height": 900})
    with held_to_its_policy(one_page) as page:
        yield page


@contextmanager
def held_to_its_policy(page):
    """Fail when the page's policy stops something meanwhile."""
    said = []

    def hear(message):
        said.append(message.text)

    page.on("console", hear)
    yield page
    page.remove_listener("console", hear)
    assert not [text for text in said if "Content Security Policy" in text]


def focused(page):
    """Text or name of what has focus."""
    return page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name")


@pytest.mark.parametrize("slug", [slug for slug in _BY_SLUG if slug not in _DIALOGS])
def test_every_state_is_accessible_in_both_themes(still_page, slug):
    """Worked example 14 of the component showcase."""
    show(still_page, catalogue_page(_BY_SLUG[slug]))
    assert_conforms(still_page)
    assert_conforms_in_the_dark(still_page)
    for width in (1280, 320):
        still_page.set_viewport_size({"width": width, "height": 700})
        assert_fits(still_page)


@pytest.mark.parametrize("slug", _DIALOGS)
def test_every_dialog_is_accessible_in_both_themes_while_it_is_open(still_page, slug):
    for example in _BY_SLUG[slug].examples:
        still_page.set_viewport_size({"width": 1280, "height": 900})
        show(still_page, f"<h1>Dialogs</h1>{example.call}")
        if "data-opens" in example.call:
            still_page.get_by_role("main").locator("[data-opens]").click()
        expect(still_page.locator("dialog:modal")).to_be_visible()
        assert_accessible(still_page)
        assert_conforms_in_the_dark(still_page)
        still_page.set_viewport_size({"width": 320, "height": 700})
        assert_fits(still_page)


def test_tabs_move_with_arrows_around_the_ends_and_skip_what_is_disabled(page):
    """Worked example 9 of the component showcase."""
    show(page, _TABS)
    page.get_by_role("tab", name="A").focus()
    for key, tab in (
        ("ArrowRight", "C"),
        ("ArrowRight", "A"),
        ("ArrowLeft", "C"),
        ("Home", "A"),
        ("End", "C"),
    ):
        page.keyboard.press(key)
        assert focused(page) == tab
    expect(page.get_by_role("tab", name="C")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tabpanel")).to_have_text("Panel c")
    page.keyboard.press("Tab")
    assert focused(page) == "Panel c"
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "C"


def test_tabs_without_script_are_links(open_page):
    page = show(open_page(script=False), _TABS)
    page.get_by_role("tab", name="C").click()
    expect(page).to_have_url(ORIGIN + "/page?tab=c")


def test_modal_keeps_focus_and_gives_it_back(page):
    """Worked example 10 of the component showcase."""
    show(page, _MODAL)
    page.get_by_role("link", name="Edit").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Edit item")).to_be_visible()
    assert focused(page) == "shelf"
    page.keyboard.press("Tab")
    assert focused(page) == "Save"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.ariaLabel") == "Close"
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Save"
    page.keyboard.press("Escape")
    expect(page.locator("dialog:modal")).to_have_count(0)
    assert focused(page) == "Edit"


def test_modal_closes_on_its_backdrop_and_on_close(page):
    show(page, _MODAL)
    page.get_by_role("link", name="Edit").click()
    page.mouse.click(5, 5)
    expect(page.locator("dialog:modal")).to_have_count(0)
    page.get_by_role("link", name="Edit").click()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("dialog:modal")).to_have_count(0)


def test_modal_that_must_be_answered_stays(page):
    show(page, _MODAL.replace('"Edit item"', '"Edit item", dismissible=false'))
    page.get_by_role("link", name="Edit").click()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.mouse.click(5, 5)
    expect(page.locator("dialog:modal")).to_be_visible()


def test_modal_without_script_is_a_page_of_its_own(open_page):
    page = show(open_page(script=False), _MODAL.replace('"Edit item"', '"Edit item", open=true'))
    expect(page.get_by_label("Shelf")).to_be_visible()
    page.get_by_role("link", name="Edit").click()
    expect(page).to_have_url(ORIGIN + "/edit")


def test_confirm_begins_on_cancel_and_asks_for_the_exact_text(page):
    question = (
        '{{ ui.button("Delete", href="/x", attrs={"data-opens": "c"}) }}'
        '{{ ui.confirm("c", "Delete?", "It is gone.", action="/delete", '
        'confirm="Delete item", tone="danger", require_text="A.1 (b)") }}'
    )
    show(page, question)
    page.get_by_role("link", name="Delete").click()
    expect(page.get_by_role("alertdialog", name="Delete?")).to_be_visible()
    assert focused(page) == "Cancel"
    page.get_by_label("to confirm").fill("Ax1 (b)")
    page.keyboard.press("Enter")
    expect(page).to_have_url(ORIGIN + "/page")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("dialog:modal")).to_have_count(0)
    page.get_by_role("link", name="Delete").click()
    page.get_by_label("to confirm").fill("A.1 (b)")
    page.keyboard.press("Enter")
    expect(page).to_have_url(ORIGIN + "/delete")


def test_switch_answers_to_space_and_enter_and_says_its_state(page):
    show(page, '<form action="/sent">{{ ui.switch("active", "Active") }}</form>')
    switch = page.get_by_role("switch", name="Active")
    switch.focus()
    page.keyboard.press("Space")
    expect(switch).to_be_checked()
    expect(page.get_by_text("On", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    expect(switch).not_to_be_checked()
    expect(page.get_by_text("Off", exact=True)).to_be_visible()
    expect(page).to_have_url(ORIGIN + "/page")


def test_checkbox_shows_its_mixed_state(page):
    show(page, '{{ ui.checkbox("all", "All", checked="mixed") }}')
    assert page.get_by_label("All").evaluate("box => box.indeterminate")


def test_toasts_stand_three_at_once_and_escape_closes_the_newest(page):
    show(page, '{% for n in range(1, 5) %}{{ ui.toast("Message " ~ n, duration=0) }}{% endfor %}')
    toasts = page.locator(".toasts .toast")
    expect(toasts).to_have_count(3)
    page.keyboard.press("Escape")
    expect(toasts).to_have_text([re.compile("Message 1"), re.compile("Message 2"), re.compile("Message 4")])
    toasts.first.get_by_role("button", name="Close").click()
    expect(toasts).to_have_count(2)


def test_toast_speaks_leaves_by_itself_and_waits_while_it_is_pointed_at(page):
    show(
        page, '{{ ui.toast("Saved", tone="success", duration=1500) }}{{ ui.toast("Failed", tone="danger") }}'
    )
    saved = page.locator(".toast", has_text="Saved")
    saved.hover()
    expect(page.locator("#live-polite")).to_contain_text("Saved")
    expect(page.locator("#live-assertive")).to_contain_text("Failed")
    page.wait_for_timeout(1700)
    expect(saved).to_be_visible()
    page.mouse.move(5, 5)
    expect(saved).to_have_count(0)
    expect(page.locator(".toast", has_text="Failed")).to_be_visible()


def test_toast_without_script_is_an_alert_on_the_page(open_page):
    page = show(open_page(script=False), '{{ ui.toast("Saved", tone="success") }}')
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("Saved")


def test_picture_that_does_not_come_leaves_the_initials(page):
    show(page, '{{ ui.avatar("Pat Example", src="/assets/none.png", alone=true) }}')
    expect(page.get_by_role("img", name="Pat Example")).to_be_visible()
    expect(page.locator(".avatar img")).to_have_count(0)


def test_motion_stops_where_people_want_none(open_page):
    page = show(
        open_page(reduced_motion="reduce"),
        '{{ ui.spinner() }}{{ ui.skeleton() }}{{ ui.progress(label="Import") }}',
    )
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_kiosk_asks_before_it_starts_over_and_any_key_goes_on(open_page, width):
    page = open_page(width)
    page.clock.install()
    page_context = {"step": 1, "steps": 4, "timeout": 60, "restart": "/start", "page_title": "Who are you?"}
    source = (
        '{% extends "ui/kiosk.html" %}{% import "ui/components.html" as ui %}{% block content %}'
        '{{ ui.input("name", "Name") }}{% endblock %}{% block actions %}{{ ui.button("Next") }}{% endblock %}'
    )
    show_template(page, environment.from_string(source), **page_context)
    assert_accessible(page)
    assert_fits(page)
    for control in page.locator("main .control, footer .btn").all():
        assert control.bounding_box()["height"] >= 60
    page.keyboard.press("a")  # the count begins anew, for the checks above took their time
    page.clock.run_for(41_000)
    expect(page.get_by_role("alertdialog")).to_contain_text(re.compile(r"in 1\d seconds"))
    page.keyboard.press("a")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    page.clock.run_for(61_000)
    expect(page).to_have_url(ORIGIN + "/start")
