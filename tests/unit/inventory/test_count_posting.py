"""Counts that are decided and posted, in the host's SQLite."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app_workers.inventory.errors import (
    CountNotReady,
    CountStale,
)
from app_workers.inventory.models.counts import CountStatus, ScanMode
from app_workers.inventory.store.count_posting import post_count
from app_workers.inventory.store.count_steps import take_step
from ganger.errors import VersionConflict
from tests.unit.inventory.counting import decide, entries, post, scan, start, submit
from tests.unit.inventory.shelves import PLACE, Shelves, actor, make_scan


@pytest.fixture
def shelves():
    database = Shelves()
    yield database
    database.connection.close()


def test_posting_keeps_what_moved_since_the_count(shelves):
    """Worked example 12."""
    item_id = shelves.add_item(40)
    session = start(shelves)
    scan(shelves, session, make_scan(item_id.upper(), 38))
    shelves.move(item_id, -5)
    posted, booked = post(shelves, submit(shelves, session))
    assert shelves.on_hand(item_id) == 33
    movement = shelves.read("SELECT * FROM stock_movements WHERE movement_type = 'count'")[0]
    assert (movement["quantity_change"], movement["previous_quantity"], movement["new_quantity"]) == (
        -2,
        35,
        33,
    )
    assert (movement["reference_type"], movement["reference_id"]) == ("count", session.id)
    assert (posted.status, posted.variance_value_cents, len(booked)) == ("posted", -1000, 1)
    (stock,) = shelves.read("SELECT last_counted_at FROM inventory_stock WHERE item_id = ?", item_id)
    assert stock["last_counted_at"]
    assert shelves.differences() == []


def test_posting_moves_lots_with_their_stock(shelves):
    item_id = shelves.add_item(lots={"A1": 3, "B2": 10})
    session = start(shelves, count_type="full")
    sku = item_id.upper()
    scan(shelves, session, make_scan(sku, 1, lot_number="A1"), make_scan(sku, 12, lot_number="B2"))
    scan(shelves, session, make_scan(sku, 1, lot_number="C3"))
    posted, _ = post(shelves, submit(shelves, session))
    assert posted.status == "posted"
    assert shelves.lots(item_id) == {"A1": 1, "B2": 12, "C3": 1}
    assert shelves.on_hand(item_id) == 14
    assert shelves.differences() == []
    movements = shelves.read("SELECT * FROM stock_movements WHERE movement_type = 'count' ORDER BY id")
    assert [row["previous_quantity"] for row in movements[1:]] == [
        row["new_quantity"] for row in movements[:-1]
    ]


def test_posting_below_nothing_is_refused_as_a_whole(shelves):
    stale, fine = shelves.add_item(4), shelves.add_item(4)
    session = start(shelves)
    scan(shelves, session, make_scan(stale.upper(), 2), make_scan(fine.upper(), 3))
    submitted = submit(shelves, session)
    shelves.move(stale, -3)
    refused = post(shelves, submitted)
    assert isinstance(refused, CountStale)
    assert [each["item_id"] for each in refused.details["entries"]] == [stale]
    assert (shelves.on_hand(stale), shelves.on_hand(fine)) == (1, 4)


def test_undecided_count_is_not_posted(shelves):
    item_id = shelves.add_item(40)
    session = start(shelves)
    scan(shelves, session, make_scan(item_id.upper(), 30))
    submitted = submit(shelves, session)
    refused = post(shelves, submitted)
    assert (type(refused), refused.details) == (CountNotReady, {"undecided": 1})
    approved = decide(shelves, submitted, "approved", CountStatus.SUBMITTED)
    assert post(shelves, approved)[0].status == "posted"
    assert shelves.on_hand(item_id) == 30


def test_recount_starts_from_nothing_and_is_judged_anew(shelves):
    item_id = shelves.add_item(40)
    session = start(shelves)
    scan(shelves, session, make_scan(item_id.upper(), 30))
    again = decide(shelves, submit(shelves, session), "recount", CountStatus.IN_PROGRESS)
    assert (again.missing_entries, again.counted_entries) == (1, 0)
    shelves.move(item_id, -1)
    scan(shelves, session, make_scan(item_id.upper(), 20), person="usr_mia")
    scan(shelves, session, make_scan(item_id.upper(), 19))
    (entry,) = entries(shelves, session)
    assert (entry.status, entry.expected_quantity, entry.counted_quantity) == ("counted", 39, 39)
    assert set(entry.counters) == {"usr_mia", "usr_pat"}
    assert submit(shelves, session).missing_entries == 0
    assert [each.status for each in entries(shelves, session)] == ["auto_approved"]


def test_step_of_an_outdated_reader_is_refused(shelves):
    session = start(shelves)
    item_id = shelves.add_item(4)
    scan(shelves, session, make_scan(item_id.upper(), 4))
    refused = asyncio.run(take_step(shelves, PLACE, actor(), session, CountStatus.CANCELLED, {}))
    assert isinstance(refused, VersionConflict)
    assert refused.details["current"]["version"] == session.version + 1


def test_of_two_posts_at_once_one_books(shelves):
    item_id = shelves.add_item(40)
    session = start(shelves)
    scan(shelves, session, make_scan(item_id.upper(), 38))
    submitted = submit(shelves, session)

    async def twice():
        return await asyncio.gather(
            *(post_count(shelves, PLACE, actor("usr_mia"), session.id, submitted.version) for _ in range(2))
        )

    outcomes = asyncio.run(twice())
    assert sorted(type(each).__name__ for each in outcomes) == ["VersionConflict", "tuple"]
    assert shelves.on_hand(item_id) == 38
    assert shelves.differences() == []


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("scan"), st.integers(0, 2), st.integers(0, 12), st.sampled_from(ScanMode)),
        st.tuples(st.just("move"), st.integers(0, 2), st.integers(-6, 6)),
        st.tuples(st.just("lot"), st.sampled_from(["A1", "B2", "NEW"]), st.integers(0, 9)),
        st.tuples(st.just("post")),
    ),
    max_size=25,
)


@settings(max_examples=60)
@given(_STEPS)
def test_whatever_is_counted_used_and_posted_the_ledger_sums_to_what_is_on_hand(steps):
    shelves = Shelves()
    plain = [shelves.add_item(on_hand) for on_hand in (0, 8, 20)]
    by_lot = shelves.add_item(lots={"A1": 3, "B2": 10})
    session = start(shelves)
    for kind, *values in steps:
        if kind == "scan":
            which, quantity, mode = values
            scan(shelves, session, make_scan(plain[which].upper(), quantity, mode=mode))
        elif kind == "lot":
            lot_number, quantity = values
            scan(shelves, session, make_scan(by_lot.upper(), quantity, lot_number=lot_number))
        elif kind == "move":
            which, change = values
            if change and shelves.on_hand(plain[which]) + change >= 0:
                shelves.move(plain[which], change)
        elif entries(shelves, session):
            before = {item_id: shelves.on_hand(item_id) for item_id in plain}
            variances = {each.item_id: each.variance for each in entries(shelves, session)}
            submitted = decide(shelves, submit(shelves, session), "approved", CountStatus.SUBMITTED)
            if isinstance(post(shelves, submitted), tuple):
                after = {item_id: before[item_id] + variances.get(item_id, 0) for item_id in plain}
                assert after == {item_id: shelves.on_hand(item_id) for item_id in plain}
            session = start(shelves)
    assert shelves.differences() == []
    shelves.connection.close()
