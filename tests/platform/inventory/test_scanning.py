"""Scanning, unknown codes and labels, on the real runtime."""

import re
from uuid import uuid4

import pytest

from tests.platform.inventory.factories import (
    add_barcode,
    add_item,
    add_lot,
    add_lot_tracked_item,
    add_stock,
    assert_error,
    day,
)
from tests.platform.inventory.test_count_pages import hidden

pytestmark = pytest.mark.runtime

API = "/inventory/api/v1"


def scan(platform, code, person="usr_pat", **query):
    return platform.get(f"{API}/scan", person=person, params={"code": code} | query)


def unmatched_row(platform, code):
    return platform.rows("SELECT * FROM unmatched_barcodes WHERE barcode = ?", code)


def new_code():
    return f"X{uuid4().hex[:12].upper()}"


@pytest.mark.parametrize(
    ("code", "parsed"),
    [
        ("099999000016", (None, None)),
        ("0099999000016", (None, None)),
        ("]d201000999990000161727123110LOT42A", ("LOT42A", "2027-12-31")),
        ("]d201000999990000161727020010LOT42A", ("LOT42A", "2027-02-28")),
        ("]d2010009999900001610LOT42A␝17271231", ("LOT42A", "2027-12-31")),
    ],
)
def test_every_spelling_of_a_code_finds_the_item(platform, code, parsed):
    """Worked example 1."""
    body = scan(platform, code).json()
    assert body["item"]["sku"] == "GLV-NIT-M"
    assert (body["parsed"]["lot_number"], body["parsed"]["expires_on"]) == parsed
    assert body["stock"]["location_id"] == "loc_aa"


def test_unknown_code_is_counted(platform):
    """Worked example 2."""
    for _ in range(2):
        details = assert_error(scan(platform, "NOPE-1", "usr_wes"), 404, "BARCODE_UNKNOWN")
        assert details == {"barcode": "NOPE1"}
    (row,) = unmatched_row(platform, "NOPE1")
    assert (row["scan_count"], row["last_location_id"], row["raw_value"]) == (2, "loc_wx", "NOPE-1")


def test_scan_brings_units_stock_and_lots_of_the_location(platform):
    item_id = add_lot_tracked_item(platform)
    add_stock(platform, item_id, 4)
    add_lot(platform, item_id, "A1", 4, expires_on=day(30))
    code = new_code()
    add_barcode(platform, item_id, code)
    platform.run("UPDATE inventory_barcodes SET units_per_scan = 12 WHERE barcode = ?", code)
    body = scan(platform, code.lower()).json()
    assert (body["units_per_scan"], body["stock"]["on_hand"]) == (12, 4)
    assert [lot["lot_number"] for lot in body["lots"]] == ["A1"]
    assert scan(platform, code, "usr_mia", location_id="loc_py").json()["stock"] is None
    assert_error(scan(platform, code, location_id="loc_wx"), 404, "NOT_FOUND")


def test_linked_code_leads_to_its_item_from_then_on(platform):
    item_id, code = add_item(platform), new_code()
    scan(platform, code)
    (row,) = unmatched_row(platform, code)
    path = f"{API}/unmatched/{row['id']}"
    assert_error(platform.post(f"{path}/resolve", "usr_pat", json={"item_id": item_id}), 403, "FORBIDDEN")
    linked = platform.post(f"{path}/resolve", "usr_mia", json={"item_id": item_id})
    assert (linked.status_code, linked.json()["status"]) == (200, "resolved"), linked.text
    assert scan(platform, code).json()["item"]["id"] == item_id
    other = platform.post(f"{path}/resolve", "usr_mia", json={"item_id": add_item(platform)})
    assert_error(other, 409, "INVALID_TRANSITION")


def test_code_that_got_an_item_in_another_way_is_resolved_too(platform):
    item_id, code = add_item(platform), new_code()
    scan(platform, code)
    added = platform.post(f"{API}/items/{item_id}/barcodes", "usr_mia", json={"barcode": code})
    assert added.status_code == 201
    (row,) = unmatched_row(platform, code)
    assert (row["status"], row["item_id"], row["resolved_by"]) == ("resolved", item_id, "usr_mia")


def test_ignored_code_is_asked_for_no_more(platform):
    code = new_code()
    scan(platform, code)
    (row,) = unmatched_row(platform, code)
    ignore = f"{API}/unmatched/{row['id']}/ignore"
    assert platform.post(ignore, "usr_mia").json()["status"] == "ignored"
    assert_error(platform.post(ignore, "usr_mia"), 409, "INVALID_TRANSITION")
    scan(platform, code)
    (row,) = unmatched_row(platform, code)
    assert (row["status"], row["scan_count"]) == ("ignored", 2)


def test_page_offers_what_can_be_done_and_brings_lot_and_expiry_along(platform):
    item_id, code = add_lot_tracked_item(platform, name="Scanned item"), "00012345678905"
    platform.run("DELETE FROM inventory_barcodes WHERE barcode = ?", code)
    add_barcode(platform, item_id, code)
    page = platform.get(
        "/inventory/scan", "usr_pat", params={"code": f"]d201{code}1727123110LOT42A", "location_id": "loc_aa"}
    )
    assert page.status_code == 200
    assert "Scanned item" in page.text
    (receive,) = re.findall(r'href="(/inventory/items/[^"]+/receive[^"]+)"', page.text)
    form = platform.get(receive.replace("&amp;", "&"), "usr_pat").text
    for value in ('value="LOT42A"', 'value="2027-12-31"', 'value="1"'):
        assert value in form


def test_the_last_ten_scans_of_a_person_are_listed_newest_first(platform):
    def listed(person="usr_tia"):
        page = platform.get("/inventory/scan", person).text.partition("Last scans")[2]
        return re.findall(r"code=(X[^&\"]+)", page)

    codes = [new_code() for _ in range(12)]
    for code in [*codes, codes[5]]:
        platform.get("/inventory/scan", "usr_tia", params={"code": code})
    assert listed() == [codes[5], *reversed(codes[6:]), *reversed(codes[2:5])]
    assert listed("usr_pat") != listed()
    ahead = {"sec-purpose": "prefetch"}
    platform.get("/inventory/scan", "usr_tia", params={"code": new_code()}, headers=ahead)
    assert listed()[0] == codes[5]


def test_page_says_that_a_code_is_unknown(platform):
    page = platform.get("/inventory/scan", "usr_pat", params={"code": "NOPE-2"})
    assert page.status_code == 404
    assert "No item has the code NOPE2 yet." in page.text


def test_camera_is_allowed_on_the_pages_that_scan_alone(platform):
    allowed = platform.get("/inventory/scan", "usr_pat").headers["permissions-policy"]
    assert allowed == "camera=(self), microphone=(), geolocation=()"
    assert "camera=()" in platform.get("/inventory/items", "usr_pat").headers["permissions-policy"]


def test_an_item_that_is_created_for_an_unknown_code_has_it(platform):
    code, sku = new_code(), f"NEW-{uuid4().hex[:8].upper()}"
    assert_error(scan(platform, code), 404, "BARCODE_UNKNOWN")
    (unknown,) = platform.rows("SELECT id FROM unmatched_barcodes WHERE barcode = ?", code)
    asked = platform.get("/inventory/scan", "usr_pat", params={"code": code}).text
    suggest = f"/inventory/unmatched/{unknown['id']}/suggest"
    assert f'action="{suggest}"' in asked
    told = platform.post(suggest, "usr_pat", data={"suggested_name": "Blue tape"})
    assert (told.status_code, told.headers["location"]) == (303, "/inventory/scan")
    assert "Blue tape" in platform.get("/inventory/unmatched?limit=100", "usr_mia").text
    link = f"/inventory/items/new?unmatched_id={unknown['id']}"
    assert link in platform.get(f"/inventory/unmatched/{unknown['id']}", "usr_mia").text
    new = platform.get(link, "usr_mia")
    assert 'value="Blue tape"' in new.text
    form = hidden(new, "/inventory/items/new")
    typed = {"sku": sku, "name": "Made for a code", "category": "other", "stock_unit": "box"}
    refused = platform.post("/inventory/items/new", "usr_mia", data=form)
    assert hidden(refused, "/inventory/items/new") == form == {"unmatched_id": unknown["id"]}
    assert platform.post("/inventory/items/new", "usr_mia", data=form | typed).status_code == 303
    assert scan(platform, code).json()["item"]["sku"] == sku
    (found,) = platform.rows("SELECT status FROM unmatched_barcodes WHERE id = ?", unknown["id"])
    assert found["status"] == "resolved"


def test_what_was_scanned_is_counted_in_a_count_that_is_under_way(platform):
    counted = {"name": f"Spot {uuid4().hex[:6]}", "location_id": "loc_aa", "count_type": "spot"}
    session = platform.post("/inventory/api/v1/counts", "usr_pat", json=counted).json()
    (item,) = platform.rows("SELECT sku FROM inventory_items WHERE id = ?", add_item(platform))
    page = platform.get("/inventory/scan", "usr_pat", params={"code": item["sku"]}).text
    link = f"/inventory/counts/{session['id']}?barcode={item['sku']}"
    assert link in page
    assert f'value="{item["sku"]}"' in platform.get(link, "usr_pat").text
