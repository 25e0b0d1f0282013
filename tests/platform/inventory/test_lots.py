"""Lots: their list, quarantine and release, on the real runtime."""

from uuid import uuid4

import pytest

from tests.platform.auth.factories import make_person
from tests.platform.inventory.factories import add_lot, add_lot_tracked_item, add_stock, assert_error, day

pytestmark = pytest.mark.runtime

API = "/inventory/api/v1/lots"


def add(platform, lot_number, location_id="loc_aa", **changes):
    """An item with one lot; its item id and the lot's id."""
    item_id = add_lot_tracked_item(platform)
    add_stock(platform, item_id, 6, location_id)
    add_lot(platform, item_id, lot_number, 6, location_id=location_id, **changes)
    (lot,) = platform.rows("SELECT id FROM inventory_lots WHERE item_id = ?", item_id)
    return item_id, lot["id"]


def decide(platform, lot_id, action, person="usr_mia", reason="recall notice"):
    return platform.post(f"{API}/{lot_id}/{action}", person=person, json={"reason": reason})


def listed(platform, person="usr_mia", **query):
    answer = platform.get(API, person=person, params=query)
    assert answer.status_code == 200, answer.text
    return [line["lot"]["lot_number"] for line in answer.json()["items"]]


def test_quarantine_takes_a_lot_out_of_use_and_release_gives_it_back(platform):
    item_id, lot_id = add(platform, "Q1", expires_on=day(90))
    lot = decide(platform, lot_id, "quarantine").json()
    assert (lot["status"], lot["quarantine_reason"]) == ("quarantined", "recall notice")
    (stock,) = platform.get(f"/inventory/api/v1/items/{item_id}", person="usr_pat").json()["stock"]
    assert (stock["on_hand"], stock["usable"], stock["version"]) == (6, 0, 2)
    assert_error(decide(platform, lot_id, "quarantine"), 409, "INVALID_TRANSITION")
    lot = decide(platform, lot_id, "release").json()
    assert (lot["status"], lot["quarantine_reason"]) == ("available", None)
    assert_error(decide(platform, lot_id, "release"), 409, "INVALID_TRANSITION")
    actions = platform.rows("SELECT action FROM audit_logs WHERE record_id = ? ORDER BY id", lot_id)
    assert [row["action"] for row in actions] == ["inventory:quarantine", "inventory:release"]


def test_staff_decide_no_lot_and_nobody_one_of_a_foreign_location(platform):
    _, lot_id = add(platform, "Q2", "loc_wx")
    assert_error(decide(platform, lot_id, "quarantine", "usr_wes"), 403, "FORBIDDEN")
    elsewhere = make_person(platform, home="loc_py")
    platform.run(
        "INSERT INTO user_permissions (user_id, permission, granted_at) VALUES (?, ?, '2026-01-01')",
        elsewhere, "inventory:adjust",
    )  # fmt: skip
    assert_error(decide(platform, lot_id, "quarantine", elsewhere), 404, "NOT_FOUND")


def test_reason_is_asked_for(platform):
    _, lot_id = add(platform, "Q3")
    assert_error(decide(platform, lot_id, "quarantine", reason="x"), 400, "VALIDATION_ERROR")


def test_list_filters_by_number_days_and_location(platform):
    word = uuid4().hex[:8].upper()
    add(platform, f"{word}-B", expires_on=day(40))
    add(platform, f"{word}-A", expires_on=day(10))
    add(platform, f"{word}-W", "loc_wx", expires_on=day(20))
    assert listed(platform, lot_number=word.lower()) == [f"{word}-A", f"{word}-W", f"{word}-B"]
    assert listed(platform, lot_number=word, days=30) == [f"{word}-A", f"{word}-W"]
    assert listed(platform, lot_number=word, location_id="loc_wx") == [f"{word}-W"]
    assert listed(platform, "usr_pat", lot_number=word) == [f"{word}-A", f"{word}-B"]


def test_form_holds_a_lot_back(platform):
    item_id, lot_id = add(platform, "Q4")
    address = f"/inventory/lots/{lot_id}/quarantine"
    assert "Quarantine lot Q4" in platform.get(address, person="usr_mia").text
    page = platform.post(address, person="usr_mia", data={"reason": ""})
    assert page.status_code == 400
    assert 'href="#lot-reason"' in page.text
    answer = platform.post(address, person="usr_mia", data={"reason": "broken seal"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/inventory/items/{item_id}")
    page = platform.get("/inventory/lots", person="usr_mia", params={"lot_number": "Q4"})
    assert "Quarantine</span>" in page.text or "Quarantined" in page.text
    assert f"/inventory/lots/{lot_id}/release" in page.text
