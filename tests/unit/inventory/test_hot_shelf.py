"""Many at one shelf: nobody is refused because others were faster, and the lots still go by expiry."""

import asyncio
from collections import Counter
from itertools import pairwise
from uuid import uuid4

import pytest

from app_workers.inventory.errors import InsufficientStock
from app_workers.inventory.models.ledger import Changed
from app_workers.inventory.store import changes
from app_workers.inventory.store.changes import record_change
from app_workers.inventory.store.items import find_item
from app_workers.inventory.store.ledger import ITEM_AS_READ
from app_workers.inventory.store.transfer_drafts import draft_transfer
from app_workers.inventory.store.transfer_moves import ship
from ganger.db import ExpectationFailed
from ganger.errors import VersionConflict
from tests.unit.inventory.factories import make_change
from tests.unit.inventory.shelves import PLACE, Shelves, actor
from tests.unit.inventory.test_transfer_store import line, make_transfer

BY_EXPIRY = ("A1", "B2", "C3")
_RELEASE = "UPDATE inventory_lots SET status = 'available' WHERE lot_number = '{lot}'"
_HOLD = "UPDATE inventory_lots SET status = 'quarantined' WHERE lot_number = '{lot}'"
_FILL = "UPDATE inventory_lots SET quantity = quantity + {more} WHERE lot_number = '{lot}'"


class Overtaken(Shelves):
    """Shelves at which somebody does something between what a change reads and its batch, once."""

    meanwhile = ""

    async def batch(self, statements):
        script, self.meanwhile = self.meanwhile, ""
        self.connection.executescript(script)
        await super().batch(statements)


class Contested(Shelves):
    """Shelves at which somebody is always faster."""

    lacking, tries = "enough on hand", 0

    async def batch(self, statements):
        self.tries += 1
        raise ExpectationFailed(self.lacking)


@pytest.fixture
def shelves(request):
    database = getattr(request, "param", Shelves)()
    yield database
    database.connection.close()


def add_lots(shelves, *quantities):
    """An item with lots that expire one after the other."""
    item_id = shelves.add_item(lots=dict(zip(BY_EXPIRY, quantities, strict=False)))
    shelves.connection.execute(
        "UPDATE inventory_lots SET expires_on = printf('2026-%02d-28', unicode(lot_number) - 60)"
    )
    return item_id


async def take(shelves, item_id, quantity=1, **fields):
    asked = make_change("usage", quantity, item_id=item_id, **{"client_ref": uuid4()} | fields)
    return await record_change(shelves, PLACE, actor(), await find_item(shelves, item_id), asked)


def all_at_once(shelves, *taking):
    async def run():
        return await asyncio.gather(*taking)

    outcomes = asyncio.run(run())
    assert shelves.differences() == []
    return Counter(type(outcome) for outcome in outcomes)


def lots_in_order(shelves):
    rows = shelves.read("""
        SELECT lot.lot_number, -quantity_change AS taken FROM stock_movements AS movement
        JOIN inventory_lots AS lot ON lot.id = movement.lot_id
        WHERE movement_type = 'usage' ORDER BY movement.rowid""")
    return [(row["lot_number"], row["taken"]) for row in rows]


def test_all_who_take_from_one_shelf_get_it_while_there_is_some_at_the_first_go(shelves):
    item_id = shelves.add_item(150)
    outcomes = all_at_once(shelves, *(take(shelves, item_id) for _ in range(200)))
    assert outcomes == {Changed: 150, InsufficientStock: 50}
    assert shelves.on_hand(item_id) == 0
    reads = [each for each in shelves.asked if each.sql.startswith("SELECT quantity_on_hand")]
    assert len(reads) == 200 + 50  # those who came too late look once more


def test_lots_of_a_hot_shelf_are_emptied_one_after_the_other(shelves):
    item_id = add_lots(shelves, 40, 30, 50)
    outcomes = all_at_once(shelves, *(take(shelves, item_id, 1 + number % 3) for number in range(55)))
    assert outcomes == {Changed: 55}
    taken = [lot_number for lot_number, _ in lots_in_order(shelves)]
    assert all(earlier <= later for earlier, later in pairwise(taken))
    assert shelves.lots(item_id) == {"A1": 0, "B2": 0, "C3": 120 - sum(1 + n % 3 for n in range(55))}


def test_the_same_change_many_times_at_once_is_booked_once_though_it_takes_the_last(shelves):
    item_id = add_lots(shelves, 2, 3)
    same = uuid4()
    outcomes = all_at_once(shelves, *(take(shelves, item_id, 5, client_ref=same) for _ in range(20)))
    assert outcomes == {Changed: 20}
    assert lots_in_order(shelves) == [("A1", 2), ("B2", 3)]


@pytest.mark.parametrize("shelves", [Overtaken], indirect=True)
@pytest.mark.parametrize(
    ("before", "meanwhile", "taken"),
    [
        (None, _FILL.format(lot="C3", more=5), [("A1", 2), ("B2", 2)]),
        (None, _FILL.format(lot="B2", more=-1), [("A1", 2), ("B2", 2)]),
        (None, _FILL.format(lot="B2", more=-2), [("A1", 2), ("B2", 1), ("C3", 1)]),
        (None, _FILL.format(lot="A1", more=1), [("A1", 3), ("B2", 1)]),
        (None, _HOLD.format(lot="B2"), [("A1", 2), ("C3", 2)]),
        (_HOLD.format(lot="A1"), _RELEASE.format(lot="A1"), [("A1", 2), ("B2", 2)]),
        (_FILL.format(lot="A1", more=-2), _FILL.format(lot="A1", more=4), [("A1", 4)]),
    ],
    ids=["more of a later lot", "less, but enough", "too little of a lot", "more of an earlier lot",
         "a lot held back", "an earlier lot given free", "an earlier lot filled again"],
)  # fmt: skip
def test_what_is_taken_is_what_would_be_chosen_at_that_moment(shelves, before, meanwhile, taken):
    item_id = add_lots(shelves, 2, 3, 4)
    shelves.connection.executescript(before or "")
    shelves.meanwhile = meanwhile
    assert isinstance(asyncio.run(take(shelves, item_id, 4)), Changed)
    assert lots_in_order(shelves) == taken


@pytest.mark.parametrize("shelves", [Overtaken], indirect=True)
@pytest.mark.parametrize(
    ("meanwhile", "code"),
    [
        (_HOLD.format(lot="A1"), "LOT_QUARANTINED"),
        (_FILL.format(lot="A1", more=-1), "INSUFFICIENT_STOCK"),
    ],
    ids=["held back", "too little"],
)
def test_a_named_lot_is_refused_for_what_happened_meanwhile(shelves, meanwhile, code):
    item_id = add_lots(shelves, 2, 3)
    shelves.meanwhile = meanwhile
    assert asyncio.run(take(shelves, item_id, 2, lot_number="A1")).code == code
    assert lots_in_order(shelves) == []


@pytest.mark.parametrize("shelves", [Overtaken], indirect=True)
def test_a_lot_that_somebody_else_made_meanwhile_keeps_its_date(shelves):
    item_id = add_lots(shelves, 2)
    shelves.meanwhile = """
        INSERT INTO inventory_lots (id, item_id, location_id, lot_number, expires_on, quantity, created_at,
            updated_at) SELECT 'lot_new', item_id, location_id, 'NEW', '2026-07-31', 0, '', ''
            FROM inventory_lots"""
    asked = make_change(
        "adjustment",
        3,
        item_id=item_id,
        lot_number="NEW",
        expires_on="2026-08-31",
        reason_code="found",
    )

    async def add():
        return await record_change(shelves, PLACE, actor(), await find_item(shelves, item_id), asked)

    assert asyncio.run(add()).code == "LOT_EXPIRY_MISMATCH"


@pytest.mark.parametrize("shelves", [Contested], indirect=True)
def test_whoever_is_overtaken_all_the_time_is_told_so(shelves, monkeypatch):
    monkeypatch.setattr(changes, "_TRIES_FOR_S", 0)
    assert isinstance(asyncio.run(take(shelves, shelves.add_item(5))), VersionConflict)
    assert shelves.tries == 5


@pytest.mark.parametrize("shelves", [Contested], indirect=True)
def test_whoever_acts_on_an_item_that_was_edited_meanwhile_is_told_so_at_once(shelves):
    shelves.lacking = ITEM_AS_READ
    assert isinstance(asyncio.run(take(shelves, shelves.add_item(5))), VersionConflict)
    assert shelves.tries == 1


def test_a_transfer_leaves_while_others_take_from_its_shelf(shelves):
    item_id = add_lots(shelves, 30, 30, 30)

    async def send():
        asked = make_transfer(line(item_id, 35))
        transfer, *_ = await draft_transfer(shelves, PLACE, actor(), asked)
        return await ship(shelves, PLACE, actor(), transfer.id, transfer.version)

    outcomes = all_at_once(shelves, send(), *(take(shelves, item_id) for _ in range(50)))
    assert outcomes == {Changed: 50, tuple: 1}
    assert sum(shelves.lots(item_id).values()) == 5
