"""Receiving a delivery as a person does it, in Chromium."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.platform.inventory.factories import add_item, add_stock

pytestmark = [pytest.mark.browser, pytest.mark.runtime]


def on_hand(page):
    return page.get_by_role("table", name="Levels by location").locator("td[data-label='On hand']")


def test_a_person_searches_an_item_and_receives_a_delivery(platform, new_page):
    word = uuid4().hex
    add_stock(platform, add_item(platform, name=f"Found {word}"), 14)
    page = new_page("usr_pat")
    page.goto("/inventory/items")
    page.get_by_label("Name, SKU or barcode").fill(word)
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name=f"Found {word}").click()
    expect(on_hand(page)).to_have_text("14")
    page.get_by_role("link", name="Receive").click()
    page.get_by_label("Quantity").fill("12")
    page.get_by_role("button", name="Receive").click()
    expect(page.get_by_text(f"Received 12 of Found {word}; 26 on hand.")).to_be_visible()
    expect(on_hand(page)).to_have_text("26")


def test_the_second_of_two_open_forms_is_told_what_changed_and_can_be_saved(platform, new_page):
    item_id = add_item(platform)
    add_stock(platform, item_id, 14)
    first = new_page("usr_pat")
    second = first.context.new_page()
    for page in (first, second):
        page.goto(f"/inventory/items/{item_id}/receive")
    first.get_by_label("Quantity").fill("12")
    first.get_by_role("button", name="Receive").click()
    expect(on_hand(first)).to_have_text("26")
    second.get_by_label("Quantity").fill("5")
    second.get_by_role("button", name="Receive").click()
    expect(second.get_by_text("There are 26 on hand now.")).to_be_visible()
    expect(second.get_by_label("Quantity")).to_have_value("5")
    second.get_by_role("button", name="Receive").click()
    expect(on_hand(second)).to_have_text("31")


def test_a_mistake_is_named_and_leads_to_its_field(platform, new_page):
    item_id = add_item(platform)
    page = new_page("usr_pat")
    page.goto(f"/inventory/items/{item_id}/receive")
    page.get_by_label("Quantity").fill("0")
    page.get_by_role("button", name="Receive").click()
    page.get_by_role("link", name="Quantity must be at least 1").click()
    expect(page.get_by_label("Quantity")).to_be_focused()
    expect(page.get_by_label("Quantity")).to_have_attribute("aria-invalid", "true")


def test_receiving_works_without_script(platform, new_page):
    item_id = add_item(platform)
    page = new_page("usr_pat", script=False)
    page.goto(f"/inventory/items/{item_id}/receive")
    page.get_by_label("Quantity").fill("12")
    page.get_by_role("button", name="Receive").click()
    expect(on_hand(page)).to_have_text("12")
