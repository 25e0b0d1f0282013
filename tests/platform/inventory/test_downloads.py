"""Lists as files for spreadsheets, and the list of stock, on the real runtime."""

import csv
from io import StringIO
from uuid import uuid4

import pytest

from tests.platform.inventory.factories import (
    add_item,
    add_lot,
    add_lot_tracked_item,
    add_movement,
    add_stock,
    day,
)

pytestmark = pytest.mark.runtime

API = "/inventory/api/v1"


def file_of(platform, path, person="usr_mia", **query):
    """The lines of the file, by the names in its header."""
    answer = platform.get(f"{API}/{path}", person=person, params={"format": "csv", **query})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"].startswith("attachment")
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def test_stock_lists_each_location_and_can_be_had_as_a_file(platform):
    name = f"Counted {uuid4().hex}"
    item_id = add_item(platform, name=name, unit_cost_cents=1205)
    add_stock(platform, item_id, 3, "loc_aa", reorder_point=5, par_level=9)
    add_stock(platform, item_id, 7, "loc_wx")
    answer = platform.get(f"{API}/stock", person="usr_mia", params={"search": name}).json()
    assert [(line["stock"]["location_id"], line["stock"]["on_hand"]) for line in answer["items"]] == [
        ("loc_aa", 3),
        ("loc_wx", 7),
    ]
    assert answer["total"] == 2
    first, second = file_of(platform, "stock", search=name)
    assert (first["Location"], first["On hand"], first["Par"], first["Status"]) == (
        "Ann Arbor",
        "3",
        "9",
        "Low",
    )
    assert (second["Unit cost"], second["Value"]) == ("12.05", "84.35")
    assert len(file_of(platform, "stock", "usr_pat", search=name)) == 1
    assert platform.get(f"{API}/stock", "usr_pat", params={"location_id": "loc_wx"}).status_code == 404


def test_the_figures_of_a_location_can_be_had_as_a_file(platform):
    (line,) = file_of(platform, "stats", location_id="loc_wx")
    told = platform.get(f"{API}/stats", "usr_mia", params={"location_id": "loc_wx"}).json()
    assert (line["Location"], line["Low"], line["Open orders"]) == (
        "Wixom",
        str(told["low"]),
        str(told["open_orders"]),
    )


def test_stock_page_leads_managers_to_the_levels(platform):
    name = f"Paged {uuid4().hex}"
    item_id = add_item(platform, name=name)
    add_stock(platform, item_id, 3)
    address = f"/inventory/stock?search={name.replace(' ', '+')}"
    page = platform.get(address, person="usr_mia").text
    assert f"/inventory/items/{item_id}/levels?location_id=loc_aa" in page
    assert "format=csv" in page
    assert "/levels?" not in platform.get(address, person="usr_pat").text


def test_a_download_is_audited_before_it_is_sent(platform):
    item_id = add_lot_tracked_item(platform)
    add_stock(platform, item_id, 6)
    number = uuid4().hex[:8].upper()
    add_lot(platform, item_id, number, 6, expires_on=day(40))
    (line,) = file_of(platform, "lots", lot_number=number)
    assert (line["Lot"], line["Expires"], line["Condition"]) == (number, day(40), "Usable")
    (row,) = platform.rows(
        "SELECT user_id, action, record_id, fields_json FROM audit_logs"
        " WHERE record_type = 'inventory_file' ORDER BY id DESC LIMIT 1"
    )
    assert (row["user_id"], row["action"], row["record_id"]) == ("usr_mia", "inventory:download", "lots")
    assert '"lines": 1' in row["fields_json"]


def test_ledger_as_a_file_has_signed_numbers_and_money_in_dollars(platform):
    item_id = add_item(platform)
    add_movement(platform, item_id, 4)
    (line,) = file_of(platform, "movements", item_id=item_id)
    assert (line["Type"], line["Change"], line["Unit cost"]) == ("Received", "4", "8.99")
    assert file_of(platform, "movements", item_id=item_id, to="2020-01-01") == []
