"""Whatever is done in whatever order, what is on hand is what the ledger says."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app_workers.inventory.demo import statements
from app_workers.inventory.domain.receiving import delivery_problem
from app_workers.inventory.domain.reconciling import sentence
from app_workers.inventory.models.ledger import Delivery
from app_workers.inventory.models.stock import LotAction
from app_workers.inventory.store.changes import record_change
from app_workers.inventory.store.items import find_item
from app_workers.inventory.store.levels import find_lot, levels_of
from app_workers.inventory.store.lots import decide_lot
from app_workers.inventory.store.receipts import record_receipt
from app_workers.inventory.store.reconciling import differences
from ganger.audit import Actor
from ganger.clock import clinic_date
from ganger.identity import Location
from ganger.scope import Scope
from tests.harness.tables import HostDatabase
from tests.unit.inventory.factories import TODAY, make_change

NOW = datetime(2026, 1, 10, 15, tzinfo=UTC)
ACTOR = Actor("usr_mia", "req_1", None, NOW)
PLACES = ("loc_aa", "loc_wx")
SCOPE = Scope("usr_mia", tuple(Location(id_, id_) for id_ in PLACES))
ITEMS = ("itm_glv-nit-m", "itm_bic-84", "itm_cal-demo")  # plain, by lot, controlled

LOTS = st.sampled_from([None, "A1", "B2", "C3"])
STEPS = st.tuples(
    st.sampled_from(["receive", "usage", "waste", "adjustment", "vendor_return", "quarantine", "release"]),
    st.sampled_from(ITEMS),
    st.sampled_from(PLACES),
    st.integers(-12, 12),
    LOTS,
    st.integers(-1, 3),  # days to the lot's expiry
    st.booleans(),  # with an outdated version, or sent twice
)


@pytest.fixture(scope="module")
def database():
    database = HostDatabase("inventory")
    database.carry_out(statements(TODAY))
    yield database
    database.connection.close()


async def take(db, step):
    """Try one step; what the rules refuse changes nothing."""
    what, item_id, location_id, quantity, lot_number, days, is_odd = step
    item, place = await find_item(db, item_id), SCOPE.at(location_id)
    if what in ("quarantine", "release"):
        lot = await find_lot(db, place, item_id, lot_number)
        if lot is not None:
            await decide_lot(db, SCOPE, ACTOR, lot, LotAction(what), "for this test")
        return
    expires_on = clinic_date(NOW) + timedelta(days=days) if lot_number else None
    if what == "receive":
        await receive(db, item, place, abs(quantity) + 1, lot_number, expires_on, is_odd)
        return
    asked = make_change(
        what,
        quantity if what == "adjustment" else abs(quantity),
        item_id=item_id,
        location_id=location_id,
        lot_number=lot_number,
        expires_on=expires_on if what == "adjustment" else None,
        witness_user_id="usr_pat" if what == "waste" else None,
        client_ref=uuid4(),
    )
    for _ in range(1 + is_odd):
        await record_change(db, SCOPE, ACTOR, item, asked)


async def receive(db, item, place, quantity, lot_number, expires_on, is_outdated):
    location_id = place.location_ids[0]
    levels = await levels_of(db, place, item.id, clinic_date(NOW))
    version = levels[0].version if levels else 0
    delivery = Delivery(
        location_id=location_id,
        quantity=quantity,
        lot_number=lot_number,
        expires_on=expires_on,
        version=version + is_outdated,
        client_ref=uuid4(),
    )
    lot = await find_lot(db, place, item.id, lot_number)
    if delivery_problem(item, lot, delivery, clinic_date(NOW)) is None:
        await record_receipt(db, SCOPE, ACTOR, item, delivery)


def balances(database):
    return [
        [tuple(row) for row in database.connection.execute(sql)]
        for sql in (
            "SELECT item_id, location_id, quantity_on_hand, version FROM inventory_stock ORDER BY id",
            "SELECT id, quantity FROM inventory_lots ORDER BY id",
        )
    ]


@settings(max_examples=1000)
@given(st.lists(STEPS, min_size=1, max_size=15))
def test_on_hand_equals_the_ledger_after_any_sequence(database, steps):
    async def run():
        for step in steps:
            await take(database, step)
            assert [sentence(each) for each in await differences(database)] == []

    asyncio.run(run())
    broken = database.connection.execute("""
        SELECT id FROM (SELECT id, previous_quantity, LAG(new_quantity) OVER (
            PARTITION BY item_id, location_id ORDER BY rowid) AS last FROM stock_movements)
        WHERE previous_quantity <> COALESCE(last, previous_quantity)""").fetchall()
    assert broken == []
    unaudited = database.connection.execute("""
        SELECT id FROM stock_movements WHERE client_ref IS NOT NULL AND client_seq = 0 AND id NOT IN (
            SELECT record_id FROM audit_logs)""").fetchall()
    assert unaudited == []


def test_a_batch_that_fails_at_its_end_leaves_nothing_behind(database):
    before = balances(database)
    item = asyncio.run(find_item(database, "itm_glv-nit-m"))
    asked = make_change("adjustment", 1, item_id=item.id, client_ref=uuid4())
    broken = Actor("usr_mia", None, None, NOW)  # the audit row needs a request, and is the batch's last
    with pytest.raises(Exception, match="constraint failed"):
        asyncio.run(record_change(database, SCOPE, broken, item, asked))
    assert balances(database) == before


def test_each_kind_of_difference_is_found(database):
    database.connection.execute("SAVEPOINT tampered")
    database.connection.executescript("""
        UPDATE inventory_stock SET quantity_on_hand = quantity_on_hand + 1 WHERE id = 'stk_pun-3mm_loc_aa';
        UPDATE inventory_lots SET quantity = quantity + 2 WHERE id = (
            SELECT id FROM inventory_lots WHERE item_id = 'itm_alu-20' LIMIT 1);
        PRAGMA foreign_keys = OFF;
        DELETE FROM inventory_stock WHERE id = 'stk_cur-3mm_loc_aa';
    """)
    found = asyncio.run(differences(database))
    assert [each.subject for each in found] == ["stock", "lots", "lot", "missing"]
    lines = [sentence(each) for each in found]
    assert lines[0].startswith("item itm_pun-3mm at loc_aa: ")
    assert "lot DEMO" in lines[2]
