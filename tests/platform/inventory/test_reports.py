"""Reports on the real runtime."""

import pytest

from tests.platform.inventory.factories import add_item, add_stock, assert_error, day
from tests.platform.inventory.test_changes import change
from tests.platform.inventory.test_downloads import file_of

pytestmark = pytest.mark.runtime

API = "/inventory/api/v1/reports"


def report_of(platform, name, person="usr_pat", **query):
    answer = platform.get(f"{API}/{name}", person=person, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def line_of(report, item_id):
    return next((line for line in report["lines"] if line["item_id"] == item_id), None)


def test_use_and_waste_stand_in_the_reports_of_their_location_at_once(platform):
    item_id = add_item(platform, unit_cost_cents=250)
    add_stock(platform, item_id, 20)
    assert line_of(report_of(platform, "usage"), item_id) is None
    change(platform, item_id, "usage", 7)
    change(platform, item_id, "waste", 1, reason_code="damaged")
    line = line_of(report_of(platform, "usage"), item_id)
    assert (line["units"], line["value_cents"]) == (7, 1750)
    line = line_of(report_of(platform, "waste"), item_id)
    assert (line["used"], line["wasted"], line["rate_percent"]) == (7, 1, 12.5)
    assert line_of(report_of(platform, "usage", "usr_wes"), item_id) is None
    found = [row for row in file_of(platform, "reports/waste") if row["Wasted"] == "1"]
    assert ("12.5", "2.50") in [(row["Waste rate in percent"], row["Value wasted"]) for row in found]


def test_value_and_accuracy_answer_for_a_location(platform):
    value = report_of(platform, "value", location_id="loc_aa")
    assert value["value_cents"] == sum(line["value_cents"] for line in value["lines"])
    assert {line["location_id"] for line in value["lines"]} == {"loc_aa"}
    accuracy = report_of(platform, "accuracy", "usr_mia")
    assert accuracy["counted"] == sum(line["counted"] for line in accuracy["lines"])


def test_spending_is_told_to_a_location_and_as_a_file(platform):
    report = report_of(platform, "spend", "usr_mia", location_id="loc_aa")
    assert report["spent_cents"] == sum(line["spent_cents"] for line in report["lines"])
    rows = file_of(platform, "reports/spend", "usr_mia")
    assert rows[0].keys() == {"Month", "Location", "Vendor", "Category", "Packs", "Spent"}


def test_days_and_names_that_are_none_are_refused(platform):
    query = {"from": day(-400), "to": day(0)}
    assert_error(platform.get(f"{API}/usage", "usr_pat", params=query), 400, "VALIDATION_ERROR")
    assert_error(platform.get(f"{API}/none", "usr_pat"), 404, "NOT_FOUND")
    assert_error(platform.get(f"{API}/usage", "usr_pat", params={"location_id": "loc_wx"}), 404, "NOT_FOUND")


def test_page_looks_back_as_far_as_it_is_told(platform):
    page = platform.get("/inventory/reports?days=7", "usr_mia")
    assert page.status_code == 200
    assert f"from={day(-6)}&amp;to={day(0)}" in page.text
