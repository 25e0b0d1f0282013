"""What is kept for a while, on the real runtime with its Cache API."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from tests.platform.inventory.factories import add_barcode, add_item, add_stock, assert_error
from tests.platform.inventory.test_changes import change
from tests.platform.inventory.test_orders import draft, offered, step

pytestmark = pytest.mark.runtime


def value_at(platform, person="usr_pat"):
    answer = platform.get("/inventory/api/v1/stats", person)
    assert answer.status_code == 200, answer.text
    return answer.json()["value_cents"]


def counts(platform):
    return platform.get("/inventory/health", "usr_sam").json()["cache"]


def test_asking_again_is_answered_from_the_cache_until_something_changes(platform):
    item_id = add_item(platform, unit_cost_cents=100)
    add_stock(platform, item_id, 10)
    before = value_at(platform)
    hits = counts(platform)["hits"]
    assert value_at(platform) == before
    after = counts(platform)
    assert after["hits"] == hits + 1
    assert 0 < after["hitRatio"] <= 1
    change(platform, item_id, "usage", 3)
    assert value_at(platform) == before - 300


def test_open_orders_are_counted_anew_after_a_step_of_one(platform):
    def open_orders():
        return platform.get("/inventory/api/v1/stats", "usr_pat").json()["open_orders"]

    order = draft(platform, (offered(platform, 100, 1), 1)).json()["order"]
    before = open_orders()
    step(platform, order, "submit")
    assert open_orders() == before + 1
    step(platform, order, "withdraw")
    assert open_orders() == before


def test_code_leads_nowhere_once_it_is_removed_and_to_the_item_as_it_is_now(platform):
    item_id, code = add_item(platform, name="Before"), "CACHEDCODE1"
    add_barcode(platform, item_id, code)
    scan = "/inventory/api/v1/scan?code=" + code
    for _ in range(2):
        assert platform.get(scan, "usr_pat").json()["item"]["name"] == "Before"
    platform.run("UPDATE inventory_items SET name = 'After' WHERE id = ?", item_id)
    assert platform.get(scan, "usr_pat").json()["item"]["name"] == "After"
    platform.request("DELETE", f"/inventory/api/v1/barcodes/{code}", "usr_mia")
    assert_error(platform.get(scan, "usr_pat"), 404, "BARCODE_UNKNOWN")


def test_nobody_sees_an_older_value_after_a_newer_one(platform):
    item_id = add_item(platform, unit_cost_cents=100)
    add_stock(platform, item_id, 30)
    platform.sign_in("usr_pat")

    def read(_):
        return [value_at(platform) for _ in range(12)]

    def write(_):
        written = []
        for _ in range(6):
            assert change(platform, item_id, "usage", 1).status_code == 201
            written.append(value_at(platform))
        return written

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read, None) for _ in range(3)]
        writer = pool.submit(write, None)
        seen = [each.result() for each in readers]
        own = writer.result()
    assert all(values == sorted(values, reverse=True) for values in seen), seen
    # Whoever made a change sees it at once.
    assert [first - second for first, second in pairwise(own)] == [100] * 5
