"""Counting a shelf with a phone, in Chromium."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import assert_accessible
from tests.platform.inventory.factories import add_item, add_stock
from tests.platform.inventory.test_counts import start

pytestmark = [pytest.mark.browser, pytest.mark.runtime]


def shelf(platform, on_hand):
    """An item with stock at Ann Arbor: its name and SKU."""
    item_id = add_item(platform, name=f"Shelf {uuid4().hex}")
    add_stock(platform, item_id, on_hand)
    (item,) = platform.rows("SELECT name, sku FROM inventory_items WHERE id = ?", item_id)
    return item["name"], item["sku"]


def wedge(page, code):
    """What a scanner does that is a keyboard: it types into whatever has the focus, then Enter."""
    expect(page.get_by_label("Barcode or SKU")).to_be_focused()
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def counted(page, name):
    return page.get_by_role("row", name=name).locator("td[data-label='Counted']")


def test_a_shelf_is_counted_with_a_phone_reviewed_and_posted(platform, new_page):
    name, sku = shelf(platform, 3)
    page, reviewer = new_page("usr_pat", "phone"), new_page("usr_mia")
    page.goto("/inventory/counts")
    page.get_by_role("link", name="Start a count").click()
    page.get_by_label("Name").fill(f"Phone {sku}")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_label("Barcode or SKU")).to_be_focused()
    for _ in range(3):
        wedge(page, sku.lower())
    expect(counted(page, name)).to_have_text("3")
    expect(page.locator("#count-said")).to_have_text(f"{name}: 3 counted")
    expect(page.get_by_label("Barcode or SKU")).to_be_focused()
    expect(page.get_by_text("1 of 1 counted")).to_be_visible()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("Submitted for review.")).to_be_visible()
    reviewer.goto(page.url + "/review")
    reviewer.get_by_role("button", name="Post the count").click()
    expect(reviewer.get_by_text("Posted: stock is as it was counted.")).to_be_visible()


def test_scans_without_a_network_are_kept_and_sent_in_order(platform, new_page):
    name, sku = shelf(platform, 3)
    page = new_page("usr_pat", "phone")
    page.goto(f"/inventory/counts/{start(platform)['id']}")
    page.context.set_offline(True)
    for _ in range(2):
        wedge(page, sku)
    expect(page.get_by_text("2 scans are sent when the network is back.")).to_be_visible()
    page.get_by_label("Quantity").fill("7")
    page.get_by_text("Lot, expiry date and how it counts").click()
    page.get_by_label("Replace what was counted").check()
    page.get_by_label("Barcode or SKU").focus()
    wedge(page, sku)
    expect(page.get_by_text("3 scans are sent when the network is back.")).to_be_visible()
    page.context.set_offline(False)
    expect(counted(page, name)).to_have_text("7")
    expect(page.locator("#count-kept")).to_be_hidden()


def test_kept_scans_are_sent_when_the_page_is_opened_again(platform, new_page):
    name, sku = shelf(platform, 3)
    page = new_page("usr_pat", "phone")
    here = f"/inventory/counts/{start(platform)['id']}"
    page.goto(here)
    page.route("**/scans", lambda route: route.abort())
    wedge(page, sku)
    expect(page.locator("#count-kept")).to_be_visible()
    page.unroute("**/scans")
    page.goto(here)
    expect(counted(page, name)).to_have_text("1")


def test_what_a_colleague_counts_shows_and_so_do_they(platform, new_page):
    name, sku = shelf(platform, 3)
    count = start(platform)
    pat, mia = new_page("usr_pat"), new_page("usr_mia")
    for page in (pat, mia):
        page.goto(f"/inventory/counts/{count['id']}")
        expect(page.get_by_text("0 of 0 counted")).to_be_visible()
    expect(pat.get_by_text("Here now: Pat Example, Mia Demo")).to_be_visible()
    wedge(mia, sku)
    expect(counted(pat, name)).to_have_text("1")
    expect(pat.get_by_text("1 of 1 counted")).to_be_visible()
    wedge(pat, sku)
    expect(counted(mia, name)).to_have_text("2")


def test_code_that_is_not_known_can_be_entered_again(platform, new_page):
    page = new_page("usr_pat", "phone")
    page.goto(f"/inventory/counts/{start(platform)['id']}")
    wedge(page, "MISSING-7")
    problem = page.get_by_role("list", name="Not counted").get_by_role("listitem")
    expect(problem).to_contain_text("MISSING-7, 1: Barcode is not known.")
    assert_accessible(page)
    problem.get_by_role("button", name="Enter again").click()
    expect(page.get_by_label("Barcode or SKU")).to_have_value("MISSING-7")
    expect(problem).to_have_count(0)
