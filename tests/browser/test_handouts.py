"""From the staff's screen to the patient's phone, by the QR code, in Chromium."""

import io
import re

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import assert_accessible, assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.runtime]


def scanned(page):
    """What a phone reads off the staff's screen."""
    page.locator("[data-qr] svg").scroll_into_view_if_needed()
    picture = Image.open(io.BytesIO(page.locator("[data-qr]").screenshot(scale="css")))
    (code,) = zxingcpp.read_barcodes(picture)
    return code.text


def zoomed(page):
    """The page at 200 %: half as wide for what it holds."""
    page.set_viewport_size({"width": 195, "height": 450})
    assert_fits(page)
    page.set_viewport_size({"width": 390, "height": 900})


def test_what_staff_give_out_a_patient_reads_on_the_phone(platform, new_page):
    staff = new_page("usr_pat")
    staff.goto("/handouts/new")
    staff.get_by_label("Name").fill("Pat Example")
    staff.locator("#new-birth_date").fill("1985-06-15")
    staff.get_by_role("button", name="Begin", exact=True).click()
    staff.locator("#template-tpl_acne_plan").click()
    expect(staff.get_by_role("heading", name="Acne plan (demo)").first).to_be_visible()
    wash = staff.get_by_label(re.compile("benzoyl peroxide wash"))
    wash.check()
    staff.get_by_label("Strength (%)", exact=True).select_option("5")
    staff.get_by_label("Times a day").select_option("twice")
    preview = staff.get_by_role("region", name="Preview")
    expect(preview).to_contain_text("Use the 5% benzoyl peroxide wash twice a day.")
    staff.get_by_role("button", name="Give out").click()
    expect(staff.get_by_role("button", name="Print")).to_be_visible(timeout=20_000)
    assert_accessible(staff)

    text = scanned(staff)
    port = platform.url.rpartition(":")[2]
    assert text.startswith(f"http://handouts.localhost:{port}/qr/")
    phone = new_page(width="phone")
    phone.goto(text)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Is this you?")
    assert_accessible(phone)
    zoomed(phone)
    phone.get_by_label("Date of birth").fill("06/16/1985")
    phone.get_by_role("button", name="Continue").click()
    expect(phone.get_by_text("You have 4 tries left")).to_be_visible()
    assert_accessible(phone)
    phone.get_by_label("Date of birth").fill("06/15/1985")
    with phone.expect_request(lambda request: request.method == "POST") as sent:
        phone.get_by_role("button", name="Continue").click()
    # What a browser without Sec-Fetch-Site proves itself by.
    assert sent.value.all_headers()["origin"] == f"http://handouts.localhost:{port}"
    expect(phone.get_by_text("Use the 5% benzoyl peroxide wash twice a day.")).to_be_visible()
    expect(phone.get_by_role("link", name="Download PDF")).to_be_visible()
    expect(phone.get_by_role("button", name="Print")).to_be_visible()
    assert_accessible(phone)
    zoomed(phone)
    phone.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert_accessible(phone)
    # The staff's page has followed all of it, without being loaded again.
    expect(staff.get_by_role("listitem").filter(has_text="Opened by the patient")).to_be_visible()
    expect(staff.get_by_text("once", exact=True).last).to_be_visible()
    phone.get_by_role("link", name="Español").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sus hojas")
    assert_accessible(phone)


def test_the_first_page_and_what_is_closed_are_for_everybody(platform, new_page):
    port = platform.url.rpartition(":")[2]
    page = new_page(width="phone", script=False)
    page.goto(f"http://handouts.localhost:{port}/")
    page.get_by_label("Code on your handout").fill("7k3mq")
    page.get_by_role("button", name="Open my handouts").click()
    expect(page.get_by_text("must have 10 letters and digits")).to_be_visible()
    zoomed(page)
    page.get_by_label("Code on your handout").fill("0000000000")
    page.get_by_role("button", name="Open my handouts").click()
    expect(page.get_by_role("link", name="734-555-0101")).to_be_visible()
    zoomed(page)
