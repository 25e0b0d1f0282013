"""The frame of every page: the location, the command menu and the sections on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS, assert_accessible, assert_fits

pytestmark = [pytest.mark.runtime, pytest.mark.browser]

EVERY_WIDTH = pytest.mark.parametrize("width", WIDTHS)


def menu(page: Page):
    return page.get_by_role("dialog", name="Go to")


def chosen(page: Page) -> str:
    option_id = page.get_by_role("combobox").get_attribute("aria-activedescendant")
    return page.locator(f"#{option_id}").inner_text()


@EVERY_WIDTH
@pytest.mark.parametrize("script", [True, False])
def test_the_location_is_chosen_in_the_header_and_holds_in_other_apps(new_page, width, script):
    page = new_page("usr_tia", width, script)
    page.goto("/inventory/items?status=low")
    page.locator(".place > summary").click()
    if script:
        assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Plymouth").click()
    expect(page).to_have_url(re.compile(r"/inventory/items\?status=low$"))
    expect(page.get_by_text("With the stock at Plymouth")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text("Your location: Plymouth")).to_be_visible()


def test_the_menu_opens_by_keys_finds_by_typing_and_gives_focus_back(new_page):
    page = new_page("usr_pat")
    page.goto("/")
    before = page.get_by_role("main").get_by_role("link", name="New request")
    before.focus()
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Go to")
    expect(field).to_be_focused()
    expect(page.get_by_role("option", name="Medical Supply Inventory")).to_be_visible()
    first = chosen(page)
    page.keyboard.press("ArrowDown")
    assert chosen(page) != first
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert "Sign out" in chosen(page)
    page.keyboard.press("Escape")
    expect(menu(page)).to_be_hidden()
    expect(before).to_be_focused()


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("medical", r"/inventory/?$"),
        ("pnch", r"/requests/new/punch_fix$"),
        ("off time", r"/time_off_request$"),
    ],
)
def test_enter_opens_what_fits_best(new_page, typed, leads_to):
    page = new_page("usr_pat")
    page.goto("/")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option", name="Medical Supply Inventory")).to_be_visible()
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(leads_to))


def test_the_menu_says_when_nothing_fits(new_page):
    page = new_page("usr_pat")
    page.goto("/")
    page.get_by_role("button", name="Go to").click()
    expect(page.get_by_role("option", name="Medical Supply Inventory")).to_be_visible()
    page.keyboard.type("zzz")
    expect(menu(page).get_by_role("status")).to_have_text("Nothing fits. Try fewer letters.")
    page.keyboard.press("Enter")
    expect(menu(page)).to_be_visible()


def test_the_menu_has_the_sections_of_the_present_app(new_page):
    page = new_page("usr_pat")
    page.goto("/inventory/")
    page.keyboard.press("Control+k")
    page.get_by_role("option", name="Items Medical Supply Inventory").click()
    expect(page).to_have_url(re.compile("/inventory/items$"))


@EVERY_WIDTH
def test_the_menu_works_by_touch_and_is_accessible(new_page, width):
    page = new_page("usr_tia", width)
    page.goto("/")
    page.get_by_role("button", name="Go to").click()
    expect(page.get_by_role("option", name="Plymouth")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("option", name="Plymouth").click()
    expect(page.get_by_text("Your location: Plymouth")).to_be_visible()
    page.get_by_role("button", name="Go to").click()
    menu(page).get_by_role("button", name="Close").click()
    expect(menu(page)).to_be_hidden()


def test_a_page_pays_nothing_for_the_menu_until_it_is_opened(new_page):
    page = new_page("usr_pat")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/requests", wait_until="networkidle")
    assert not [url for url in asked if "palette" in url or "commands" in url]
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option", name="Medical Supply Inventory")).to_be_visible()
    assert len([url for url in asked if "commands" in url]) == 1


def test_the_menus_button_is_not_there_without_script(new_page):
    page = new_page("usr_pat", script=False)
    page.goto("/")
    expect(page.get_by_role("banner")).to_be_visible()
    expect(page.get_by_role("button", name="Go to")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_sections_that_do_not_fit_a_phone_are_a_menu_of_their_own(new_page, script):
    page = new_page("usr_pat", "phone", script)
    page.goto("/")
    opener = page.locator(".sections > summary")
    expect(opener).to_have_text(re.compile("Home"))
    assert page.get_by_role("navigation", name="Staff Management Portal").count() == 0
    opener.click()
    page.get_by_role("navigation", name="Staff Management Portal").get_by_role("link", name="Queue").click()
    expect(page).to_have_url(re.compile("/queue$"))


def test_a_refused_form_says_error_in_the_title(new_page):
    page = new_page("usr_pat")
    page.goto("/requests/new/support_ticket")
    expect(page).to_have_title(re.compile("^Support "))
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_title(re.compile("^Error: Support "))
    page.goto("/nowhere")
    expect(page).to_have_title(re.compile("^Not Found "))
