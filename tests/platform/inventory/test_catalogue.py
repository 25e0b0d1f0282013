"""Items, barcodes, levels, vendors, offers and safety sheets, on the real runtime."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from ganger.clock import iso_utc
from tests.platform.inventory.factories import add_item, add_lot_tracked_item, add_stock, assert_error
from tests.platform.inventory.test_receive_form import form_of

pytestmark = pytest.mark.runtime

API = "/inventory/api/v1"


def send(platform, method, path, body=None, person="usr_mia"):
    options = {} if body is None else {"json": body}
    return platform.request(method, API + path, person, **options)


def make_draft(**changes):
    word = uuid4().hex[:10]
    return {
        "sku": f"new-{word}",
        "name": f"New item {word}",
        "category": "wound_care",
        "stock_unit": "box",
        "unit_cost_cents": 1299,
    } | changes


def created(platform, **changes):
    answer = send(platform, "POST", "/items", make_draft(**changes))
    assert answer.status_code == 201, answer.text
    return answer.json()


def audited(platform, record_id):
    rows = platform.rows("SELECT action FROM audit_logs WHERE record_id = ? ORDER BY id", record_id)
    return [row["action"].removeprefix("inventory:") for row in rows]


def test_item_is_created_edited_and_discontinued_with_its_audit_rows(platform):
    item = created(platform)
    assert (item["sku"], item["version"], item["status"]) == (item["sku"].upper(), 1, "active")
    edit = make_draft(sku=item["sku"], name="Renamed", version=1)
    edited = send(platform, "PUT", f"/items/{item['id']}", edit).json()
    assert (edited["name"], edited["version"]) == ("Renamed", 2)
    gone = send(platform, "POST", f"/items/{item['id']}/discontinue", {"version": 2}).json()
    assert gone["status"] == "discontinued"
    again = send(platform, "POST", f"/items/{item['id']}/discontinue", {"version": 3})
    assert_error(again, 409, "INVALID_TRANSITION")
    assert audited(platform, item["id"]) == ["add-item", "edit-item", "discontinue-item"]


def test_outdated_edit_is_refused_with_the_item_as_it_is(platform):
    item = created(platform)
    edit = make_draft(sku=item["sku"], name="First", version=1)
    send(platform, "PUT", f"/items/{item['id']}", edit)
    details = assert_error(
        send(platform, "PUT", f"/items/{item['id']}", edit | {"name": "Second"}), 409, "VERSION_CONFLICT"
    )
    assert (details["current"]["name"], details["current"]["version"]) == ("First", 2)
    assert audited(platform, item["id"]) == ["add-item", "edit-item"]


def test_sku_belongs_to_one_item(platform):
    item = created(platform)
    assert_error(send(platform, "POST", "/items", make_draft(sku=item["sku"].lower())), 409, "SKU_EXISTS")


@pytest.mark.parametrize("changes", [{"is_controlled": True}, {"category": "medications"}], ids=str)
def test_medicines_and_controlled_items_are_always_kept_by_lot(platform, changes):
    assert created(platform, is_lot_tracked=False, **changes)["is_lot_tracked"] is True


def test_lot_tracking_is_switched_only_while_nothing_is_on_hand(platform):
    item = created(platform)
    add_stock(platform, item["id"], 3, "loc_py")
    edit = make_draft(sku=item["sku"], is_lot_tracked=True, version=1)
    assert_error(send(platform, "PUT", f"/items/{item['id']}", edit), 409, "LOT_TRACKING_LOCKED")
    platform.run("UPDATE inventory_stock SET quantity_on_hand = 0 WHERE item_id = ?", item["id"])
    assert send(platform, "PUT", f"/items/{item['id']}", edit).json()["is_lot_tracked"] is True


def test_unknown_safety_sheet_is_named(platform):
    details = assert_error(
        send(platform, "POST", "/items", make_draft(safety_sheet_id="sds_none")), 400, "VALIDATION_ERROR"
    )
    assert set(details["fields"]) == {"safety_sheet_id"}


@pytest.mark.parametrize(
    "changes",
    [{"sku": "A B"}, {"name": ""}, {"category": "toys"}, {"unit_cost_cents": -1}, {"stock_unit": "barrel"}],
    ids=lambda changes: next(iter(changes)),
)
def test_wrong_field_is_named(platform, changes):
    details = assert_error(send(platform, "POST", "/items", make_draft(**changes)), 400, "VALIDATION_ERROR")
    assert set(details["fields"]) == set(changes)


def test_barcode_belongs_to_one_item_and_can_be_moved(platform):
    first, second = created(platform)["id"], created(platform)["id"]
    code = uuid4().hex[:12]
    body = {"barcode": f"{code[:4]}-{code[4:]}", "units_per_scan": 12}
    added = send(platform, "POST", f"/items/{first}/barcodes", body)
    assert (added.status_code, added.json()["barcode"]) == (201, code.upper())
    assert send(platform, "POST", f"/items/{first}/barcodes", body).status_code == 201
    details = assert_error(send(platform, "POST", f"/items/{second}/barcodes", body), 409, "BARCODE_TAKEN")
    assert details["item_id"] == first
    assert send(platform, "DELETE", f"/barcodes/{code}").status_code == 204
    assert_error(send(platform, "DELETE", f"/barcodes/{code}"), 404, "NOT_FOUND")
    assert send(platform, "POST", f"/items/{second}/barcodes", body).status_code == 201
    assert audited(platform, code.upper()) == ["add-barcode", "remove-barcode", "add-barcode"]


def test_levels_are_set_for_one_location_and_make_its_row(platform):
    item_id = add_item(platform)
    body = {"reorder_point": 5, "par_level": 20, "storage_place": "Under the counter", "version": 0}
    level = send(platform, "PUT", f"/stock/{item_id}/loc_py", body).json()
    assert (level["on_hand"], level["status"], level["version"]) == (0, "out", 1)
    assert_error(send(platform, "PUT", f"/stock/{item_id}/loc_py", body), 409, "VERSION_CONFLICT")
    body |= {"par_level": 4, "version": 1}
    details = assert_error(send(platform, "PUT", f"/stock/{item_id}/loc_py", body), 400, "VALIDATION_ERROR")
    assert set(details["fields"]) == {"par_level"}
    assert audited(platform, item_id) == ["set-levels"]


def test_vendor_is_created_edited_and_keeps_its_name_to_itself(platform):
    name = f"Vendor {uuid4().hex}"
    vendor = send(platform, "POST", "/vendors", {"name": name}).json()
    assert_error(send(platform, "POST", "/vendors", {"name": name.upper()}), 409, "ALREADY_EXISTS")
    edit = {"name": name, "contact_phone": "555-0100", "version": 1}
    edited = send(platform, "PUT", f"/vendors/{vendor['id']}", edit).json()
    assert (edited["is_active"], edited["version"]) == (False, 2)
    assert_error(send(platform, "PUT", f"/vendors/{vendor['id']}", edit), 409, "VERSION_CONFLICT")
    (row,) = platform.rows(
        "SELECT fields_json FROM audit_logs WHERE record_id = ? AND action LIKE '%edit%'", vendor["id"]
    )
    assert "555-0100" not in row["fields_json"]


def test_one_offer_of_an_item_is_preferred(platform):
    item_id = created(platform)["id"]
    offer = {"pack_size": 10, "pack_cost_cents": 4550, "is_preferred": True, "version": 0}
    for vendor in ("ven_derm", "ven_office"):
        answer = send(platform, "PUT", f"/items/{item_id}/vendors/{vendor}", offer)
        assert answer.status_code == 200, answer.text
    offers = send(platform, "GET", f"/items/{item_id}").json()["offers"]
    assert [(each["vendor_id"], each["is_preferred"]) for each in offers] == [
        ("ven_office", True),
        ("ven_derm", False),
    ]
    again = send(platform, "PUT", f"/items/{item_id}/vendors/ven_office", offer)
    assert assert_error(again, 409, "VERSION_CONFLICT")["current"]["version"] == 1
    listed = send(platform, "GET", "/items?vendor_id=ven_derm&limit=100").json()
    assert item_id in [line["item"]["id"] for line in listed["items"]] or listed["total"] > 100


def test_price_is_new_only_when_it_changes(platform):
    item_id = created(platform)["id"]
    path = f"/items/{item_id}/vendors/ven_derm"
    offer = {"pack_size": 10, "pack_cost_cents": 4550, "version": 0}
    first = send(platform, "PUT", path, offer).json()["price_updated_at"]
    same = send(platform, "PUT", path, offer | {"lead_time_days": 9, "version": 1}).json()
    assert same["price_updated_at"] == first
    dearer = send(platform, "PUT", path, offer | {"pack_cost_cents": 4600, "version": 2}).json()
    assert dearer["price_updated_at"] > first


def make_sheet(**changes):
    return {
        "product_name": f"Sheet {uuid4().hex}",
        "manufacturer": "Example Chemicals",
        "cas_number": "64-17-5",
        "hazard_classes": ["Flammable liquid"],
        "first_aid": "Rinse with water.",
    } | changes


def test_everybody_finds_a_sheet_and_managers_verify_it(platform):
    body = make_sheet()
    sheet = send(platform, "POST", "/safety", body).json()
    long_ago = iso_utc(datetime.now(UTC) - timedelta(days=1200))
    platform.run("UPDATE safety_sheets SET verified_at = ? WHERE id = ?", long_ago, sheet["id"])
    found = send(platform, "GET", f"/safety?search={body['product_name'][6:]}", person="usr_wes").json()
    assert [each["id"] for each in found["items"]] == [sheet["id"]]
    page = platform.get(f"/inventory/safety/{sheet['id']}", person="usr_wes")
    assert "Nobody has verified this sheet for three years." in page.text
    assert page.text.index("First aid") < page.text.index("Rinse with water.")
    edited = send(platform, "PUT", f"/safety/{sheet['id']}", body | {"version": 1}).json()
    assert (edited["verified_by"], edited["verified_at"] > long_ago) == ("usr_mia", True)
    outdated = send(platform, "PUT", f"/safety/{sheet['id']}", body | {"version": 1})
    assert_error(outdated, 409, "VERSION_CONFLICT")
    assert_error(send(platform, "PUT", f"/safety/{sheet['id']}", body, "usr_wes"), 403, "FORBIDDEN")


def test_sheet_with_an_impossible_cas_number_is_refused(platform):
    details = assert_error(
        send(platform, "POST", "/safety", make_sheet(cas_number="12345")), 400, "VALIDATION_ERROR"
    )
    assert set(details["fields"]) == {"cas_number"}


def open_and_send(platform, path, typed):
    fields = form_of(platform.get(f"/inventory{path}", person="usr_mia"))
    return platform.post(f"/inventory{path}", person="usr_mia", data=fields | typed)


def test_forms_create_and_edit_an_item(platform):
    word = uuid4().hex[:10]
    typed = {"name": f"Typed {word}", "sku": word, "category": "other", "stock_unit": "each"}
    page = open_and_send(platform, "/items/new", typed | {"unit_cost": "8,99"})
    assert page.status_code == 400
    assert "Unit cost must be an amount in dollars, like 8.99" in page.text
    answer = open_and_send(platform, "/items/new", typed | {"unit_cost": "$8.99", "is_hazardous": "on"})
    assert answer.status_code == 303, answer.text
    item_id = answer.headers["location"].rpartition("/")[2]
    item = send(platform, "GET", f"/items/{item_id}").json()["item"]
    assert (item["unit_cost_cents"], item["is_hazardous"], item["is_controlled"]) == (899, True, False)
    page = platform.get(f"/inventory/items/{item_id}/edit", person="usr_mia")
    assert 'value="8.99"' in page.text
    edited = open_and_send(platform, f"/items/{item_id}/edit", typed | {"unit_cost": "9"})
    assert edited.status_code == 303, edited.text
    item = send(platform, "GET", f"/items/{item_id}").json()["item"]
    assert (item["unit_cost_cents"], item["is_hazardous"], item["version"]) == (900, False, 2)


def test_outdated_form_keeps_what_was_typed_and_can_be_saved(platform):
    item = created(platform)
    path = f"/items/{item['id']}/edit"
    fields = form_of(platform.get(f"/inventory{path}", person="usr_mia"))
    send(platform, "PUT", f"/items/{item['id']}", make_draft(sku=item["sku"], version=1))
    typed = {"name": "Mine", "sku": item["sku"], "category": "other", "stock_unit": "each"}
    page = platform.post(f"/inventory{path}", person="usr_mia", data=fields | typed)
    assert page.status_code == 409
    assert 'value="Mine"' in page.text
    again = platform.post(f"/inventory{path}", person="usr_mia", data=form_of(page) | typed)
    assert again.status_code == 303


def test_forms_of_levels_vendors_offers_barcodes_and_sheets_save(platform):
    item_id = add_lot_tracked_item(platform)
    word = uuid4().hex[:10]
    forms = {
        f"/items/{item_id}/levels": {"reorder_point": "3", "par_level": "9"},
        f"/items/{item_id}/offers": {"vendor_id": "ven_derm", "pack_size": "10", "pack_cost": "45.50"},
        "/vendors/new": {"name": f"Typed {word}"},
        "/safety/new": {
            "product_name": word,
            "manufacturer": "Example",
            "first_aid": "Rinse.",
            "hazard_classes": "Corrosive, Irritant",
        },
        f"/items/{item_id}/discontinue": {},
    }
    for path, typed in forms.items():
        answer = open_and_send(platform, path, typed)
        assert answer.status_code == 303, (path, answer.text)
    code = platform.post(
        f"/inventory/items/{item_id}/barcodes", person="usr_mia", data={"barcode": word, "units_per_scan": ""}
    )
    assert code.status_code == 303, code.text
    page = platform.get(f"/inventory/items/{item_id}", person="usr_mia")
    for text in (word.upper(), "Sample Derm Devices", "$45.50", "Discontinued"):
        assert text in page.text
    removed = platform.post(f"/inventory/barcodes/{word.upper()}/remove", person="usr_mia")
    assert removed.status_code == 303
    (sheet,) = platform.rows("SELECT hazard_classes_json FROM safety_sheets WHERE product_name = ?", word)
    assert sheet["hazard_classes_json"] == '["Corrosive", "Irritant"]'


def test_staff_see_no_button_that_they_may_not_press(platform):
    item_id = add_item(platform)
    page = platform.get(f"/inventory/items/{item_id}", person="usr_pat").text
    for text in ("Edit item", "Set levels", "Add offer", "Add a barcode", ">Adjust<"):
        assert text not in page
