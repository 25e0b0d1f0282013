"""The catalogue with stock, on the real runtime."""

from uuid import uuid4

import pytest

from tests.platform.inventory.factories import (
    add_barcode,
    add_item,
    add_lot,
    add_lot_tracked_item,
    add_stock,
    day,
)

pytestmark = pytest.mark.runtime

API = "/inventory/api/v1/items"


def found(platform, person="usr_pat", **query):
    answer = platform.get(API, person=person, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def only(platform, item_id, **query):
    """The list's line of one item, found by its SKU."""
    (sku,) = (row["sku"] for row in platform.rows("SELECT sku FROM inventory_items WHERE id = ?", item_id))
    (line,) = found(platform, search=sku, **query)["items"]
    assert line["item"]["id"] == item_id
    return line


def test_search_finds_a_part_of_the_name_in_any_case(platform):
    word = uuid4().hex
    item_id = add_item(platform, name=f"Gauze {word} pads")
    assert [line["item"]["id"] for line in found(platform, search=word.upper())["items"]] == [item_id]


def test_search_finds_a_barcode_however_it_is_written(platform):
    """Worked example 1, the normalising."""
    item_id = add_item(platform)
    add_barcode(platform, item_id, "00012345678905")
    for spelling in ("012345678905", "0012345678905", "0 12345-67890 5"):
        assert [line["item"]["id"] for line in found(platform, search=spelling)["items"]] == [item_id]


def test_search_takes_percent_and_underscore_literally(platform):
    word = uuid4().hex
    item_id = add_item(platform, name=f"{word} 4 % _ x")
    add_item(platform, name=f"{word} 4 oz x")
    assert [line["item"]["id"] for line in found(platform, search=f"{word} 4 %")["items"]] == [item_id]
    assert found(platform, search=f"{word}_4")["total"] == 0


def test_category_filter_keeps_only_its_items(platform):
    word = uuid4().hex
    gauze = add_item(platform, name=f"{word} gauze", category="wound_care")
    add_item(platform, name=f"{word} paper", category="paper_products")
    lines = found(platform, search=word, category="wound_care")["items"]
    assert [line["item"]["id"] for line in lines] == [gauze]


@pytest.mark.parametrize(("quantity", "status"), [(0, "out"), (10, "low"), (11, "ok"), (61, "over")])
def test_status_filter_keeps_only_items_of_that_status(platform, quantity, status):
    item_id = add_item(platform)
    add_stock(platform, item_id, quantity, reorder_point=10, par_level=30)
    assert only(platform, item_id, status=status)["stock"]["status"] == status
    other = "ok" if status != "ok" else "low"
    assert found(platform, search=only(platform, item_id)["item"]["sku"], status=other)["total"] == 0


def test_expired_and_quarantined_lots_are_on_hand_but_not_usable(platform):
    """Worked example 5: a lot is good on its expiry date."""
    item_id = add_lot_tracked_item(platform)
    add_stock(platform, item_id, 15)
    add_lot(platform, item_id, "GONE", 1, expires_on=day(-1))
    add_lot(platform, item_id, "TODAY", 2, expires_on=day(0))
    add_lot(platform, item_id, "HELD", 4, expires_on=day(90), status="quarantined")
    add_lot(platform, item_id, "GOOD", 8)
    stock = only(platform, item_id)["stock"]
    assert (stock["on_hand"], stock["usable"]) == (15, 10)


def test_list_shows_the_stock_of_the_chosen_location(platform):
    item_id = add_item(platform)
    add_stock(platform, item_id, 3, "loc_aa")
    add_stock(platform, item_id, 7, "loc_wx")
    assert only(platform, item_id)["stock"]["on_hand"] == 3
    assert only(platform, item_id, person="usr_mia", location_id="loc_wx")["stock"]["on_hand"] == 7


def test_item_that_a_location_never_stocked_has_no_stock(platform):
    assert only(platform, add_item(platform))["stock"] is None


def test_pages_hold_every_item_once_in_order_of_name(platform):
    word = uuid4().hex
    ids = [add_item(platform, name=f"{word} {number}") for number in range(5)]
    pages = [found(platform, search=word, limit=2, page=page) for page in (1, 2, 3, 4)]
    assert [line["item"]["id"] for page in pages for line in page["items"]] == ids
    assert {(page["limit"], page["total"]) for page in pages} == {(2, 5)}


@pytest.mark.parametrize(
    "query",
    [{"limit": 101}, {"page": 0}, {"category": "toys"}, {"status": "lost"}, {"colour": "blue"}],
    ids=lambda query: next(iter(query)),
)
def test_wrong_query_is_refused_and_names_the_parameter(platform, query):
    answer = platform.get(API, person="usr_pat", params=query)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["code"] == "VALIDATION_ERROR"
    assert set(error["details"]["fields"]) == set(query)


def test_item_shows_levels_and_lots_of_the_persons_locations_only(platform):
    item_id = add_lot_tracked_item(platform)
    for location_id in ("loc_aa", "loc_wx"):
        add_stock(platform, item_id, 5, location_id)
        add_lot(platform, item_id, f"LOT-{location_id[-2:].upper()}", 5, location_id=location_id)
    body = platform.get(f"{API}/{item_id}", person="usr_pat").json()
    assert body["item"]["id"] == item_id
    assert [level["location_id"] for level in body["stock"]] == ["loc_aa"]
    assert [lot["lot_number"] for lot in body["lots"]] == ["LOT-AA"]
    assert len(platform.get(f"{API}/{item_id}", person="usr_mia").json()["stock"]) == 2


def test_unknown_item_is_not_found(platform):
    answer = platform.get(f"{API}/no-such-item", person="usr_pat")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize("location_id", ["loc_wx", "no-such-place"])
def test_foreign_location_is_not_found(platform, location_id):
    for path in (API, "/inventory/api/v1/movements"):
        answer = platform.get(path, person="usr_pat", params={"location_id": location_id})
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "NOT_FOUND")


def test_error_has_the_envelope_of_the_platform(platform):
    answer = platform.get(f"{API}/no-such-item", person="usr_pat")
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "details", "timestamp", "request_id"}
    assert error["request_id"] == answer.headers["x-request-id"]
