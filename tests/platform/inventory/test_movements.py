"""The ledger, on the real runtime."""

import re

import pytest

from tests.platform.inventory.factories import (
    add_item,
    add_lot_tracked_item,
    add_movement,
    add_stock,
    day,
    make_receipt,
    movement_rows,
    sums,
)

pytestmark = pytest.mark.runtime

API = "/inventory/api/v1/movements"


def ledger(platform, person="usr_pat", **query):
    answer = platform.get(API, person=person, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_ledger_is_read_newest_first_in_parts(platform):
    item_id = add_item(platform)
    for number in range(5):
        add_movement(platform, item_id, number + 1, created_at=f"2026-01-0{number + 1}T15:00:00.000Z")
    read, cursor = [], None
    while True:
        query = {"item_id": item_id, "limit": 2} | ({"cursor": cursor} if cursor else {})
        part = ledger(platform, **query)
        read += [movement["quantity_change"] for movement in part["items"]]
        cursor = part["next_cursor"]
        if cursor is None:
            break
    assert read == [5, 4, 3, 2, 1]


def test_page_of_the_ledger_is_filtered_and_leads_on_to_older_movements(platform):
    item_id = add_item(platform)
    (item,) = platform.rows("SELECT sku FROM inventory_items WHERE id = ?", item_id)
    for number in range(3):
        add_movement(platform, item_id, number + 1, created_at=f"2026-01-0{number + 1}T15:00:00.000Z")

    def shown(**query):
        page = platform.get("/inventory/movements", "usr_pat", params={"sku": item["sku"].lower(), **query})
        assert page.status_code == 200, page.text
        older = re.search(r'<a[^>]*cursor=([^"&]+)[^>]*>\s*(?:<[^>]+>\s*)*Older', page.text)
        return re.findall(r">\+(\d)<", page.text), older and older[1]

    newest, cursor = shown(limit=2)
    assert newest == ["3", "2"]
    assert shown(limit=2, cursor=cursor) == (["1"], None)
    assert shown(type="waste")[0] == []
    assert shown(**{"from": "2026-01-02", "to": "2026-01-02", "user_id": ""})[0] == ["2"]


def test_movements_of_the_same_instant_are_each_read_once(platform):
    item_id = add_item(platform)
    for quantity in (1, 2, 3):
        add_movement(platform, item_id, quantity, created_at="2026-01-01T15:00:00.000Z")
    first = ledger(platform, item_id=item_id, limit=2)
    second = ledger(platform, item_id=item_id, limit=2, cursor=first["next_cursor"])
    changes = [movement["quantity_change"] for movement in first["items"] + second["items"]]
    assert sorted(changes) == [1, 2, 3]


def test_ledger_shows_the_persons_locations_only(platform):
    item_id = add_item(platform)
    add_stock(platform, item_id, 3, "loc_aa")
    add_stock(platform, item_id, 7, "loc_wx")
    assert [entry["location_id"] for entry in ledger(platform, item_id=item_id)["items"]] == ["loc_aa"]
    assert len(ledger(platform, "usr_mia", item_id=item_id)["items"]) == 2
    theirs = ledger(platform, "usr_mia", item_id=item_id, location_id="loc_wx")["items"]
    assert [entry["quantity_change"] for entry in theirs] == [7]


@pytest.mark.parametrize("limit", [0, 101])
def test_limit_out_of_bounds_is_refused(platform, limit):
    assert platform.get(API, person="usr_pat", params={"limit": limit}).status_code == 400


@pytest.mark.parametrize("change", ["UPDATE stock_movements SET note = 'x'", "DELETE FROM stock_movements"])
def test_movements_never_change(platform, change):
    item_id = add_item(platform)
    add_movement(platform, item_id, 4)
    before = movement_rows(platform, item_id)
    with pytest.raises(Exception, match="append-only"):
        platform.run(f"{change} WHERE item_id = ?", item_id)
    assert movement_rows(platform, item_id) == before


def test_stock_is_the_sum_of_movements_and_lots_after_a_mixed_sequence(platform):
    item_id = add_lot_tracked_item(platform)
    version = 0
    for lot_number, quantity, is_right in (
        ("A1", 5, True),
        ("B2", 7, True),
        ("A1", 2, False),
        ("A1", 3, True),
        ("", 9, True),
    ):
        body = make_receipt(item_id, quantity=quantity, version=version if is_right else 99)
        if lot_number:
            body |= {"lot_number": lot_number, "expires_on": day(100)}
        answer = platform.post("/inventory/api/v1/receipts", person="usr_pat", json=body)
        version += answer.status_code == 201
    assert sums(platform, item_id) == {"stock": 15, "movements": 15, "lots": 15}
