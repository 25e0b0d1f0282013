"""Receiving by a program, on the real runtime."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.platform.inventory.factories import (
    add_item,
    add_lot,
    add_lot_tracked_item,
    add_stock,
    assert_error,
    audit_rows,
    day,
    make_receipt,
    movement_rows,
    stock_rows,
)

pytestmark = pytest.mark.runtime


def receive(platform, body, person="usr_pat"):
    return platform.post("/inventory/api/v1/receipts", person=person, json=body)


def at_once(platform, bodies):
    """Send receipts at the same time."""
    platform.sign_in("usr_pat")
    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(lambda body: receive(platform, body), bodies))


def test_receipt_writes_stock_movement_and_audit_row(platform):
    item_id = add_item(platform, unit_cost_cents=425)
    add_stock(platform, item_id, 14)
    answer = receive(platform, make_receipt(item_id, version=1, note="two cartons"))
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert body["duplicate"] is False
    assert (body["stock"]["on_hand"], body["stock"]["version"]) == (26, 2)
    assert stock_rows(platform, item_id) == [{"location_id": "loc_aa", "quantity_on_hand": 26, "version": 2}]
    movement = movement_rows(platform, item_id)[-1]
    assert body["movement"]["id"] == movement["id"]
    assert (movement["previous_quantity"], movement["quantity_change"], movement["new_quantity"]) == (
        14,
        12,
        26,
    )
    assert (movement["movement_type"], movement["unit_cost_cents"]) == ("receipt", 425)
    assert (movement["user_id"], movement["note"]) == ("usr_pat", "two cartons")
    (audit,) = audit_rows(platform, item_id)
    assert (audit["action"], audit["record_id"]) == ("inventory:receive", movement["id"])
    assert (audit["user_id"], audit["location_id"]) == ("usr_pat", "loc_aa")
    assert audit["request_id"] == answer.headers["x-request-id"]
    assert "two cartons" not in audit["fields_json"]


def test_first_receipt_of_an_item_makes_its_stock_row(platform):
    item_id = add_item(platform)
    assert receive(platform, make_receipt(item_id)).status_code == 201
    assert stock_rows(platform, item_id) == [{"location_id": "loc_aa", "quantity_on_hand": 12, "version": 1}]


def test_outdated_version_is_refused_with_the_current_row_and_changes_nothing(platform):
    item_id = add_item(platform)
    add_stock(platform, item_id, 14)
    assert receive(platform, make_receipt(item_id, version=1)).status_code == 201
    details = assert_error(receive(platform, make_receipt(item_id, version=1)), 409, "VERSION_CONFLICT")
    assert (details["current"]["on_hand"], details["current"]["version"]) == (26, 2)
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 26
    assert len(movement_rows(platform, item_id)) == 2
    assert len(audit_rows(platform, item_id)) == 1


def test_version_of_a_stock_row_that_is_not_there_is_refused(platform):
    item_id = add_item(platform)
    details = assert_error(receive(platform, make_receipt(item_id, version=3)), 409, "VERSION_CONFLICT")
    assert details["current"] is None
    assert stock_rows(platform, item_id) == []


def test_receipt_sent_again_answers_with_the_first_movement_and_changes_nothing(platform):
    item_id = add_item(platform)
    body = make_receipt(item_id)
    first, second = receive(platform, body), receive(platform, body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == first.json() | {"duplicate": True}
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 12
    assert len(movement_rows(platform, item_id)) == len(audit_rows(platform, item_id)) == 1


def test_receipt_sent_again_is_harmless_after_the_item_was_discontinued(platform):
    item_id = add_item(platform)
    body = make_receipt(item_id)
    receive(platform, body)
    platform.run("UPDATE inventory_items SET status = 'discontinued' WHERE id = ?", item_id)
    assert receive(platform, body).json()["duplicate"] is True


def test_reference_of_another_delivery_is_refused(platform):
    item_id = add_item(platform)
    body = make_receipt(item_id)
    receive(platform, body)
    assert_error(receive(platform, body | {"quantity": 13}), 409, "CLIENT_REF_REUSED")
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 12


def test_reference_of_another_person_tells_nothing_of_their_delivery(platform):
    body = make_receipt(add_item(platform), location_id="loc_wx")
    receive(platform, body, person="usr_wes")
    item_id = add_item(platform)
    mine = make_receipt(item_id, client_ref=body["client_ref"])
    assert assert_error(receive(platform, mine), 409, "CLIENT_REF_REUSED") == {}
    # The index refused the last but one statement of the batch; those before it are undone as well.
    assert stock_rows(platform, item_id) == movement_rows(platform, item_id) == []


def test_of_two_different_receipts_at_once_one_is_told_to_look_again(platform):
    item_id = add_item(platform)
    add_stock(platform, item_id, 14)
    answers = at_once(platform, [make_receipt(item_id, version=1, quantity=quantity) for quantity in (1, 2)])
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    (refused,) = (answer for answer in answers if answer.status_code == 409)
    (booked,) = (answer.json() for answer in answers if answer.status_code == 201)
    current = assert_error(refused, 409, "VERSION_CONFLICT")["current"]
    assert current["on_hand"] == 14 + booked["movement"]["quantity_change"]
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == current["on_hand"]


def test_the_same_receipt_sent_many_times_at_once_counts_once(platform):
    item_id = add_item(platform)
    add_stock(platform, item_id, 14)
    answers = at_once(platform, [make_receipt(item_id, version=1)] * 4)
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.json()["movement"]["id"] for answer in answers}) == 1
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 26


def test_lot_tracked_item_is_received_into_its_lot(platform):
    item_id = add_lot_tracked_item(platform)
    body = make_receipt(item_id, lot_number="demo26c", expires_on=day(200))
    assert receive(platform, body).json()["movement"]["lot_number"] == "DEMO26C"
    assert receive(platform, make_receipt(item_id, lot_number="DEMO26C", version=1)).status_code == 201
    lots = platform.rows(
        "SELECT lot_number, quantity, expires_on FROM inventory_lots WHERE item_id = ?", item_id
    )
    assert lots == [{"lot_number": "DEMO26C", "quantity": 24, "expires_on": day(200)}]
    assert all(movement["lot_id"] for movement in movement_rows(platform, item_id))


def test_lot_tracked_item_without_a_lot_number_is_refused(platform):
    item_id = add_lot_tracked_item(platform)
    assert_error(receive(platform, make_receipt(item_id)), 400, "LOT_REQUIRED")
    assert stock_rows(platform, item_id) == []


def test_lot_can_be_received_on_its_expiry_date_and_not_the_day_after(platform):
    """Worked example 5, for receiving."""
    item_id = add_lot_tracked_item(platform)
    gone = make_receipt(item_id, lot_number="A1", expires_on=day(-1))
    assert_error(receive(platform, gone), 409, "LOT_EXPIRED")
    assert receive(platform, make_receipt(item_id, lot_number="A2", expires_on=day(0))).status_code == 201


def test_lot_with_another_expiry_date_than_known_is_refused(platform):
    item_id = add_lot_tracked_item(platform)
    add_stock(platform, item_id, 5)
    add_lot(platform, item_id, "A1", 5, expires_on=day(60))
    body = make_receipt(item_id, version=1, lot_number="A1", expires_on=day(61))
    assert assert_error(receive(platform, body), 409, "LOT_EXPIRY_MISMATCH")["expires_on"] == day(60)


def test_the_same_lot_number_at_another_location_is_another_lot(platform):
    item_id = add_lot_tracked_item(platform)
    for location_id in ("loc_aa", "loc_wx"):
        body = make_receipt(item_id, location_id=location_id, lot_number="A1", expires_on=day(60))
        assert receive(platform, body, person="usr_mia").status_code == 201
    rows = platform.rows("SELECT quantity FROM inventory_lots WHERE item_id = ?", item_id)
    assert [row["quantity"] for row in rows] == [12, 12]


def test_discontinued_item_is_not_received(platform):
    item_id = add_item(platform, status="discontinued")
    assert_error(receive(platform, make_receipt(item_id)), 409, "ITEM_DISCONTINUED")


@pytest.mark.parametrize(
    "changes",
    [
        {"quantity": 0},
        {"quantity": 2.5},
        {"quantity": 10_001},
        {"version": -1},
        {"client_ref": "not-a-uuid"},
        {"note": "x" * 501},
        {"lot_number": "A1"},
        {"price": 3},
    ],
    ids=lambda changes: "-".join(map(str, *changes.items()))[:20],
)
def test_wrong_field_is_refused_and_named(platform, changes):
    """Worked example 4, the bounds of a quantity."""
    item_id = add_item(platform)
    details = assert_error(receive(platform, make_receipt(item_id) | changes), 400, "VALIDATION_ERROR")
    assert set(details["fields"]) == set(changes)
    assert stock_rows(platform, item_id) == []


def test_receipt_for_a_foreign_location_is_not_found_and_changes_nothing(platform):
    item_id = add_item(platform)
    assert_error(receive(platform, make_receipt(item_id, location_id="loc_wx")), 404, "NOT_FOUND")
    assert stock_rows(platform, item_id) == []


def test_receipt_of_an_unknown_item_is_not_found(platform):
    assert_error(receive(platform, make_receipt("no-such-item")), 404, "NOT_FOUND")


def test_receipt_from_another_site_is_refused(platform):
    item_id = add_item(platform)
    answer = platform.post(
        "/inventory/api/v1/receipts",
        person="usr_pat",
        json=make_receipt(item_id),
        headers={"sec-fetch-site": "cross-site"},
    )
    assert_error(answer, 403, "CROSS_ORIGIN")
    assert stock_rows(platform, item_id) == []


def test_receipt_needs_a_person(platform):
    assert_error(receive(platform, make_receipt("itm"), person=None), 401, "UNAUTHENTICATED")


def test_every_request_that_moved_stock_has_its_audit_row(platform):
    receive(platform, make_receipt(add_item(platform)))
    receive(platform, make_receipt(add_item(platform), client_ref=str(uuid4()), version=9))
    assert not platform.rows(
        # What an order received is audited as a step of the order.
        "SELECT id FROM stock_movements"
        " WHERE client_ref IS NOT NULL AND client_seq = 0 AND reference_id IS NULL"
        " AND id NOT IN (SELECT record_id FROM audit_logs WHERE record_type = 'stock_movement')"
    )
