"""Counts that are started and scanned, in the host's SQLite."""

import asyncio

import pytest

from app_workers.inventory.errors import (
    ClientRefReused,
    CountAlreadyOpen,
)
from app_workers.inventory.store.count_scans import record_scans
from app_workers.inventory.store.count_steps import start_count
from ganger.errors import InvalidTransition
from tests.unit.inventory.counting import counts, entries, scan, start, submit
from tests.unit.inventory.shelves import PLACE, Shelves, actor, make_count, make_scan, new_ref


@pytest.fixture
def shelves():
    database = Shelves()
    yield database
    database.connection.close()


def test_full_count_plans_each_stock_row_and_each_lot_that_holds_something(shelves):
    plain, empty = shelves.add_item(4), shelves.add_item(0)
    by_lot = shelves.add_item(lots={"A1": 3, "B2": 5, "GONE": 0})
    shelves.add_item(0, status="discontinued")
    left = shelves.add_item(2, status="discontinued")
    session = start(shelves, count_type="full")
    planned = {(plain, None), (empty, None), (by_lot, "A1"), (by_lot, "B2"), (left, None)}
    assert set(counts(shelves, session)) == planned
    assert (session.planned_entries, session.total_entries, session.missing_entries) == (5, 5, 5)


def test_cycle_count_plans_its_categories_and_spot_count_nothing(shelves):
    shelves.add_item(4)
    gloves = shelves.add_item(4, category="gloves_ppe")
    session = start(shelves, count_type="cycle", categories=["gloves_ppe", "syringes"])
    assert set(counts(shelves, session)) == {(gloves, None)}
    assert session.categories == ["gloves_ppe", "syringes"]
    assert start(shelves).planned_entries == 0


def test_second_full_count_of_a_location_is_refused(shelves):
    """Worked example 14, first part."""
    first = start(shelves, count_type="full")
    again = make_count(count_type="full")
    refused = asyncio.run(start_count(shelves, PLACE, actor(), again))
    assert isinstance(refused, CountAlreadyOpen)
    assert refused.details == {"count_id": first.id}
    start(shelves)


def test_count_is_started_once_however_often_it_is_sent(shelves):
    asked = make_count(client_ref=str(new_ref()))
    first, _ = asyncio.run(start_count(shelves, PLACE, actor(), asked))
    assert asyncio.run(start_count(shelves, PLACE, actor(), asked)) == (first, True)
    other = asyncio.run(start_count(shelves, PLACE, actor("usr_sam"), asked))
    assert isinstance(other, tuple | ClientRefReused)


def test_scans_add_up_and_a_set_replaces(shelves):
    item_id = shelves.add_item(40)
    shelves.add_barcode(item_id, "BOX10", units_per_scan=10)
    session = start(shelves)
    scan(shelves, session, make_scan("box-10", 2), make_scan(item_id.upper(), 3))
    assert counts(shelves, session) == {(item_id, None): (40, 23)}
    scan(shelves, session, make_scan("BOX10", 7, mode="set"), make_scan(item_id.upper(), 1))
    assert counts(shelves, session) == {(item_id, None): (40, 8)}


def test_scan_sent_again_changes_nothing(shelves):
    """Worked example 13."""
    item_id = shelves.add_item(40)
    session = start(shelves)
    once = make_scan(item_id.upper(), 4)
    assert [each.duplicate for each in scan(shelves, session, once)] == [False]
    (again,) = scan(shelves, session, once)
    assert (again.duplicate, again.entry.counted_quantity) == (True, 4)
    first, second = scan(shelves, session, *[make_scan(item_id.upper(), 1)] * 2)
    assert (first.duplicate, second.duplicate, second.entry.counted_quantity) == (False, True, 5)


def test_scan_sent_again_is_harmless_after_the_count_was_submitted(shelves):
    once = make_scan(shelves.add_item(4).upper(), 4)
    session = start(shelves)
    scan(shelves, session, once)
    submit(shelves, session)
    assert scan(shelves, session, once)[0].duplicate
    assert isinstance(scan(shelves, session, once, make_scan("ITM", 1)), InvalidTransition)


def test_expected_quantity_is_read_at_the_first_scan_and_again_at_a_set(shelves):
    item_id = shelves.add_item(40)
    session = start(shelves)
    scan(shelves, session, make_scan(item_id.upper(), 30))
    shelves.move(item_id, -5)
    scan(shelves, session, make_scan(item_id.upper(), 5))
    assert counts(shelves, session) == {(item_id, None): (40, 35)}
    scan(shelves, session, make_scan(item_id.upper(), 35, mode="set"))
    assert counts(shelves, session) == {(item_id, None): (35, 35)}


def test_nothing_is_a_count_too(shelves):
    item_id = shelves.add_item(3)
    session = start(shelves)
    scan(shelves, session, make_scan(item_id.upper(), 0))
    assert counts(shelves, session) == {(item_id, None): (3, 0)}


def test_unknown_lot_is_made_with_nothing_in_it(shelves):
    item_id = shelves.add_item(lots={"A1": 3})
    session = start(shelves)
    scan(shelves, session, make_scan(item_id.upper(), 2, lot_number="new9", expires_on="2027-01-31"))
    assert shelves.lots(item_id) == {"A1": 3, "NEW9": 0}
    assert counts(shelves, session) == {(item_id, "NEW9"): (0, 2)}
    (stock,) = shelves.read("SELECT version FROM inventory_stock WHERE item_id = ?", item_id)
    assert stock["version"] == 2


def test_each_scan_that_cannot_be_counted_is_told_and_the_others_count(shelves):
    plain, by_lot = shelves.add_item(3), shelves.add_item(lots={"A1": 3})
    session = start(shelves)
    results = scan(
        shelves,
        session,
        make_scan("NOPE-1"),
        make_scan(by_lot.upper()),
        make_scan(by_lot.upper(), lot_number="A1", expires_on="2026-10-01"),
        make_scan(plain.upper(), lot_number="A1"),
        make_scan(plain.upper(), 2),
    )
    codes = [each.error.code if each.error else None for each in results]
    expected = ["BARCODE_UNKNOWN", "LOT_REQUIRED", "LOT_EXPIRY_MISMATCH", "VALIDATION_ERROR", None]
    assert codes == expected
    assert shelves.read("SELECT barcode, scan_count FROM unmatched_barcodes") == [
        {"barcode": "NOPE1", "scan_count": 1}
    ]
    assert counts(shelves, session) == {(plain, None): (3, 2)}


def test_counter_is_not_told_what_is_expected(shelves):
    session = start(shelves)
    (result,) = scan(shelves, session, make_scan(shelves.add_item(7).upper(), 2))
    assert (result.entry.expected_quantity, result.entry.variance, result.entry.on_hand) == (None, None, None)


def test_two_people_at_the_same_shelf_both_count(shelves):
    item_id = shelves.add_item(40)
    session = start(shelves)

    async def at_once():
        batches = [[make_scan(item_id.upper(), 1) for _ in range(5)] for _ in range(6)]
        twice = [*batches, *batches]  # and each request is sent twice
        people = ["usr_pat", "usr_mia"] * 6
        await asyncio.gather(
            *(
                record_scans(shelves, PLACE, actor(person), session.id, batch)
                for person, batch in zip(people, twice, strict=True)
            )
        )

    asyncio.run(at_once())
    assert counts(shelves, session) == {(item_id, None): (40, 30)}
    assert set(entries(shelves, session)[0].counters) == {"usr_pat", "usr_mia"}
