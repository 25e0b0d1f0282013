"""Setting up and giving the second factor in Chromium, and the list of sessions.

The QR code is read from a picture of the page by ZXing, and codes come from pyotp: neither knows of our
own implementation.
"""

import io
import re

import pyotp
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible, assert_fits
from tests.platform.auth.factories import make_person

pytestmark = [pytest.mark.runtime, pytest.mark.browser]


def read_qr(page: Page) -> str:
    """What a phone's camera sees."""
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    (code,) = zxingcpp.read_barcodes(picture)
    return code.text


def set_up(page: Page) -> pyotp.TOTP:
    """Go through the set-up up to the recovery codes, which stay on the page."""
    page.emulate_media(reduced_motion="reduce")  # no picture of two pages fading into each other
    page.get_by_role("button", name="Set up a second factor").click()
    totp = pyotp.parse_uri(read_qr(page))
    page.get_by_role("textbox").fill(totp.now())
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    return totp


def next_code(platform, person: str, totp: pyotp.TOTP) -> str:
    """A code that counts, as if the last one had been given long ago."""
    platform.run("UPDATE second_factors SET last_step = 0 WHERE user_id = ?", person)
    return totp.now()


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_a_person_enrols_with_the_qr_code_and_confirms_with_an_app(platform, new_page, width):
    person = make_person(platform)
    page = new_page(person=person, width=width)
    page.goto("/auth/step-up?to=/inventory")
    expect(page).to_have_url(re.compile(r"/auth/second-factor\?to=/inventory"))
    assert_accessible(page)
    totp = set_up(page)
    assert totp.issuer == "Ganger Dermatology"
    assert len(page.locator(".recovery-codes code").all_inner_texts()) == 10
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(re.compile(r"/inventory$"))
    page.goto("/auth/step-up?to=/inventory")
    page.get_by_label("Code from your app").fill(next_code(platform, person, totp))
    page.get_by_role("button", name="Confirm").click()
    expect(page).to_have_url(re.compile(r"/inventory$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_qr_code_can_be_read_in_both_colour_schemes(platform, new_page, scheme):
    page = new_page(person=make_person(platform))
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto("/auth/second-factor")
    page.get_by_role("button", name="Set up a second factor").click()
    shown = page.locator("#secret").inner_text().replace(" ", "")
    assert pyotp.parse_uri(read_qr(page)).secret == shown
    assert_accessible(page)


def test_all_of_it_works_without_script(platform, new_page):
    person = make_person(platform)
    page = new_page(person=person, script=False)
    page.goto("/auth/second-factor")
    set_up(page)
    recovery_code = page.locator(".recovery-codes code").first.inner_text()
    page.goto("/auth/step-up")
    page.get_by_label("Code from your app").fill(recovery_code)
    page.get_by_role("button", name="Confirm").click()
    page.goto("/auth/second-factor")
    page.get_by_role("button", name="Turn off").click()
    expect(page.get_by_text("You have no second factor yet")).to_be_visible()


def test_a_wrong_code_is_told_at_its_field(platform, new_page):
    page = new_page(person=make_person(platform))
    page.goto("/auth/second-factor")
    set_up(page)
    page.goto("/auth/step-up")
    page.get_by_label("Code from your app").fill("000000 1")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_label("Code from your app")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    assert_accessible(page)


def test_the_person_sees_and_ends_their_other_session(platform, new_page):
    person = make_person(platform)
    here, there = new_page(person=person), new_page(person=person, width="phone")
    here.goto("/auth/sessions")
    expect(here.locator(".account-entry")).to_have_count(2)
    expect(here.get_by_text("This one")).to_have_count(1)
    assert_accessible(here)
    assert_fits(here)
    here.get_by_role("button", name="Sign out there").click()
    expect(here.locator(".account-entry")).to_have_count(1)
    there.goto("/auth/sessions")
    assert_fits(there)
