"""What is to be bought: suggestions, advised levels and cheaper offers."""

import asyncio
from datetime import UTC, datetime

import pytest

from app_workers.inventory.domain.offers import cheaper_offers
from app_workers.inventory.domain.reorder import advice, orders_of, suggestion
from app_workers.inventory.jobs import JOBS
from app_workers.inventory.models.catalogue import Offer
from app_workers.inventory.models.orders import OrderQuery
from app_workers.inventory.models.reorder import History, Price, Shortage, SuggestedOrders
from app_workers.inventory.models.stock import StockQuery
from app_workers.inventory.store.levels import tiles_at
from app_workers.inventory.store.orders import orders_in
from app_workers.inventory.store.reorder import reorder_notices, suggestions_at
from app_workers.inventory.store.stock import stock_in
from tests.unit.inventory.factories import TODAY
from tests.unit.inventory.shelves import PLACE, actor
from tests.unit.inventory.test_count_queries import GATHERED
from tests.unit.inventory.test_order_store import MANAGER, A, draft, offered, shelves, step

__all__ = ["shelves"]  # the fixture

NONE = History(used=0, days=0)


def make_offer(**changes):
    fields = {
        "item_id": "itm_1",
        "vendor_id": "ven_1",
        "vendor_name": "First",
        "vendor_sku": None,
        "pack_size": 10,
        "pack_cost_cents": 1000,
        "min_order_packs": 1,
        "lead_time_days": 3,
        "is_preferred": True,
        "price_updated_at": "",
        "version": 1,
    }
    return Offer.model_validate(fields | changes)


def make_shortage(**changes):
    fields = {
        "item_id": "itm_1",
        "item_name": "Item",
        "sku": "SKU",
        "stock_unit": "box",
        "usable": 6,
        "reorder_point": 8,
        "par_level": 20,
        "on_order": 0,
        "inbound": 2,
    }
    return Shortage.model_validate(fields | changes)


def test_what_is_on_its_way_counts_towards_the_position():
    """Worked example 6."""
    found = suggestion(make_shortage(), [make_offer()], NONE)
    assert (found.position, found.packs) == (8, 2)
    assert suggestion(make_shortage(on_order=10), [make_offer()], NONE) is None


def test_no_fewer_packs_are_suggested_than_the_vendor_sells():
    assert suggestion(make_shortage(), [make_offer(min_order_packs=5)], NONE).packs == 5


def test_without_a_preferred_offer_the_item_is_listed_without_packs():
    found = suggestion(make_shortage(), [make_offer(is_preferred=False)], NONE)
    assert (found.offer, found.packs) == (None, None)
    assert suggestion(make_shortage(par_level=0), [make_offer()], NONE) is None


def test_an_offer_that_is_cheaper_by_the_unit_is_shown_with_what_it_saves():
    """Worked example 15."""
    price = Price(pack_size=100, pack_cost_cents=1200)
    other = make_offer(vendor_id="ven_2", vendor_name="Second", pack_size=50, pack_cost_cents=540)
    (found,) = cheaper_offers(price, [make_offer(), other], "ven_1", 1000)
    assert (found.vendor_name, found.saving_cents) == ("Second", 1200)


@pytest.mark.parametrize(("cost", "is_shown"), [(950, True), (951, False)])
def test_an_offer_is_cheaper_from_five_percent_on(cost, is_shown):
    other = make_offer(vendor_id="ven_2", pack_cost_cents=cost)
    found = cheaper_offers(Price(pack_size=10, pack_cost_cents=1000), [other], "ven_1", 10)
    assert bool(found) is is_shown


def test_levels_are_advised_after_thirty_days_of_history():
    assert advice(6, History(used=30, days=29), 3) is None
    found = advice(6, History(used=90, days=90), 3)
    assert (found.reorder_point, found.par_level, found.days_of_supply) == (5, 35, 6.0)
    assert advice(6, History(used=30, days=30), 3) == found
    unused = advice(6, History(used=0, days=90), 3)
    assert (unused.reorder_point, unused.par_level, unused.days_of_supply) == (0, 0, None)


def test_suggestions_become_an_order_a_vendor():
    offers = {
        "itm_1": [make_offer()],
        "itm_2": [make_offer(item_id="itm_2", vendor_id="ven_2")],
        "itm_3": [make_offer(item_id="itm_3")],
    }
    lines = [{"item_id": item_id, "packs": 2} for item_id in offers]
    orders = orders_of(SuggestedOrders.checked({"location_id": "loc_aa", "lines": lines}), offers)
    assert [(order.vendor_id, len(order.lines)) for order in orders] == [("ven_1", 2), ("ven_2", 1)]
    unsold = SuggestedOrders.checked({"location_id": "loc_aa", "lines": lines[:1]})
    assert orders_of(unsold, {}).code == "NO_VENDOR"


def test_a_location_is_short_until_what_it_needs_is_submitted(shelves):
    item_id = offered(shelves, 1000, 10, on_hand=6)
    shelves.connection.execute("UPDATE inventory_stock SET reorder_point = 8, par_level = 20")

    def read():
        return asyncio.run(suggestions_at(shelves, PLACE, TODAY))

    shelves.asked.clear()
    (found,) = read()
    assert (found.shortage.item_id, found.packs, found.advice) == (item_id, 2, None)
    for statement in shelves.asked:
        for plan in shelves.plan(statement):
            assert not plan.startswith("SCAN") or "INDEX" in plan or GATHERED.match(plan), plan
    order = draft(shelves, (item_id, 1))
    assert [each.packs for each in read()] == [2]
    order = step(shelves, order, A.SUBMIT)
    assert read() == []
    step(shelves, order, A.REJECT, MANAGER, reason="not now")
    assert len(read()) == 1


def test_what_is_on_order_stands_in_the_list_of_stock_until_it_is_over(shelves):
    """Rule 9 over the steps of an order: two packs of ten, submitted, sent back, and submitted again."""
    item_id = offered(shelves, 1000, 10, on_hand=6)

    def read():
        lines, _ = asyncio.run(stock_in(shelves, PLACE, StockQuery(), TODAY))
        tiles = asyncio.run(tiles_at(shelves, PLACE, TODAY))
        return [line.on_order for line in lines if line.item.id == item_id], tiles.open_orders

    order = draft(shelves, (item_id, 2))
    assert read() == ([0], 0)
    order = step(shelves, order, A.SUBMIT)
    assert read() == ([20], 1)
    order = step(shelves, order, A.REJECT, MANAGER, reason="not now")
    assert read() == ([0], 0)
    order = step(shelves, order, A.SUBMIT)
    orders, total = asyncio.run(orders_in(shelves, PLACE, OrderQuery(status="open")))
    assert ([each.id for each in orders], total) == ([order.id], 1)
    step(shelves, order, A.CANCEL, reason="bought elsewhere")
    assert read() == ([0], 0)
    assert asyncio.run(orders_in(shelves, PLACE, OrderQuery(status="open"))) == ([], 0)


def test_managers_are_told_once_what_their_location_is_to_order(shelves):
    offered(shelves, 1000, 10, on_hand=6)
    assert asyncio.run(reorder_notices(shelves, PLACE, actor())) == []
    shelves.connection.execute("UPDATE inventory_stock SET reorder_point = 8, par_level = 20")
    for minutes in (0, 1):
        shelves.carry_out(asyncio.run(reorder_notices(shelves, PLACE, actor(minutes=minutes))))
    told = shelves.read("SELECT title, link FROM notifications WHERE user_id = 'usr_mia'")
    link = "/inventory/reorder?location_id=loc_aa"
    assert told == [{"title": "To reorder at Ann Arbor: 1 item", "link": link}]


@pytest.mark.parametrize(("day", "is_due"), [(12, True), (13, False)])
def test_the_digest_is_due_on_mondays(day, is_due):
    at = datetime(2026, 1, day, 11, tzinfo=UTC)
    (job,) = [job for job in JOBS if job.name == "tell-reorders"]
    assert job.is_due(at) is is_due
