"""Alerts, on the real runtime."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.platform.inventory.factories import (
    add_item,
    add_lot,
    add_lot_tracked_item,
    add_stock,
    assert_error,
    day,
)
from tests.platform.inventory.test_changes import change

pytestmark = pytest.mark.runtime

API = "/inventory/api/v1/alerts"


def alerts(platform, item_id, person="usr_mia", **query):
    answer = platform.get(API, person, params={"limit": 100} | query)
    assert answer.status_code == 200, answer.text
    return [alert for alert in answer.json()["items"] if alert["item_id"] == item_id]


def kinds(platform, item_id, **query):
    return [(alert["alert_type"], alert["severity"]) for alert in alerts(platform, item_id, **query)]


def test_alerts_open_and_close_with_each_change(platform):
    item_id = add_item(platform)
    add_stock(platform, item_id, 12, reorder_point=10, par_level=20)
    steps = []
    for quantity in (3, 5, 4):
        assert change(platform, item_id, "usage", quantity).status_code == 201
        steps.append(kinds(platform, item_id, location_id="loc_aa"))
    assert steps == [[("low_stock", "medium")], [("low_stock", "high")], [("out_of_stock", "critical")]]
    found = change(platform, item_id, "adjustment", 15, "usr_mia", reason_code="found")
    assert found.status_code == 201
    assert kinds(platform, item_id) == []


def test_daily_scan_opens_what_the_date_alone_brings(platform):
    item_id = add_lot_tracked_item(platform)
    add_stock(platform, item_id, 5)
    add_lot(platform, item_id, "A1", 5, expires_on=day(20))
    now = datetime.now(UTC).replace(hour=10, minute=0)
    for at in (now, now + timedelta(days=21)):
        assert platform.local.scheduled("inventory", "* * * * *", at) == "ok"
        if at == now:
            assert kinds(platform, item_id, type="expiring") == [("expiring", "high")]
    assert kinds(platform, item_id, type="expired") == [("expired", "critical")]
    assert platform.local.scheduled("inventory", "* * * * *", now) == "ok"


def test_alert_is_acknowledged_by_whoever_sees_it(platform):
    item_id = add_item(platform)
    add_stock(platform, item_id, 12, reorder_point=10, par_level=20)
    change(platform, item_id, "usage", 12)
    (alert,) = alerts(platform, item_id)
    assert_error(platform.post(f"{API}/{alert['id']}/acknowledge", "usr_wes"), 404, "NOT_FOUND")
    page = platform.get("/inventory/", "usr_pat")
    assert f"/inventory/alerts/{alert['id']}/acknowledge" in platform.get("/inventory/alerts", "usr_pat").text
    assert "Open alerts" in page.text
    answer = platform.post(f"/inventory/alerts/{alert['id']}/acknowledge", "usr_pat")
    assert answer.status_code == 303
    (alert,) = alerts(platform, item_id)
    assert (alert["acknowledged_by"], alert["acknowledged_name"]) == ("usr_pat", "Pat Example")


def test_alerts_of_foreign_locations_are_not_shown(platform):
    item_id = add_item(platform)
    add_stock(platform, item_id, 12, "loc_wx", reorder_point=10, par_level=20)
    change(platform, item_id, "usage", 12, "usr_wes", location_id="loc_wx")
    assert len(alerts(platform, item_id, "usr_wes")) == 1
    assert alerts(platform, item_id, "usr_pat") == []
