"""Very many at once: everybody is answered, and what many take from one shelf adds up."""

import asyncio
from collections import Counter
from uuid import uuid4

import httpx
import pytest

from ganger.session import COOKIE
from tests.platform.inventory.factories import add_item, add_stock

pytestmark = pytest.mark.runtime

PEOPLE = ("usr_mia", "usr_max", "usr_sas", "usr_sam", "usr_pat")
READERS, TAKERS, STOCK = 1000, 40, 25


def all_at_once(portal, requests):
    """The answers to requests of several people in turn, all of which are under way at the same time."""

    async def send(client, number, method, path, body):
        cookie = f"{COOKIE}={portal.sign_in(PEOPLE[number % len(PEOPLE)])}"
        headers = {"cookie": cookie, "accept": "application/json", "sec-fetch-site": "same-origin"}
        return await client.request(method, portal.url + path, headers=headers, json=body)

    async def send_all():
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(limits=limits, timeout=120) as client:
            asked = (send(client, number, *request) for number, request in enumerate(requests))
            return await asyncio.gather(*asked)

    for person in PEOPLE:
        portal.sign_in(person)
    return asyncio.run(send_all())


def test_a_thousand_at_once_are_all_answered(breakable):
    answers = all_at_once(breakable.portal, [("GET", "/api/v1/notifications/unread", None)] * READERS)
    assert Counter(answer.status_code for answer in answers) == {200: READERS}


def test_what_many_take_from_one_shelf_at_once_is_booked_once_each_and_never_more_than_there_is(breakable):
    portal, item_id = breakable.portal, add_item(breakable.portal)
    add_stock(portal, item_id, STOCK)
    use = {"item_id": item_id, "location_id": "loc_aa", "movement_type": "usage", "quantity": 1}
    uses = [use | {"client_ref": str(uuid4())} for _ in range(TAKERS)]
    booked = set()
    for _ in range(TAKERS):
        answers = all_at_once(portal, [("POST", "/inventory/api/v1/movements", each) for each in uses])
        assert {answer.status_code for answer in answers} <= {201, 409}
        booked |= {
            each["client_ref"] for each, answer in zip(uses, answers, strict=True) if answer.is_success
        }
        # Whoever was not fast enough sends it again; the shelf is empty in the end.
        uses = [
            each
            for each, answer in zip(uses, answers, strict=True)
            if not answer.is_success and answer.json()["error"]["code"] == "VERSION_CONFLICT"
        ]
        if not uses:
            break
    (stock,) = portal.rows("SELECT quantity_on_hand FROM inventory_stock WHERE item_id = ?", item_id)
    taken = portal.rows(
        "SELECT client_ref FROM stock_movements WHERE item_id = ? AND client_ref IS NOT NULL", item_id
    )
    assert stock == {"quantity_on_hand": STOCK - len(taken)}
    assert {row["client_ref"] for row in taken} == booked
    assert len(taken) == STOCK
