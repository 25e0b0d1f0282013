"""The nightly check of the ledger, on the real runtime."""

from datetime import UTC, datetime

import pytest

from tests.platform.inventory.factories import add_item, add_stock

pytestmark = pytest.mark.runtime


def check(platform):
    assert (
        platform.local.scheduled("inventory", "* * * * *", datetime.now(UTC).replace(hour=6, minute=0))
        == "ok"
    )


def told(platform):
    return platform.rows(
        "SELECT user_id, title FROM notifications WHERE title LIKE 'The supply ledger%' ORDER BY id"
    )


def test_superadmins_are_told_of_stock_that_is_not_the_sum_of_its_movements(platform):
    item_id = add_item(platform)
    add_stock(platform, item_id, 7)
    platform.run("UPDATE inventory_stock SET quantity_on_hand = 8 WHERE item_id = ?", item_id)
    check(platform)
    platform.run("UPDATE inventory_stock SET quantity_on_hand = 7 WHERE item_id = ?", item_id)
    assert told(platform)[-1]["user_id"] == "usr_sam"
    (audit,) = platform.rows(
        "SELECT fields_json FROM audit_logs WHERE action = 'inventory:mismatch' ORDER BY id DESC LIMIT 1"
    )
    assert item_id in audit["fields_json"]
