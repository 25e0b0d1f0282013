"""The import of items, on the real runtime."""

import re
from uuid import uuid4

import pytest

pytestmark = pytest.mark.runtime

ADDRESS = "/inventory/items/import"
HEADER = "sku,name,category,stock_unit,unit_cost\n"


def post(platform, person="usr_mia", **fields):
    return platform.post(ADDRESS, person=person, data=fields)


def test_table_is_shown_and_then_taken_once(platform):
    sku = f"IMP-{uuid4().hex[:8].upper()}"
    text = f"{HEADER}{sku},Imported tape,other,roll,1.25\n"
    page = post(platform, text=text)
    assert page.status_code == 200, page.text
    assert platform.rows("SELECT id FROM inventory_items WHERE sku = ?", sku) == []
    confirmed = re.search(r'name="confirmed" value="(\w+)"', page.text)[1]
    assert post(platform, text=text, confirmed=confirmed).status_code == 303
    (row,) = platform.rows("SELECT name, unit_cost_cents FROM inventory_items WHERE sku = ?", sku)
    assert (row["name"], row["unit_cost_cents"]) == ("Imported tape", 125)
    again = post(platform, text=text, confirmed=confirmed)
    assert again.status_code == 409
    assert "Everything stands so already" in again.text
    assert "1 as they are" in again.text


def test_file_is_read_and_its_wrong_rows_are_named(platform):
    content = (HEADER + "IMP X,Tape,other,roll,1\n").encode("utf-8-sig")
    answer = platform.post(ADDRESS, person="usr_mia", files={"file": ("items.csv", content, "text/csv")})
    assert answer.status_code == 400
    assert "Rows to mend" in answer.text


def test_staff_import_nothing(platform):
    assert post(platform, "usr_pat", text=HEADER).status_code == 403
