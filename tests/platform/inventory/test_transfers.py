"""Transfers, by a program and by forms, on the real runtime."""

import re

import pytest

from tests.platform.inventory.factories import (
    add_item,
    add_lot,
    add_lot_tracked_item,
    add_stock,
    day,
    stock_rows,
)
from tests.platform.inventory.test_count_pages import hidden, open_page
from tests.platform.inventory.test_counts import assert_error

pytestmark = pytest.mark.runtime

API = "/inventory/api/v1/transfers"


def draft(platform, *lines, person="usr_pat", **changes):
    body = {"from_location_id": "loc_aa", "to_location_id": "loc_wx", "lines": list(lines)} | changes
    return platform.post(API, person=person, json=body)


def step(platform, transfer, name, person="usr_pat", **body):
    version = platform.get(f"{API}/{transfer['id']}", person=person).json()["transfer"]["version"]
    return platform.post(f"{API}/{transfer['id']}/{name}", person=person, json={"version": version, **body})


def receive(platform, transfer, quantity, person="usr_wes"):
    lines = platform.get(f"{API}/{transfer['id']}", person=person).json()["lines"]
    received = [{"line_id": line["id"], "received_quantity": quantity} for line in lines]
    return step(platform, transfer, "receive", person, lines=received)


def test_a_transfer_is_drafted_shipped_and_received_with_a_discrepancy(platform):
    """Worked example 10."""
    item_id = add_item(platform)
    add_stock(platform, item_id, 14)
    transfer = draft(platform, {"item_id": item_id, "quantity": 10}).json()["transfer"]
    assert re.fullmatch(r"TR-\d{4}-\d{5}", transfer["transfer_number"])
    assert step(platform, transfer, "ship").json()["transfer"]["status"] == "in_transit"
    assert assert_error(receive(platform, transfer, 11), 409, "OVER_RECEIPT")["sent"] == 10
    received = receive(platform, transfer, 8).json()["transfer"]
    assert (received["status"], received["has_discrepancy"]) == ("received", True)
    held = {row["location_id"]: row["quantity_on_hand"] for row in stock_rows(platform, item_id)}
    assert held == {"loc_aa": 4, "loc_wx": 8}
    movements = platform.rows(
        "SELECT movement_type, quantity_change FROM stock_movements WHERE reference_id = ? ORDER BY id",
        transfer["id"],
    )
    assert [tuple(row.values()) for row in movements] == [("transfer_out", -10), ("transfer_in", 8)]
    link = f"/inventory/transfers/{transfer['id']}"
    told = platform.rows("SELECT user_id, title FROM notifications WHERE link = ?", link)
    assert "usr_mia" in {row["user_id"] for row in told}
    statuses = platform.rows(
        "SELECT fields_json ->> '$.status' AS status FROM audit_logs WHERE record_id = ? ORDER BY sequence",
        transfer["id"],
    )
    assert [row["status"] for row in statuses] == [
        '[null,"draft"]',
        '["draft","in_transit"]',
        '["in_transit","received"]',
    ]


def test_the_same_location_twice_is_refused(platform):
    """Worked example 10, second part."""
    details = assert_error(draft(platform, to_location_id="loc_aa"), 400, "VALIDATION_ERROR")
    assert set(details["fields"]) == {"to_location_id"}


def test_transfers_are_seen_and_moved_by_the_people_of_their_places(platform):
    item_id = add_item(platform)
    add_stock(platform, item_id, 5)
    transfer = draft(platform, {"item_id": item_id, "quantity": 5}, person="usr_wes").json()["transfer"]
    elsewhere = draft(platform, person="usr_tia", from_location_id="loc_wx", to_location_id="loc_py")
    foreign = f"{API}/{elsewhere.json()['transfer']['id']}"
    assert_error(platform.get(foreign, person="usr_pat"), 404, "NOT_FOUND")
    assert_error(step(platform, transfer, "ship", "usr_wes"), 403, "FORBIDDEN")
    assert step(platform, transfer, "ship").status_code == 200
    assert_error(step(platform, transfer, "ship"), 409, "INVALID_TRANSITION")
    assert_error(receive(platform, transfer, 5, "usr_pat"), 403, "FORBIDDEN")
    assert step(platform, transfer, "cancel").json()["transfer"]["status"] == "cancelled"
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 5
    assert_error(draft(platform, from_location_id="loc_py", person="usr_pat"), 403, "FORBIDDEN")


def test_a_person_transfers_by_forms_alone(platform):
    item_id = add_lot_tracked_item(platform, name="Sent by form")
    add_stock(platform, item_id, 9)
    add_lot(platform, item_id, "A1", 4, expires_on=day(40))
    add_lot(platform, item_id, "B2", 5, expires_on=day(90))
    (item,) = platform.rows("SELECT sku FROM inventory_items WHERE id = ?", item_id)
    new = "/inventory/transfers/new"
    form = hidden(open_page(platform, new), new) | {"from_location_id": "loc_aa", "to_location_id": "loc_wx"}
    here = platform.post(new, person="usr_pat", data=form).headers["location"]
    for code, status in (("MISSING-7", 404), (item["sku"].lower(), 303)):
        page = open_page(platform, here)
        typed = hidden(page, f"{here}/lines") | {"barcode": code, "quantity": "6"}
        answer = platform.post(f"{here}/lines", person="usr_pat", data=typed)
        assert answer.status_code == status, answer.text
    ship = f"{here}/ship"
    answer = platform.post(ship, person="usr_pat", data=hidden(open_page(platform, here), ship))
    assert answer.headers["location"] == here
    page = open_page(platform, here, "usr_wes")
    names = re.findall(r'name="(received\.[^"]+)"[^>]*value="(\d+)"', page.text)
    assert [quantity for _, quantity in names] == ["4", "2"]
    typed = hidden(page, f"{here}/receive") | dict(names)
    wrong = platform.post(f"{here}/receive", person="usr_wes", data=typed | {names[0][0]: "x"})
    assert (wrong.status_code, "must be whole numbers" in wrong.text) == (400, True)
    assert platform.post(f"{here}/receive", person="usr_wes", data=typed).status_code == 303
    assert "Received" in open_page(platform, here).text
