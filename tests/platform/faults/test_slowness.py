"""What takes far too long is given up by whoever waits. The tests wait for all of it at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import pytest

from ganger.identity import Location, Person
from ganger.session import COOKIE
from tests.platform.faults.conftest import SLOW_MS
from tests.platform.inventory.factories import add_item, add_stock
from tests.platform.management.factories import make_employee, make_support, sent, uploaded
from tests.platform.router.conftest import cookie_of

pytestmark = pytest.mark.runtime

PAT = Person("usr_pat", "Pat Example", "pat@example.test", "staff", (), (Location("loc_aa", "AA"),), "ses_1")

SLOWED = ("inventory>DB", "inventory>LIVE", "router>AUTH_SESSIONS", "management>FILES")
JOINING = {
    "upgrade": "websocket",
    "connection": "upgrade",
    "sec-websocket-version": "13",
    "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


@dataclass(frozen=True)
class Told:
    """What was answered, and after how many seconds."""

    answer: httpx.Response
    after_s: float


def told(ask, *values, **options):
    started = time.monotonic()
    return Told(ask(*values, **options), time.monotonic() - started)


def attached_file(portal):
    """Somebody, and the address of the file of a request of theirs."""
    person = make_employee(portal, "usr_mia")
    ticket = sent(portal, person, "support_ticket", make_support(), [uploaded(portal, person)])
    (file,) = portal.get(f"/api/v1/tickets/{ticket['ticket_number']}", person).json()["attachments"]
    return person, f"/requests/{ticket['ticket_number']}/attachments/{file['id']}"


@pytest.fixture(scope="module")
def slowed(breakable):
    """Answers while all that the two apps reach is slow, by what was asked."""
    portal = breakable.portal
    item_id = add_item(portal)
    add_stock(portal, item_id, 20)
    stale = {"cookie": f"{COOKIE}={cookie_of(PAT, time.time(), fresh_s=-1)}"}
    use = {"item_id": item_id, "location_id": "loc_aa", "movement_type": "usage", "quantity": 3}
    live = "/inventory/live/inventory.location.loc_aa"
    person, file = attached_file(portal)
    asked = {
        "page": (portal.get, "/inventory/items", "usr_mia", {}),
        "envelope": (portal.get, "/inventory/api/v1/items", "usr_mia", {}),
        "other app": (portal.get, "/", "usr_mia", {}),
        "file": (portal.get, file, person, {}),
        "live topic": (portal.get, live, "usr_mia", {"headers": JOINING | {"origin": portal.url}}),
        "stale session": (portal.get, "/inventory/items", None, {"headers": stale}),
        "write": (portal.post, "/inventory/api/v1/movements", "usr_mia", {"json": use}),
    }
    with breakable.slow(*SLOWED), ThreadPoolExecutor(len(asked)) as pool:
        asking = {name: pool.submit(told, *values, **options) for name, (*values, options) in asked.items()}
        return {name: each.result() for name, each in asking.items()}


@pytest.mark.parametrize("name", ["page", "envelope", "file", "live topic", "stale session", "write"])
def test_whoever_waits_is_told_long_before_the_slow_part_answers(slowed, name):
    assert slowed[name].answer.status_code == 503
    assert slowed[name].after_s < SLOW_MS / 1000 - 5


def test_a_page_says_what_is_slow_and_offers_to_try_again(slowed):
    assert "The database did not answer." in slowed["page"].answer.text
    assert "Try again" in slowed["page"].answer.text


def test_programs_get_the_envelope(slowed):
    assert slowed["envelope"].answer.json()["error"]["code"] == "DATABASE_UNAVAILABLE"


def test_a_session_that_cannot_be_renewed_is_neither_let_in_nor_ended(slowed):
    answer = slowed["stale session"].answer
    assert "Identity does not answer" in answer.text
    assert "set-cookie" not in answer.headers


def test_an_app_that_needs_none_of_it_answers_meanwhile(slowed):
    assert slowed["other app"].answer.status_code == 200
    assert slowed["other app"].after_s < SLOW_MS / 1000 - 5


def test_a_counter_that_is_slow_holds_nobody_up(breakable):
    portal = breakable.portal
    with breakable.slow("inventory>LIMIT_READ"):
        counted = told(portal.get, "/inventory/items", "usr_mia")
    assert counted.answer.status_code == 200
    assert counted.after_s < SLOW_MS / 1000 - 5


def test_all_is_in_order_again_afterwards(slowed, breakable):
    assert breakable.portal.get("/inventory/items", "usr_mia").status_code == 200
