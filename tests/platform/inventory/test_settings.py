"""Settings by location, on the real runtime."""

import pytest

from tests.platform.inventory.factories import add_item, add_lot, add_lot_tracked_item, add_stock, day
from tests.platform.inventory.test_alerts import kinds
from tests.platform.inventory.test_changes import change

pytestmark = pytest.mark.runtime

API = "/inventory/api/v1/settings"


@pytest.fixture
def practice(platform):
    """A practice that warns 20 days before expiry and proposes levels of 4 and 8, but 15 and 30 at Wixom."""
    platform.run(
        "INSERT INTO platform_settings (app_key, key, value_json, updated_at) VALUES"
        " ('inventory', 'expiry_warning_days', '20', ''), ('inventory', 'low_stock_threshold', '4', '')"
    )
    platform.run(
        "INSERT INTO location_configs (location_id, app_key, key, value_json, updated_at)"
        " VALUES ('loc_wx', 'inventory', 'low_stock_threshold', '15', '')"
    )
    yield platform
    platform.run("DELETE FROM platform_settings WHERE app_key = 'inventory'")
    platform.run("DELETE FROM location_configs WHERE app_key = 'inventory'")


def test_settings_are_those_of_the_location_then_of_the_practice_then_the_default(practice):
    here = practice.get(API, "usr_mia", params={"location_id": "loc_wx"}).json()
    assert (here["values"]["low_stock_threshold"], here["origins"]["low_stock_threshold"]) == (15, "location")
    assert (here["values"]["expiry_warning_days"], here["origins"]["expiry_warning_days"]) == (20, "practice")
    assert (here["values"]["count_tolerance_units"], here["origins"]["count_tolerance_units"]) == (
        2,
        "default",
    )
    assert practice.get(API, "usr_pat", params={"location_id": "loc_wx"}).status_code == 404
    page = practice.get("/inventory/settings", "usr_mia").text
    assert page.count("Set for all") == 5  # both at three locations, but for the one set at Wixom
    assert page.count("Set here") == 1


def test_levels_are_proposed_and_expiry_is_warned_of_as_the_location_has_it(practice):
    item_id = add_item(practice)
    form = practice.get(f"/inventory/items/{item_id}/levels?location_id=loc_wx", "usr_mia").text
    assert 'value="15"' in form
    assert 'value="30"' in form
    tracked = add_lot_tracked_item(practice)
    add_stock(practice, tracked, 10)
    add_lot(practice, tracked, "NEAR", 5, expires_on=day(19))
    add_lot(practice, tracked, "FAR", 5, expires_on=day(25))
    change(practice, tracked, "usage", 1)
    assert kinds(practice, tracked) == [("expiring", "high")]
