"""Sending supplies from one location to another, in Chromium."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.platform.inventory.factories import add_item, add_stock

pytestmark = [pytest.mark.browser, pytest.mark.runtime]


def test_what_one_location_sends_the_other_receives(platform, new_page):
    name = f"Sent {uuid4().hex}"
    item_id = add_item(platform, name=name)
    add_stock(platform, item_id, 9)
    (item,) = platform.rows("SELECT sku FROM inventory_items WHERE id = ?", item_id)
    sender, receiver = new_page("usr_pat"), new_page("usr_wes", "phone")
    sender.goto("/inventory/transfers/new")
    sender.get_by_label("To", exact=False).last.select_option("Wixom")
    sender.get_by_role("button", name="Draft").click()
    sender.get_by_label("Barcode or SKU").fill(item["sku"])
    sender.get_by_label("Quantity").fill("5")
    sender.get_by_role("button", name="Save line").click()
    expect(sender.get_by_role("row", name=name)).to_contain_text("5")
    sender.get_by_role("button", name="Ship").click()
    expect(sender.get_by_text("Shipped: it is on its way.")).to_be_visible()
    receiver.goto(sender.url)
    receiver.get_by_label(name).fill("4")
    receiver.get_by_role("button", name="Receive").click()
    expect(receiver.get_by_text("Less arrived")).to_be_visible()
