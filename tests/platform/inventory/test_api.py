"""Random requests to every address of the API: none fails, and each is answered as the description says."""

import pytest

from tests.harness.described import statuses_and_problems
from tests.platform.inventory.factories import add_item

pytestmark = pytest.mark.runtime

PEOPLE = ("usr_sam", "usr_mia", "usr_max")
KNOWN = {
    "lot_id": "SELECT id FROM inventory_lots LIMIT 1",
    "vendor_id": "SELECT id FROM inventory_vendors LIMIT 1",
    "order_id": "SELECT id FROM purchase_orders WHERE status = 'draft' LIMIT 1",
    "transfer_id": "SELECT id FROM stock_transfers WHERE status = 'received' LIMIT 1",
    "count_id": "SELECT id FROM count_sessions WHERE status = 'posted' LIMIT 1",
    "alert_id": "SELECT id FROM inventory_alerts LIMIT 1",
    "sheet_id": "SELECT id FROM safety_sheets LIMIT 1",
    "unmatched_id": "SELECT id FROM unmatched_barcodes LIMIT 1",
    "report": "SELECT 'usage' AS id",
    "location_id": "SELECT 'loc_aa' AS id",
}


def test_every_answer_is_as_described(platform):
    known = {name: platform.rows(sql)[0]["id"] for name, sql in KNOWN.items()}
    known["item_id"] = add_item(platform)
    told, wrong = statuses_and_problems(platform, "/inventory", PEOPLE, known, examples=2)
    assert wrong == []
    assert {200, 201, 400, 404, 409} <= told
