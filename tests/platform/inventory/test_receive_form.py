"""Receiving by the form, without script, on the real runtime."""

import re

import pytest

from tests.platform.inventory.factories import (
    add_item,
    add_lot_tracked_item,
    add_stock,
    day,
    movement_rows,
    stock_rows,
)

pytestmark = pytest.mark.runtime


def form_of(page):
    """The hidden fields of the form on a page; those of the header are not its own."""
    main = page.text.partition("<main")[2]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', main))


def open_form(platform, item_id, person="usr_pat", **query):
    page = platform.get(f"/inventory/items/{item_id}/receive", person=person, params=query)
    assert page.status_code == 200, page.text
    return form_of(page)


def send(platform, item_id, fields, person="usr_pat"):
    return platform.post(f"/inventory/items/{item_id}/receive", person=person, data=fields)


def test_saved_delivery_leads_back_to_the_item_with_a_message(platform):
    item_id = add_item(platform, name="Message item")
    add_stock(platform, item_id, 14)
    answer = send(platform, item_id, open_form(platform, item_id) | {"quantity": "12", "note": ""})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/inventory/items/{item_id}")
    flash = answer.headers["set-cookie"].partition(";")[0]
    page = platform.get(f"/inventory/items/{item_id}", person="usr_pat", headers={"cookie": flash})
    assert "Received 12 of Message item; 26 on hand." in page.text
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 26


def test_wrong_quantity_is_explained_and_what_was_typed_stays(platform):
    item_id = add_item(platform)
    fields = open_form(platform, item_id) | {"quantity": "0", "note": "left carton"}
    page = send(platform, item_id, fields)
    assert page.status_code == 400
    assert 'href="#receive-quantity"' in page.text
    assert "Quantity must be at least 1" in page.text
    assert 'name="quantity" type="number" value="0"' in page.text
    assert "left carton</textarea>" in page.text
    assert movement_rows(platform, item_id) == []


def test_missing_lot_number_is_explained_at_its_field(platform):
    item_id = add_lot_tracked_item(platform)
    page = send(platform, item_id, open_form(platform, item_id) | {"quantity": "3"})
    assert page.status_code == 400
    assert 'href="#receive-lot_number"' in page.text
    assert 'value="3"' in page.text


def test_expired_lot_is_explained_at_its_field(platform):
    item_id = add_lot_tracked_item(platform)
    typed = {"quantity": "3", "lot_number": "a1", "expires_on": day(-1)}
    page = send(platform, item_id, open_form(platform, item_id) | typed)
    assert page.status_code == 409
    assert 'href="#receive-expires_on"' in page.text
    assert f'value="{day(-1)}"' in page.text


def test_outdated_form_shows_what_is_on_hand_now_and_can_be_sent_again(platform):
    item_id = add_item(platform)
    add_stock(platform, item_id, 14)
    outdated = open_form(platform, item_id)
    send(platform, item_id, open_form(platform, item_id) | {"quantity": "12"})
    page = send(platform, item_id, outdated | {"quantity": "5", "note": "second carton"})
    assert page.status_code == 409
    assert "There are 26 on hand now." in page.text
    assert 'value="5"' in page.text
    assert "second carton</textarea>" in page.text
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 26
    assert send(platform, item_id, form_of(page) | {"quantity": "5"}).status_code == 303
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 31


def test_form_sent_twice_is_saved_once(platform):
    item_id = add_item(platform)
    fields = open_form(platform, item_id) | {"quantity": "12"}
    assert [send(platform, item_id, fields).status_code for _ in range(2)] == [303, 303]
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 12


def test_form_sent_again_with_another_quantity_asks_first(platform):
    item_id = add_item(platform)
    fields = open_form(platform, item_id)
    send(platform, item_id, fields | {"quantity": "12"})
    page = send(platform, item_id, fields | {"quantity": "4"})
    assert page.status_code == 409
    assert "already used for another change" in page.text
    assert send(platform, item_id, form_of(page) | {"quantity": "4"}).status_code == 303
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 16


def test_form_is_for_the_chosen_location(platform):
    item_id = add_item(platform)
    fields = open_form(platform, item_id, person="usr_mia", location_id="loc_py")
    assert send(platform, item_id, fields | {"quantity": "2"}, person="usr_mia").status_code == 303
    assert [row["location_id"] for row in stock_rows(platform, item_id)] == ["loc_py"]


def test_form_for_a_foreign_location_is_not_found(platform):
    item_id = add_item(platform)
    fields = open_form(platform, item_id) | {"quantity": "2", "location_id": "loc_wx"}
    assert send(platform, item_id, fields).status_code == 404
    assert stock_rows(platform, item_id) == []


def test_form_without_its_hidden_fields_is_refused(platform):
    page = send(platform, add_item(platform), {"quantity": "2"})
    assert page.status_code == 400
    assert "Version is required" in page.text


def test_discontinued_item_has_no_form(platform):
    item_id = add_item(platform, status="discontinued")
    page = platform.get(f"/inventory/items/{item_id}/receive", person="usr_pat")
    assert "This item is discontinued" in page.text
    assert form_of(page) == {}


def test_note_asks_for_no_patient_information(platform):
    page = platform.get(f"/inventory/items/{add_item(platform)}/receive", person="usr_pat")
    assert "No patient information" in page.text
