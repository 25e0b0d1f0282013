"""What everyone sees first: signing in, the launcher, and apps that are not in service."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, assert_accessible, assert_fits

pytestmark = [pytest.mark.runtime, pytest.mark.browser]

EVERY_WIDTH = pytest.mark.parametrize("width", WIDTHS)


@EVERY_WIDTH
def test_signing_in_leads_to_the_page_that_was_asked_for(new_page, width):
    page = new_page(width=width)
    page.goto("/inventory/items?search=gauze")
    expect(page).to_have_url(re.compile(r"/auth/sign-in\?to="))
    assert_accessible(page)
    page.get_by_role("button", name="Pat Example").click()
    expect(page).to_have_url(re.compile(r"/inventory/items\?search=gauze$"))


@EVERY_WIDTH
def test_the_launcher_links_to_what_is_in_service_only(new_page, width):
    page = new_page("usr_pat", width)
    page.goto("/")
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="Medical Supply Inventory")).to_be_visible()
    expect(main.get_by_text("Call Center Operations")).to_be_visible()
    expect(main.get_by_role("link", name="Call Center Operations")).to_have_count(0)
    assert_accessible(page)
    assert_fits(page)


@EVERY_WIDTH
@pytest.mark.parametrize("path", ["/kiosk", "/nowhere", "/inventory/items/unknown"])
def test_pages_without_an_app_lead_back_to_the_portal(new_page, width, path):
    page = new_page("usr_pat", width)
    page.goto(path)
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("main").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_signing_out_ends_the_session(new_page):
    page = new_page("usr_wes")
    page.goto("/")
    page.get_by_role("banner").get_by_text("Wes Sample").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.goto("/inventory/items")
    expect(page).to_have_url(re.compile("/auth/sign-in"))


def test_the_portal_works_without_script(new_page):
    page = new_page(script=False)
    page.goto("/auth/sign-in")
    page.get_by_role("button", name="Pat Example").click()
    page.get_by_role("main").get_by_role("link", name="Medical Supply Inventory").click()
    expect(page).to_have_url(re.compile("/inventory"))


def test_a_patient_site_says_that_it_is_not_in_service(new_page, platform):
    page = new_page(width="phone")
    port = platform.url.rpartition(":")[2]
    page.goto(f"http://kiosk.localhost:{port}/check-in")
    expect(page.get_by_role("heading", level=1)).to_contain_text("not in service")
    assert_accessible(page)
    assert_fits(page)
