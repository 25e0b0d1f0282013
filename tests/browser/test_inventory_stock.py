"""Using, scanning and keeping the catalogue as people do it, in Chromium."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.platform.inventory.factories import (
    add_barcode,
    add_item,
    add_lot,
    add_lot_tracked_item,
    add_stock,
    day,
)

pytestmark = [pytest.mark.browser, pytest.mark.runtime]

# Stands in for the camera and the phone's detector, which a desktop browser has not: it sees one code.
CAMERA = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code", "code_128"]; }
  async detect() { return [{ rawValue: "CODE" }]; }
};
navigator.mediaDevices.getUserMedia = async () => {
  const canvas = document.createElement("canvas");
  canvas.getContext("2d");
  setInterval(() => canvas.getContext("2d").fillRect(0, 0, Math.random() * 9, 9), 40);
  return canvas.captureStream(25);
};
"""


def make_scanned(platform):
    word = uuid4().hex[:12]
    item_id = add_item(platform, name=f"Scanned {word}")
    add_stock(platform, item_id, 9)
    add_barcode(platform, item_id, word.upper())
    return item_id, word


def test_hand_scanner_finds_an_item_and_use_is_booked_without_script(platform, new_page):
    _, word = make_scanned(platform)
    page = new_page("usr_pat", script=False)
    page.goto("/inventory/scan")
    page.get_by_label("Code").fill(word)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Use", exact=True).click()
    expect(page.get_by_label("Quantity")).to_have_value("1")
    page.get_by_role("button", name="Use").click()
    expect(page.get_by_text(f"Used 1 of Scanned {word}; 8 on hand.")).to_be_visible()


def test_camera_reads_a_code_and_shows_its_item(platform, new_page):
    _, word = make_scanned(platform)
    page = new_page("usr_pat", "phone")
    page.add_init_script(CAMERA.replace("CODE", word))
    page.goto("/inventory/scan")
    page.get_by_role("button", name="Use camera").click()
    expect(page.get_by_role("heading", name=f"Scanned {word}")).to_be_visible()


def test_controlled_item_is_wasted_with_a_witness(platform, new_page):
    item_id = add_lot_tracked_item(platform, is_controlled=1)
    add_stock(platform, item_id, 5)
    add_lot(platform, item_id, "A1", 5, expires_on=day(90))
    page = new_page("usr_pat")
    page.goto(f"/inventory/items/{item_id}/movements/waste")
    page.get_by_label("Quantity").fill("2")
    page.get_by_role("button", name="Waste").click()
    expect(page.get_by_role("link", name="Reason is required")).to_be_visible()
    page.locator("#change-lot_number").select_option("A1")
    page.get_by_label("Reason").select_option("damaged")
    page.get_by_label("Witness").select_option("Mia Demo")
    page.get_by_role("button", name="Waste").click()
    expect(page.get_by_text("Wasted, damaged")).to_be_visible()


def test_a_name_of_one_long_word_breaks_on_the_smallest_phone(platform, new_page):
    add_stock(platform, add_item(platform, name="X" * 60), 0, reorder_point=10, par_level=20)
    page = new_page("usr_sam", "phone")
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/inventory/reorder")
    expect(page.get_by_role("link", name="X" * 60)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
