"""Using, wasting, adjusting and returning, on the real runtime."""

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
    movement_rows,
    stock_rows,
    sums,
)
from tests.platform.inventory.test_receive_form import form_of

pytestmark = pytest.mark.runtime


def change(platform, item_id, movement_type, quantity, person="usr_pat", **fields):
    body = {"item_id": item_id, "location_id": "loc_aa", "movement_type": movement_type, "quantity": quantity}
    return platform.post("/inventory/api/v1/movements", person=person, json=body | fields)


def stocked(platform, quantity=10, **changes):
    item_id = add_item(platform, **changes)
    add_stock(platform, item_id, quantity)
    return item_id


def stocked_by_lot(platform, *lots, **changes):
    """An item with lots in Ann Arbor, each (number, quantity, days left)."""
    item_id = add_lot_tracked_item(platform, **changes)
    add_stock(platform, item_id, sum(quantity for _, quantity, _ in lots))
    for number, quantity, days_left in lots:
        add_lot(platform, item_id, number, quantity, expires_on=day(days_left))
    return item_id


def test_use_writes_stock_movement_and_audit_row(platform):
    item_id = stocked(platform, unit_cost_cents=425)
    answer = change(platform, item_id, "usage", 3, note="shelf B")
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert (body["stock"]["on_hand"], body["duplicate"]) == (7, False)
    movement = movement_rows(platform, item_id)[-1]
    assert (movement["movement_type"], movement["quantity_change"], movement["unit_cost_cents"]) == (
        "usage",
        -3,
        425,
    )
    (audit,) = audit_rows(platform, item_id)
    assert (audit["action"], audit["user_id"], audit["location_id"]) == (
        "inventory:usage",
        "usr_pat",
        "loc_aa",
    )
    assert "shelf B" not in audit["fields_json"]


def test_use_without_a_lot_takes_the_lots_by_expiry(platform):
    """Worked example 3."""
    item_id = stocked_by_lot(platform, ("B2", 10, 260), ("A1", 3, 80))
    body = change(platform, item_id, "usage", 5).json()
    steps = [
        (each["lot_number"], each["quantity_change"], each["previous_quantity"], each["new_quantity"])
        for each in body["movements"]
    ]
    assert steps == [("A1", -3, 13, 10), ("B2", -2, 10, 8)]
    assert body["stock"]["on_hand"] == 8


def test_more_than_there_is_is_refused_and_changes_nothing(platform):
    """Worked example 4."""
    item_id = stocked(platform, 2)
    assert assert_error(change(platform, item_id, "usage", 3), 409, "INSUFFICIENT_STOCK")["available"] == 2
    for quantity in (0, 2.5):
        assert_error(change(platform, item_id, "usage", quantity), 400, "VALIDATION_ERROR")
    assert len(movement_rows(platform, item_id)) == 1


def test_expired_lot_is_wasted_and_not_used(platform):
    """Worked example 5."""
    item_id = stocked_by_lot(platform, ("TODAY", 2, 0), ("GONE", 2, -1))
    assert change(platform, item_id, "usage", 1, lot_number="TODAY").status_code == 201
    assert_error(change(platform, item_id, "usage", 1, lot_number="GONE"), 409, "LOT_EXPIRED")
    wasted = change(platform, item_id, "waste", 1, lot_number="GONE", reason_code="expired")
    assert wasted.status_code == 201, wasted.text


def test_controlled_item_is_wasted_before_another_active_person(platform):
    item_id = stocked_by_lot(platform, ("A1", 5, 90), is_controlled=1)
    fields = {"lot_number": "A1", "reason_code": "damaged"}
    for witness in (None, "usr_pat", "usr_ina", "usr_nobody"):
        answer = change(platform, item_id, "waste", 1, **fields, witness_user_id=witness)
        assert_error(answer, 400, "WITNESS_REQUIRED")
    body = change(platform, item_id, "waste", 1, **fields, witness_user_id="usr_mia").json()
    assert body["movements"][0]["witness_name"] == "Mia Demo"


@pytest.mark.parametrize("kind", ["adjustment", "vendor_return"])
def test_staff_neither_adjust_nor_return(platform, kind):
    item_id = stocked(platform)
    reason = {"reason_code": "lost"} if kind == "adjustment" else {}
    details = assert_error(change(platform, item_id, kind, 1, **reason), 403, "FORBIDDEN")
    assert details["permission"] == "inventory:adjust"
    assert platform.get(f"/inventory/items/{item_id}/movements/{kind}", person="usr_pat").status_code == 403
    assert change(platform, item_id, kind, 1, "usr_mia", **reason).status_code == 201


def test_adjustment_adds_to_stock_that_was_never_here(platform):
    item_id = add_lot_tracked_item(platform)
    fields = {"lot_number": "found1", "expires_on": day(90), "reason_code": "found"}
    body = change(platform, item_id, "adjustment", 4, "usr_mia", **fields).json()
    assert (body["stock"]["on_hand"], body["stock"]["version"]) == (4, 1)
    assert sums(platform, item_id) == {"stock": 4, "movements": 4, "lots": 4}


def test_change_sent_again_is_booked_once(platform):
    item_id = stocked_by_lot(platform, ("A1", 3, 80), ("B2", 10, 260))
    reference = str(uuid4())
    first = change(platform, item_id, "usage", 5, client_ref=reference)
    second = change(platform, item_id, "usage", 5, client_ref=reference)
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == first.json() | {"duplicate": True}
    assert_error(change(platform, item_id, "usage", 6, client_ref=reference), 409, "CLIENT_REF_REUSED")
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 8


def test_changes_at_once_are_all_booked_and_none_goes_below_zero(platform):
    item_id = stocked_by_lot(platform, ("A1", 2, 80), ("B2", 3, 260))
    platform.sign_in("usr_pat")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: change(platform, item_id, "usage", 2), range(4)))
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [201, 201, 409, 409], [answer.text for answer in answers]
    assert sums(platform, item_id) == {"stock": 1, "movements": 1, "lots": 1}


def test_the_same_change_sent_many_times_at_once_counts_once(platform):
    item_id = stocked(platform)
    platform.sign_in("usr_pat")
    reference = str(uuid4())
    with ThreadPoolExecutor(3) as pool:
        answers = list(
            pool.map(lambda _: change(platform, item_id, "usage", 2, client_ref=reference), range(3))
        )
    assert sorted(answer.status_code for answer in answers) == [200, 200, 201]
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 8


def test_change_at_a_foreign_location_is_not_found(platform):
    item_id = stocked(platform)
    assert_error(change(platform, item_id, "usage", 1, location_id="loc_wx"), 404, "NOT_FOUND")


def test_form_books_and_says_from_which_lots(platform):
    item_id = stocked_by_lot(platform, ("A1", 3, 80), ("B2", 10, 260), name="Form item")
    address = f"/inventory/items/{item_id}/movements/usage"
    fields = form_of(platform.get(address, person="usr_pat")) | {"quantity": "5", "lot_number": ""}
    for _ in range(2):
        answer = platform.post(address, person="usr_pat", data=fields)
        assert answer.status_code == 303, answer.text
    flash = answer.headers["set-cookie"].partition(";")[0]
    page = platform.get(f"/inventory/items/{item_id}", person="usr_pat", headers={"cookie": flash})
    assert "already saved" in page.text
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 8


def test_form_explains_at_the_field_and_keeps_what_was_typed(platform):
    item_id = stocked(platform, 2)
    address = f"/inventory/items/{item_id}/movements/waste"
    fields = form_of(platform.get(address, person="usr_pat"))
    page = platform.post(address, person="usr_pat", data=fields | {"quantity": "1", "note": "left drawer"})
    assert page.status_code == 400
    assert 'href="#change-reason_code"' in page.text
    assert "left drawer</textarea>" in page.text
    typed = {"quantity": "3", "reason_code": "damaged"}
    page = platform.post(address, person="usr_pat", data=fields | typed)
    assert page.status_code == 409
    assert 'href="#change-quantity"' in page.text
    assert '<option value="damaged" selected>' in page.text


def test_unknown_kind_of_change_is_not_found(platform):
    item_id = stocked(platform)
    assert platform.get(f"/inventory/items/{item_id}/movements/receipt", person="usr_mia").status_code == 404
