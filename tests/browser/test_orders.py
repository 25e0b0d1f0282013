"""An order from the suggestion to the shelf as people go through it, in Chromium."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, assert_accessible, assert_fits
from tests.platform.inventory.factories import add_lot_tracked_item, add_stock, day, stock_rows
from tests.platform.inventory.test_orders import draft, offered, step

pytestmark = [pytest.mark.browser, pytest.mark.runtime]

# All other suggestions are left out, as somebody does who wants one item alone.
LEAVE_OUT = "(fields, own) => fields.forEach((field) => { if (field.name !== own) field.value = '0' })"


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def fill(page, group, values):
    for label, value in values.items():
        page.get_by_role("group", name=group).get_by_label(label).fill(value)


def status(page, words):
    """Wait until the page says how far the order is."""
    expect(page.locator("[data-live-key^='order.']").first).to_have_text(words)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_order_is_proposed_approved_sent_and_received_in_parts(platform, new_page, width):
    """Worked examples 6 and 8, by hand: 4 packs of 5 reach par 20; 3 come in two lots, then the last."""
    name = f"Ordered {uuid4().hex[:8]}"
    item_id = offered(platform, 1000, 5, add_lot_tracked_item(platform, name=name))
    add_stock(platform, item_id, 0, reorder_point=8, par_level=20)
    buyer, manager = new_page("usr_pat", width), new_page("usr_mia", width)

    buyer.goto("/inventory/reorder")
    own = f"packs.{item_id}"
    expect(buyer.locator(f"[name='{own}']")).to_have_value("4")
    buyer.locator("[name^='packs.']").evaluate_all(LEAVE_OUT, own)
    press(buyer, "Draft the orders")
    buyer.get_by_role("link", name=re.compile(r"^PO-\d{4}-\d{5}$")).first.click()
    expect(buyer.get_by_role("table", name="Lines").get_by_text(name)).to_be_visible()
    press(buyer, "Submit for approval")
    status(buyer, "To approve")

    order = buyer.url
    manager.goto(order)
    press(manager, "Approve")
    status(manager, "Approved")
    status(buyer, "Approved")  # by itself
    buyer.get_by_label("Vendor's order number").first.fill("V-77")
    press(buyer, "Mark as ordered")
    status(buyer, "Ordered")
    status(manager, "Ordered")

    buyer.get_by_role("link", name="Receive", exact=True).click()
    assert_fits(buyer)
    fill(buyer, f"{name}, lot 1", {"Packs": "2", "Lot number": "N1", "Expiry date": day(90)})
    buyer.get_by_text(f"More lots of {name}").click()
    fill(buyer, f"{name}, lot 2", {"Packs": "1", "Lot number": "N2"})
    assert_accessible(buyer)
    press(buyer, "Receive")
    status(buyer, "Received in part")
    status(manager, "Received in part")
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 15

    buyer.get_by_role("link", name="Receive", exact=True).click()
    (item,) = platform.rows("SELECT sku FROM inventory_items WHERE id = ?", item_id)
    for code, said in (("NO-SUCH-CODE", "No item has this code"), (item["sku"], "1 pack, of 1 to come")):
        buyer.get_by_label("Code").fill(code)
        buyer.keyboard.press("Enter")  # as a hand scanner does
        expect(buyer.locator("#receive-said")).to_contain_text(said)
    expect(buyer.get_by_role("group", name=f"{name}, lot 1").get_by_label("Packs")).to_have_value("1")
    assert_accessible(buyer)
    fill(buyer, f"{name}, lot 1", {"Lot number": "N2"})
    press(buyer, "Receive")
    status(buyer, "Received")
    expect(manager.get_by_text("Received, ")).to_be_visible()
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 20


def test_a_reason_that_is_being_typed_stays_when_somebody_else_is_faster(platform, new_page):
    order = draft(platform, (offered(platform, 100, 1), 1)).json()["order"]
    step(platform, order, "submit")
    page = new_page("usr_mia")
    page.goto(f"/inventory/orders/{order['id']}")
    page.get_by_label("Reason").first.fill("Not this month")
    assert step(platform, order, "approve", "usr_sam").status_code == 200
    status(page, "Approved")
    expect(page.get_by_text("This order has changed")).to_be_visible()
    expect(page.get_by_label("Reason").first).to_have_value("Not this month")


def test_the_overview_follows_alerts_and_orders(platform, new_page):
    page = new_page("usr_pat")
    page.goto("/inventory/")
    tile = page.locator(".stat", has_text="Open orders").locator(".stat-value")
    before = int(tile.inner_text().replace(",", ""))
    order = draft(platform, (offered(platform, 100, 1), 1)).json()["order"]
    step(platform, order, "submit")
    expect(tile).to_have_text(f"{before + 1:,}")
    step(platform, order, "withdraw")
    expect(tile).to_have_text(f"{before:,}")
