"""Counts by a program, on the real runtime."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from ganger.clock import iso_utc
from tests.platform.inventory.factories import add_item, add_lot_tracked_item, add_stock, stock_rows

pytestmark = pytest.mark.runtime

API = "/inventory/api/v1/counts"


def assert_error(answer, status, code):
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code), answer.text
    return answer.json()["error"]["details"]


def start(platform, person="usr_pat", **changes):
    body = {"name": f"Count {uuid4().hex}", "location_id": "loc_aa", "count_type": "spot"} | changes
    answer = platform.post(API, person=person, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def make_scan(item_id, quantity, **changes):
    fields = {
        "client_ref": str(uuid4()),
        "item_id": item_id,
        "quantity": quantity,
        "mode": "add",
        "scanned_at": iso_utc(datetime.now(UTC)),
    }
    return fields | changes


def scan(platform, count, *scans, person="usr_pat"):
    return platform.post(f"{API}/{count['id']}/scans", person=person, json={"scans": scans})


def step(platform, count, name, person="usr_mia", **body):
    version = platform.get(f"{API}/{count['id']}", person=person).json()["count"]["version"]
    return platform.post(f"{API}/{count['id']}/{name}", person=person, json={"version": version, **body})


def entries(platform, count, person="usr_mia"):
    return platform.get(f"{API}/{count['id']}", person=person).json()["entries"]


def test_a_count_is_scanned_submitted_decided_and_posted(platform):
    item_id = add_item(platform, unit_cost_cents=500)
    add_stock(platform, item_id, 40)
    count = start(platform)
    (result,) = scan(platform, count, make_scan(item_id, 36)).json()["results"]
    assert (result["entry"]["counted_quantity"], result["entry"]["expected_quantity"]) == (36, None)
    assert step(platform, count, "submit", "usr_pat").json()["status"] == "submitted"
    assert_error(step(platform, count, "post"), 409, "COUNT_NOT_READY")
    (entry,) = entries(platform, count)
    assert (entry["expected_quantity"], entry["variance"], entry["status"]) == (40, -4, "needs_approval")
    decisions = [{"entry_id": entry["id"], "decision": "approved", "note": "counted twice"}]
    assert step(platform, count, "decide", decisions=decisions).status_code == 200
    posted = step(platform, count, "post").json()
    assert (posted["status"], posted["variance_value_cents"]) == ("posted", -2000)
    assert stock_rows(platform, item_id)[0]["quantity_on_hand"] == 36
    audits = platform.rows(
        "SELECT action, fields_json FROM audit_logs WHERE record_id = ? ORDER BY sequence", count["id"]
    )
    assert [row["action"] for row in audits] == [
        "inventory:start-count",
        "inventory:count",
        *["inventory:change-count"] * 3,
    ]
    assert "counted twice" not in str(audits)


def test_two_people_scanning_at_once_lose_nothing(platform):
    item_id = add_lot_tracked_item(platform)
    add_stock(platform, item_id, 0)
    count = start(platform)
    for person in ("usr_pat", "usr_mia"):
        platform.sign_in(person)
    batches = [[make_scan(item_id, 1, lot_number="NEW1") for _ in range(4)] for _ in range(6)]
    jobs = [(person, batch) for batch in batches for person in ("usr_pat", "usr_mia")]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda job: scan(platform, count, *job[1], person=job[0]), jobs))
    assert [answer.status_code for answer in answers] == [200] * 12
    duplicates = [each["duplicate"] for answer in answers for each in answer.json()["results"]]
    assert (len(duplicates), sum(duplicates)) == (48, 24)
    (entry,) = entries(platform, count)
    assert (entry["counted_quantity"], entry["lot_number"]) == (24, "NEW1")
    rows = platform.rows("SELECT quantity FROM inventory_lots WHERE item_id = ?", item_id)
    assert rows == [{"quantity": 0}]


def test_two_hundred_scans_are_one_delivery_and_more_are_refused(platform):
    item_id = add_item(platform)
    count = start(platform)
    scans = [make_scan(item_id, 1) for _ in range(200)]
    results = scan(platform, count, *scans).json()["results"]
    assert {result["entry"]["counted_quantity"] for result in results} == {200}
    refused = scan(platform, count, *scans, make_scan(item_id, 1))
    assert set(assert_error(refused, 400, "VALIDATION_ERROR")["fields"]) == {"scans"}
    assert_error(scan(platform, count, make_scan(item_id, -1)), 400, "VALIDATION_ERROR")


def test_scan_that_cannot_be_counted_is_told_beside_the_others(platform):
    count = start(platform)
    lot_tracked, plain = add_lot_tracked_item(platform), add_item(platform)
    unknown = make_scan(None, 1, barcode="MISSING-7")
    results = scan(platform, count, unknown, make_scan(lot_tracked, 1), make_scan(plain, 2)).json()["results"]
    codes = [result["error"] and result["error"]["code"] for result in results]
    assert codes == ["BARCODE_UNKNOWN", "LOT_REQUIRED", None]


def test_second_full_count_of_a_location_is_refused(platform):
    """Worked example 14, first part, and its second by a program."""
    count = start(platform, "usr_tia", location_id="loc_py", count_type="full")
    body = {"name": "Another", "location_id": "loc_py", "count_type": "full"}
    refused = platform.post(API, person="usr_tia", json=body)
    assert assert_error(refused, 409, "COUNT_ALREADY_OPEN")["count_id"] == count["id"]
    planned = entries(platform, count, "usr_tia")
    assert len(planned) == count["planned_entries"] > 3
    scans = [
        make_scan(entry["item_id"], 1, lot_number=entry["lot_number"], mode="set") for entry in planned[3:]
    ]
    assert scan(platform, count, *scans, person="usr_tia").status_code == 200
    assert assert_error(step(platform, count, "submit", "usr_tia"), 409, "COUNT_INCOMPLETE") == {"missing": 3}
    assert_error(step(platform, count, "submit", "usr_tia", allow_missing=True), 403, "FORBIDDEN")
    submitted = step(platform, count, "submit", "usr_max", allow_missing=True).json()
    assert (submitted["status"], submitted["missing_entries"]) == ("submitted", 0)
    assert step(platform, count, "cancel", "usr_max").json()["status"] == "cancelled"


def test_reviewing_counts_takes_its_right_and_nobody_approves_their_own(platform):
    item_id = add_item(platform)
    add_stock(platform, item_id, 40)
    count = start(platform, "usr_mia")
    scan(platform, count, make_scan(item_id, 3), person="usr_mia")
    step(platform, count, "submit")
    (entry,) = entries(platform, count)
    decisions = [{"entry_id": entry["id"], "decision": "approved"}]
    assert_error(step(platform, count, "decide", "usr_pat", decisions=decisions), 403, "FORBIDDEN")
    assert_error(step(platform, count, "post", "usr_pat"), 403, "FORBIDDEN")
    assert_error(step(platform, count, "decide", decisions=decisions), 403, "SELF_APPROVAL")
    assert step(platform, count, "decide", "usr_sam", decisions=decisions).status_code == 200
    assert entries(platform, count, "usr_pat")[0]["expected_quantity"] is None


def test_count_of_another_location_is_not_found(platform):
    count = start(platform)
    assert_error(platform.get(f"{API}/{count['id']}", person="usr_wes"), 404, "NOT_FOUND")
    assert_error(scan(platform, count, make_scan("itm_glv-nit-m", 1), person="usr_wes"), 404, "NOT_FOUND")
    assert platform.get(f"/inventory/live/inventory.count.{count['id']}", person="usr_wes").status_code == 404
    assert platform.get(f"/inventory/live/inventory.count.{count['id']}", person="usr_pat").status_code == 204
    body = {"name": "Elsewhere", "location_id": "loc_wx", "count_type": "spot"}
    assert_error(platform.post(API, person="usr_pat", json=body), 404, "NOT_FOUND")


def test_outdated_step_is_refused_with_the_count_as_it_stands(platform):
    item_id = add_item(platform)
    count = start(platform)
    scan(platform, count, make_scan(item_id, 1))
    refused = platform.post(f"{API}/{count['id']}/submit", person="usr_pat", json={"version": 1})
    current = assert_error(refused, 409, "VERSION_CONFLICT")["current"]
    assert (current["version"], current["counted_entries"]) == (2, 1)


def test_counts_are_listed_newest_first_by_status(platform):
    count = start(platform)
    step(platform, count, "cancel", "usr_pat")
    listed = platform.get(API, person="usr_pat", params={"status": "cancelled"}).json()
    assert listed["items"][0]["id"] == count["id"]
    assert {each["status"] for each in listed["items"]} == {"cancelled"}


def test_spot_count_that_nobody_goes_on_with_is_cancelled_after_a_day(platform):
    left, used = start(platform), start(platform)
    scan(platform, used, make_scan(add_item(platform), 1))
    tomorrow = datetime.now(UTC).replace(minute=17) + timedelta(hours=24)
    platform.run(
        "UPDATE count_sessions SET last_scan_at = ? WHERE id = ?",
        iso_utc(tomorrow - timedelta(hours=24, minutes=1)),
        left["id"],
    )
    platform.run("UPDATE count_sessions SET last_scan_at = ? WHERE id = ?", iso_utc(tomorrow), used["id"])
    assert platform.local.scheduled("inventory", "* * * * *", tomorrow) == "ok"
    rows = platform.rows(
        "SELECT id, status FROM count_sessions WHERE id IN (?, ?) ORDER BY id", left["id"], used["id"]
    )
    assert [row["status"] for row in rows] == ["cancelled", "in_progress"]
    (audit,) = platform.rows(
        "SELECT user_id FROM audit_logs WHERE record_id = ? AND action = 'inventory:change-count'", left["id"]
    )
    assert audit["user_id"] == "system"
