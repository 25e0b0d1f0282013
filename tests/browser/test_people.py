"""Colleagues, one's own profile and the launcher as people use them, in Chromium."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import assert_accessible, assert_fits
from tests.platform.auth.factories import make_person
from tests.platform.management.factories import make_employee

pytestmark = [pytest.mark.browser, pytest.mark.runtime]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_somebody_keeps_their_profile(platform, new_page, script):
    page = new_page(make_person(platform), script=script)
    page.goto("/")
    page.get_by_role("link", name="My profile").click()
    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_label("Phone").fill("1")
    page.get_by_label("Skills").fill("Juggling, Dance")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Phone must have 10 to 20")).to_be_visible()
    page.get_by_label("Phone").fill("734-555-0142")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Juggling")).to_be_visible()
    page.get_by_role("link", name="Name somebody").click()
    for label, text in (("Name", "Zoe Test"), ("Relationship", "aunt"), ("Phone", "734-555-0143")):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Zoe Test")).to_be_visible()


def test_a_colleague_is_found_by_name(new_page):
    page = new_page("usr_wes")
    page.goto("/")
    page.get_by_role("link", name="Directory").click()
    page.get_by_label("Name, e-mail or position").fill("reception")
    page.get_by_label("Location").last.select_option("loc_wx")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Pat Example").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pat Example")
    expect(page.get_by_role("link", name="248-555-0107")).to_have_attribute("href", "tel:248-555-0107")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_an_app_is_pinned_and_what_was_opened_stands_in_recent(platform, new_page, script):
    person = make_person(platform)
    page = new_page(person, script=script)
    page.goto("/")
    page.get_by_role("button", name="Pin Medical Supply Inventory").click()
    expect(page.get_by_role("region", name="Pinned").get_by_role("link")).to_have_text(
        "Medical Supply Inventory"
    )
    with page.expect_request("**/api/v1/apps/inventory/launch") as told:
        page.get_by_role("region", name="Operations").get_by_role("link").first.click()
    expect(page).to_have_url("/inventory")
    assert told.value.method == "POST"
    recent = page.get_by_role("region", name="Recent").get_by_role("link", name="Medical Supply Inventory")
    for _ in range(10):
        # The ping may still be on its way.
        page.goto("/")
        if recent.count():
            break
    expect(recent).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_the_pages_of_people_are_accessible_and_fit(platform, new_page, width, scheme):
    person = make_employee(platform, "usr_mia")
    page = new_page("usr_mia", width)
    page.emulate_media(color_scheme=scheme)
    page.goto("/")
    page.get_by_role("button", name="in Medical Supply Inventory").click()
    for path in (
        "",
        "directory",
        "directory?search=zzzz",
        f"directory/{person}",
        f"directory/{person}/edit",
        f"directory/{person}/emergency-contact",
        "profile",
    ):
        page.goto(f"/{path}")
        assert_accessible(page)
        assert_fits(page)
