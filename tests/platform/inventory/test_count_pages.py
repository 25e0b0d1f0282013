"""The pages of a count, without script, on the real runtime."""

import re
from uuid import uuid4

import pytest

from tests.platform.inventory.factories import add_item, add_stock, stock_rows
from tests.platform.inventory.test_counts import make_scan, scan, start

pytestmark = pytest.mark.runtime


def hidden(page, action):
    """The hidden fields of the form on a page that is sent there."""
    form = page.text.partition(f'action="{action}"')[2].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def open_page(platform, path, person="usr_pat"):
    page = platform.get(path, person=person)
    assert page.status_code == 200, page.text
    return page


def test_a_person_counts_by_forms_alone(platform):
    item_id = add_item(platform, name="Counted by form")
    add_stock(platform, item_id, 12)
    (item,) = platform.rows("SELECT sku FROM inventory_items WHERE id = ?", item_id)
    form = hidden(open_page(platform, "/inventory/counts/new"), "/inventory/counts/new")
    name = f"Shelf {uuid4().hex}"
    answer = platform.post(
        "/inventory/counts/new", person="usr_pat", data=form | {"name": name, "count_type": "spot"}
    )
    here = answer.headers["location"]
    for quantity in ("4", "6"):
        typed = {"barcode": item["sku"].lower(), "quantity": quantity, "mode": "add"}
        page = open_page(platform, here)
        answer = platform.post(here, person="usr_pat", data=hidden(page, here) | typed)
        assert (answer.status_code, answer.headers["location"]) == (303, here), answer.text
    page = open_page(platform, here)
    assert "Counted by form" in page.text
    assert re.search(r'data-live-field="counted"[^>]*>10<', page.text)
    sheet = page.text.partition("count-entries")[2].partition("</table>")[0]
    assert not re.search(r">\s*12\s*<", sheet)  # blind: what was expected is not told
    submit = f"{here}/submit"
    answer = platform.post(submit, person="usr_pat", data=hidden(page, submit))
    assert answer.headers["location"] == here
    review = open_page(platform, f"{here}/review", "usr_mia")
    assert "+" not in review.text.partition("Decided and within")[2].partition("</table>")[0]
    answer = platform.post(f"{here}/post", person="usr_mia", data=hidden(review, f"{here}/post"))
    assert answer.status_code == 303
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 10


def test_code_that_is_not_known_is_explained_and_what_was_typed_stays(platform):
    here = f"/inventory/counts/{start(platform)['id']}"
    form = hidden(open_page(platform, here), here)
    page = platform.post(
        here, person="usr_pat", data=form | {"barcode": "MISSING-7", "quantity": "3", "mode": "set"}
    )
    assert page.status_code == 422
    assert 'href="#scan-barcode"' in page.text
    assert 'value="MISSING-7"' in page.text
    assert 'value="set" checked' in page.text
    page = platform.post(
        here, person="usr_pat", data=form | {"barcode": "X", "quantity": "-1", "mode": "add"}
    )
    assert page.status_code == 400
    assert "Quantity must be at least 0" in page.text


def test_form_sent_twice_counts_once(platform):
    item_id = add_item(platform)
    (item,) = platform.rows("SELECT sku FROM inventory_items WHERE id = ?", item_id)
    here = f"/inventory/counts/{start(platform)['id']}"
    form = hidden(open_page(platform, here), here) | {"barcode": item["sku"], "quantity": "4", "mode": "add"}
    assert [platform.post(here, person="usr_pat", data=form).status_code for _ in range(2)] == [303, 303]
    assert re.search(r'data-live-field="counted"[^>]*>4<', open_page(platform, here).text)


def test_reviewer_decides_on_the_page(platform):
    item_id = add_item(platform)
    add_stock(platform, item_id, 40)
    count = start(platform)
    here = f"/inventory/counts/{count['id']}"
    assert "not submitted" in open_page(platform, f"{here}/review", "usr_mia").text
    scan(platform, count, make_scan(item_id, 20))
    submit = f"{here}/submit"
    platform.post(submit, person="usr_pat", data=hidden(open_page(platform, here), submit))
    review = open_page(platform, f"{here}/review", "usr_mia")
    assert "Expected 40, counted 20: -20" in review.text
    (name,) = set(re.findall(r'name="(decision\.[^"]+)"', review.text))
    decide = f"{here}/decide"
    form = hidden(review, decide)
    nothing = platform.post(decide, person="usr_mia", data=form)
    assert nothing.status_code == 400
    again = platform.post(decide, person="usr_mia", data=form | {name: "recount"})
    assert again.headers["location"] == here
    assert "Count again" in open_page(platform, here).text
    assert "Count again" not in open_page(platform, f"{here}/sheet").text


def test_a_cycle_count_without_categories_is_explained(platform):
    form = hidden(open_page(platform, "/inventory/counts/new"), "/inventory/counts/new")
    page = platform.post(
        "/inventory/counts/new", person="usr_pat", data=form | {"name": "Cycle", "count_type": "cycle"}
    )
    assert page.status_code == 400
    assert "Categories must be chosen for a cycle count" in page.text
    ticked = form | {"name": "Cycle", "count_type": "cycle", "wound_care": "on"}
    answer = platform.post("/inventory/counts/new", person="usr_pat", data=ticked)
    sheet = open_page(platform, f"{answer.headers['location']}/sheet")
    assert "Gauze pads 2 x 2 in" in sheet.text


def test_open_counts_stand_on_the_overview(platform):
    name = f"Open {uuid4().hex}"
    start(platform, name=name)
    assert name in open_page(platform, "/inventory/").text
    assert name not in open_page(platform, "/inventory/", "usr_wes").text


def test_cancelling_asks_first_also_without_script(platform):
    here = f"/inventory/counts/{start(platform)['id']}"
    page = open_page(platform, f"{here}?cancel=true")
    assert re.search(r'<dialog[^>]+id="cancel-count"[^>]+ open', page.text)
    answer = platform.post(f"{here}/cancel", person="usr_pat", data=hidden(page, f"{here}/cancel"))
    assert answer.headers["location"] == "/inventory/counts"
    assert "Cancelled" in open_page(platform, here).text
