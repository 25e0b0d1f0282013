"""Purchase orders, by a program and by forms, on the real runtime."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from ganger.clock import iso_utc
from tests.platform.inventory.factories import (
    add_item,
    add_lot_tracked_item,
    add_stock,
    assert_error,
    day,
    stock_rows,
)
from tests.platform.inventory.test_count_pages import hidden, open_page

pytestmark = pytest.mark.runtime

API = "/inventory/api/v1/orders"


def offered(platform, cost, size, item_id=None):
    """An item that the demo vendor sells."""
    item_id, at = item_id or add_item(platform), iso_utc(datetime.now(UTC))
    platform.run(
        "INSERT INTO item_vendors (id, item_id, vendor_id, pack_size, pack_cost_cents, is_preferred,"
        " price_updated_at, created_at, updated_at) VALUES (?, ?, 'ven_demo_medical', ?, ?, 1, ?, ?, ?)",
        f"off_{uuid4().hex}", item_id, size, cost, at, at, at,
    )  # fmt: skip
    return item_id


def draft(platform, *lines, person="usr_pat", **changes):
    asked = [{"item_id": item_id, "quantity_packs": packs} for item_id, packs in lines]
    body = {"vendor_id": "ven_demo_medical", "location_id": "loc_aa", "lines": asked} | changes
    return platform.post(API, person=person, json=body)


def step(platform, order, name, person="usr_pat", **body):
    version = platform.get(f"{API}/{order['id']}", person=person).json()["order"]["version"]
    return platform.post(f"{API}/{order['id']}/{name}", person=person, json={"version": version, **body})


def receive(platform, order, packs):
    lines = platform.get(f"{API}/{order['id']}", person="usr_pat").json()["lines"]
    body = {"lines": [{"line_id": lines[0]["id"], "packs": packs}], "client_ref": str(uuid4())}
    return platform.post(f"{API}/{order['id']}/receive", person="usr_pat", json=body)


def test_an_order_goes_from_draft_to_closed_short(platform):
    """Worked examples 7 and 8, and the last part of 9."""
    first, second = offered(platform, 4550, 10), offered(platform, 1299, 12)
    summed = draft(platform, (first, 2), (second, 3), tax_cents=780, shipping_cents=995)
    assert (summed.status_code, summed.json()["order"]["total_cents"]) == (201, 14772)
    order = draft(platform, (first, 3)).json()["order"]
    assert re.fullmatch(r"PO-\d{4}-\d{5}", order["order_number"])
    assert step(platform, order, "submit").json()["order"]["status"] == "pending_approval"
    link = f"/inventory/orders/{order['id']}"
    told = platform.rows("SELECT user_id FROM notifications WHERE link = ?", link)
    assert "usr_mia" in {row["user_id"] for row in told}
    assert_error(step(platform, order, "approve"), 403, "FORBIDDEN")
    assert step(platform, order, "approve", "usr_mia").status_code == 200
    marked = step(platform, order, "mark-ordered", vendor_order_number="V-1")
    assert marked.json()["order"]["vendor_order_number"] == "V-1"
    assert receive(platform, order, 2).json()["order"]["status"] == "partially_received"
    assert stock_rows(platform, first)[0]["quantity_on_hand"] == 20
    assert assert_error(receive(platform, order, 2), 409, "OVER_RECEIPT")["outstanding_packs"] == 1
    assert_error(step(platform, order, "cancel", reason="a mistake"), 409, "INVALID_TRANSITION")
    closed = step(platform, order, "close-short", "usr_mia", reason="no longer made").json()
    assert (closed["order"]["status"], closed["lines"][0]["short_packs"]) == ("received", 1)


def test_nobody_approves_their_own_order(platform):
    """Worked example 9, first part."""
    order = draft(platform, (offered(platform, 100, 1), 1), person="usr_mia").json()["order"]
    step(platform, order, "submit", "usr_mia")
    assert_error(step(platform, order, "approve", "usr_mia"), 403, "SELF_APPROVAL")


def test_orders_of_another_location_are_not_found(platform):
    order = draft(platform, (offered(platform, 100, 1), 1)).json()["order"]
    assert_error(platform.get(f"{API}/{order['id']}", person="usr_wes"), 404, "NOT_FOUND")
    assert_error(draft(platform, person="usr_wes"), 404, "NOT_FOUND")


def test_the_summary_is_markdown(platform):
    order = draft(platform, (offered(platform, 4550, 10), 2)).json()["order"]
    answer = platform.get(f"{API}/{order['id']}/summary?format=md", person="usr_pat")
    assert answer.headers["content-type"].startswith("text/markdown")
    assert (order["order_number"] in answer.text, "(urgent)" in answer.text) == (True, True)
    assert "Total: $91.00" in answer.text


def test_a_person_orders_and_receives_by_forms_alone(platform):
    item_id = offered(platform, 1000, 5, add_lot_tracked_item(platform))
    (item,) = platform.rows("SELECT sku FROM inventory_items WHERE id = ?", item_id)
    new = "/inventory/orders/new"
    form = hidden(open_page(platform, new), new) | {"vendor_id": "ven_demo_medical", "location_id": "loc_aa"}
    here = platform.post(new, person="usr_pat", data=form).headers["location"]

    def send(name, person="usr_pat", **typed):
        address = f"{here}/{name}"
        fields = hidden(open_page(platform, here, person), address)
        return platform.post(address, person=person, data=fields | typed)

    assert send("lines", barcode="MISSING-7", quantity_packs="2").status_code == 404
    assert send("lines", barcode=item["sku"].lower(), quantity_packs="2").status_code == 303
    assert send("details", tax="1.50", shipping="2").status_code == 303
    assert "$23.50" in open_page(platform, here).text
    assert send("submit").status_code == 303
    assert send("reject", "usr_mia").status_code == 400
    assert send("approve", "usr_mia").status_code == 303
    assert send("mark-ordered", vendor_order_number="V-2").status_code == 303
    receiving = f"{here}/receive"
    page = open_page(platform, receiving)
    (name,) = set(re.findall(r'name="packs\.([^".]+)\.', page.text))
    scanned = hidden(page, receiving) | {f"packs.{name}.1": "1", "scan": "MISSING-8", "add": ""}
    unknown = platform.post(receiving, person="usr_pat", data=scanned)
    assert (unknown.status_code, "No item has this code yet" in unknown.text) == (404, True)
    taken = platform.post(receiving, person="usr_pat", data=scanned | {"scan": item["sku"]})
    assert (taken.status_code, "2 packs, of 2 to come" in taken.text) == (200, True)
    typed = hidden(page, receiving) | {f"packs.{name}.0": "1", f"packs.{name}.1": "1"}
    refused = platform.post(receiving, person="usr_pat", data=typed)
    assert (refused.status_code, "the lot is required" in refused.text) == (400, True)
    assert f'<a href="#receive-{name}">' in refused.text
    typed |= {f"lot.{name}.0": "N1", f"expires.{name}.0": day(40), f"lot.{name}.1": "N2"}
    many = platform.post(receiving, person="usr_pat", data=typed | {f"packs.{name}.1": "2"})
    assert (many.status_code, "only 2 packs are still to come" in many.text) == (409, True)
    assert 'value="N2"' in many.text
    assert platform.post(receiving, person="usr_pat", data=typed).headers["location"] == here
    assert "<li>Received, " in open_page(platform, here).text
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 10
    lots = platform.rows("SELECT lot_number, quantity FROM inventory_lots WHERE item_id = ?", item_id)
    assert {lot["lot_number"]: lot["quantity"] for lot in lots} == {"N1": 5, "N2": 5}


def test_what_is_suggested_becomes_a_draft(platform):
    """Worked example 6, with nothing on its way."""
    item_id = offered(platform, 1000, 10)
    add_stock(platform, item_id, 8, reorder_point=8, par_level=20)
    reorder = "/inventory/reorder?location_id=loc_aa"
    answer = platform.get("/inventory/api/v1/reorder?location_id=loc_aa", person="usr_pat").json()
    found = {
        each["shortage"]["item_id"]: each["packs"]
        for group in answer["vendors"]
        for each in group["suggestions"]
    }
    assert found[item_id] == 2
    page = open_page(platform, reorder)
    assert f'name="packs.{item_id}"' in page.text
    typed = hidden(page, "/inventory/reorder") | {f"packs.{item_id}": "3"}
    sent = [platform.post("/inventory/reorder", person="usr_pat", data=typed) for _ in range(2)]
    assert [each.headers["location"] for each in sent] == ["/inventory/orders?status=draft"] * 2
    lines = platform.rows("SELECT quantity_packs FROM purchase_order_lines WHERE item_id = ?", item_id)
    assert [line["quantity_packs"] for line in lines] == [3]
    body = {"location_id": "loc_aa", "lines": [{"item_id": add_item(platform), "packs": 1}]}
    refused = platform.post(f"{API}/from-suggestions", person="usr_pat", json=body)
    assert_error(refused, 409, "NO_VENDOR")
