"""What people see while a part is cut off; nothing is lost or half done, and it comes back by itself."""

from uuid import uuid4

import pytest
from websockets.exceptions import InvalidStatus

from tests.platform.inventory.factories import add_item, add_stock
from tests.platform.live.members import member
from tests.platform.management.factories import PDF

pytestmark = pytest.mark.runtime

ITEMS = "/inventory/items"
MOVEMENTS = "/inventory/api/v1/movements"
STOCK = 20


@pytest.fixture
def item(breakable):
    """An item of which Ann Arbor has some."""
    item_id = add_item(breakable.portal)
    add_stock(breakable.portal, item_id, STOCK)
    return item_id


def use_of(item_id, **changes):
    body = {"item_id": item_id, "location_id": "loc_aa", "movement_type": "usage", "quantity": 3}
    return body | {"client_ref": str(uuid4())} | changes


def booked(breakable, use):
    """How often a use stands in the ledger, how often in the audit log, and what is on hand."""
    (row,) = breakable.portal.rows(
        "SELECT (SELECT COUNT(*) FROM stock_movements WHERE client_ref = ?1) AS movements,"
        " (SELECT COUNT(*) FROM audit_logs WHERE record_id IN"
        "   (SELECT id FROM stock_movements WHERE client_ref = ?1)) AS audits,"
        " (SELECT quantity_on_hand FROM inventory_stock WHERE item_id = ?2) AS on_hand",
        use["client_ref"], use["item_id"],
    )  # fmt: skip
    return tuple(row.values())


def assert_page(answer, *sentences):
    assert answer.status_code == 503
    assert all(sentence in answer.text for sentence in sentences), answer.text
    assert answer.headers["x-request-id"] in answer.text


def assert_error(answer, code):
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (503, code)
    assert error["request_id"] == answer.headers["x-request-id"]


def test_without_its_database_an_app_says_so_and_the_others_keep_serving(breakable):
    portal = breakable.portal
    with breakable.cut("inventory>DB"):
        page = portal.get(ITEMS, "usr_mia")
        assert_page(page, "The database did not answer.", "Try again")
        assert_error(portal.get("/inventory/api/v1/items", "usr_mia"), "DATABASE_UNAVAILABLE")
        assert portal.local.health("inventory") == 503
        assert portal.get("/", "usr_mia").status_code == 200
    assert portal.get(ITEMS, "usr_mia").status_code == 200
    assert portal.local.health("inventory") == 200


def test_what_could_not_be_written_is_not_there_and_can_be_sent_again(breakable, item):
    use = use_of(item)
    with breakable.cut("inventory>DB"):
        refused = breakable.portal.post(MOVEMENTS, "usr_mia", json=use)
    assert_error(refused, "DATABASE_UNAVAILABLE")
    assert booked(breakable, use) == (0, 0, STOCK)
    assert breakable.portal.post(MOVEMENTS, "usr_mia", json=use).status_code == 201
    assert booked(breakable, use) == (1, 1, STOCK - 3)


def test_what_was_written_while_the_answer_was_lost_is_not_written_twice(breakable, item):
    use = use_of(item)
    with breakable.losing_answers("router>INVENTORY"):
        assert_error(breakable.portal.post(MOVEMENTS, "usr_mia", json=use), "UNAVAILABLE")
    assert booked(breakable, use) == (1, 1, STOCK - 3)
    again = breakable.portal.post(MOVEMENTS, "usr_mia", json=use)
    assert (again.status_code, again.json()["duplicate"]) == (200, True)
    assert booked(breakable, use) == (1, 1, STOCK - 3)


def test_an_app_that_is_cut_off_has_a_page_with_the_way_to_the_others(breakable):
    portal = breakable.portal
    with breakable.cut("router>INVENTORY"):
        assert_page(
            portal.get(ITEMS, "usr_mia"), "Medical Supply Inventory does not answer right now", 'href="/"'
        )
        assert_error(portal.get("/inventory/api/v1/items", "usr_mia"), "UNAVAILABLE")
        assert portal.get("/", "usr_mia").status_code == 200
    assert portal.get(ITEMS, "usr_mia").status_code == 200


def test_without_live_topics_pages_and_changes_work_and_the_page_joins_again_later(breakable, item):
    portal, use = breakable.portal, use_of(item)
    with breakable.cut("inventory>LIVE"):
        assert portal.get(ITEMS, "usr_mia").status_code == 200
        with pytest.raises(InvalidStatus) as refused, member(portal, "usr_mia"):
            pass
        assert refused.value.response.status_code == 503
        assert portal.post(MOVEMENTS, "usr_mia", json=use).status_code == 201
    assert booked(breakable, use) == (1, 1, STOCK - 3)
    with member(portal, "usr_mia") as joined:
        assert portal.post(MOVEMENTS, "usr_mia", json=use_of(item)).status_code == 201
        assert joined.hear("event")


def test_without_the_store_of_files_an_upload_is_refused_and_later_taken(breakable):
    portal = breakable.portal
    with breakable.cut("management>FILES"):
        refused = portal.post("/api/v1/uploads", "usr_mia", files={"file": ("receipt.pdf", PDF)})
        assert_error(refused, "FILES_UNAVAILABLE")
        assert portal.get("/requests", "usr_mia").status_code == 200
    taken = portal.post("/api/v1/uploads", "usr_mia", files={"file": ("receipt.pdf", PDF)})
    assert taken.status_code == 201


def test_nobody_is_held_up_while_requests_cannot_be_counted(breakable, item):
    use = use_of(item)
    with breakable.cut("inventory>LIMIT_READ", "inventory>LIMIT_WRITE"):
        assert breakable.portal.get(ITEMS, "usr_mia").status_code == 200
        assert breakable.portal.post(MOVEMENTS, "usr_mia", json=use).status_code == 201
