"""Transfers carried out in the host's SQLite: what leaves, what arrives, what comes back."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app_workers.inventory.models.transfers import (
    LineEntry,
    NewTransfer,
    Receipt,
    TransferQuery,
    TransferStatus,
)
from app_workers.inventory.store.transfer_drafts import draft_transfer, set_line
from app_workers.inventory.store.transfer_moves import cancel, receive, ship
from app_workers.inventory.store.transfers import inbound_to, lines_of, transfers_in
from ganger.errors import Forbidden, InvalidTransition, ValidationFailed, VersionConflict
from ganger.identity import Location
from ganger.scope import Scope
from tests.unit.inventory.shelves import PLACE, Shelves, actor, new_ref
from tests.unit.inventory.test_count_queries import GATHERED

WIXOM = Scope("usr_wes", (Location("loc_wx", "Wixom"),))
BOTH = Scope("usr_mia", (*PLACE.locations, *WIXOM.locations))


@pytest.fixture
def shelves():
    database = Shelves()
    yield database
    database.connection.close()


def make_transfer(*lines, **changes):
    fields = {"from_location_id": "loc_aa", "to_location_id": "loc_wx", "lines": list(lines)}
    return NewTransfer.checked(fields | changes)


def line(item_id, quantity, **changes):
    return {"item_id": item_id, "quantity": quantity, **changes}


def draft(shelves, *lines, scope=PLACE, **changes):
    drafted = asyncio.run(draft_transfer(shelves, scope, actor(), make_transfer(*lines, **changes)))
    assert isinstance(drafted, tuple), drafted
    return drafted[0]


def shipped(shelves, *lines):
    transfer = draft(shelves, *lines)
    return asyncio.run(ship(shelves, PLACE, actor(), transfer.id, transfer.version))[0]


def lines_in(shelves, transfer):
    return asyncio.run(lines_of(shelves, BOTH, transfer.id))


def arrive(shelves, transfer, *quantities, scope=WIXOM):
    lines = zip(lines_in(shelves, transfer), quantities, strict=True)
    asked = Receipt.checked(
        {
            "version": transfer.version,
            "lines": [{"line_id": each.id, "received_quantity": quantity} for each, quantity in lines],
        }
    )
    return asyncio.run(receive(shelves, scope, actor("usr_wes"), transfer.id, asked))


def at(shelves, item_id):
    """On hand at Ann Arbor and at Wixom."""
    rows = shelves.read(
        "SELECT location_id, quantity_on_hand AS n FROM inventory_stock WHERE item_id = ?", item_id
    )
    held = {row["location_id"]: row["n"] for row in rows}
    return held["loc_aa"], held.get("loc_wx", 0)


def test_less_than_was_sent_arrives_and_the_managers_of_both_places_are_told(shelves):
    """Worked example 10, first part."""
    item_id = shelves.add_item(14)
    transfer = shipped(shelves, line(item_id, 10))
    assert (transfer.status, at(shelves, item_id)) == (TransferStatus.IN_TRANSIT, (4, 0))
    received, moved = arrive(shelves, transfer, 8)
    assert (received.status, received.has_discrepancy, moved) == (TransferStatus.RECEIVED, True, [item_id])
    assert at(shelves, item_id) == (4, 8)
    assert shelves.differences() == []
    told = shelves.read("SELECT user_id, title FROM notifications ORDER BY user_id")
    people = {row["user_id"] for row in told}
    assert "usr_mia" in people
    assert not people & {"usr_pat", "usr_wes", "usr_max"}
    assert transfer.transfer_number in told[0]["title"]


def test_all_that_was_sent_arrives_and_nobody_is_told(shelves):
    item_id = shelves.add_item(14)
    received, _ = arrive(shelves, shipped(shelves, line(item_id, 10)), 10)
    assert not received.has_discrepancy
    assert shelves.read("SELECT id FROM notifications") == []


def test_more_than_was_sent_does_not_arrive(shelves):
    """Worked example 10, last part."""
    item_id = shelves.add_item(14)
    transfer = shipped(shelves, line(item_id, 10))
    refused = arrive(shelves, transfer, 11)
    assert (refused.code, refused.details["sent"]) == ("OVER_RECEIPT", 10)
    assert at(shelves, item_id) == (4, 0)


def test_lots_leave_by_expiry_and_their_lines_are_split(shelves):
    item_id = shelves.add_item(lots={"A1": 3, "B2": 10})
    shelves.connection.execute("UPDATE inventory_lots SET expires_on = '2026-03-31' WHERE lot_number = 'A1'")
    transfer = shipped(shelves, line(item_id, 5))
    assert [(each.lot_number, each.quantity) for each in lines_in(shelves, transfer)] == [
        ("A1", 3),
        ("B2", 2),
    ]
    arrive(shelves, transfer, 3, 1)
    rows = shelves.read(
        "SELECT lot_number, quantity, expires_on FROM inventory_lots WHERE location_id = 'loc_wx' ORDER BY 1"
    )
    assert rows == [
        {"lot_number": "A1", "quantity": 3, "expires_on": "2026-03-31"},
        {"lot_number": "B2", "quantity": 1, "expires_on": "2026-09-30"},
    ]
    assert shelves.differences() == []


def test_a_named_lot_leaves_before_the_first_to_expire_is_picked(shelves):
    item_id = shelves.add_item(lots={"A1": 3, "B2": 10})
    transfer = shipped(shelves, line(item_id, 2), line(item_id, 3, lot_number="a1"))
    assert {(each.lot_number, each.quantity) for each in lines_in(shelves, transfer)} == {
        ("A1", 3),
        ("B2", 2),
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [("status = 'quarantined'", "LOT_QUARANTINED"), ("expires_on = '2026-01-09'", "LOT_EXPIRED")],
    ids=["held back", "expired"],
)
def test_a_lot_that_may_not_be_used_does_not_leave(shelves, change, code):
    item_id = shelves.add_item(lots={"A1": 3})
    shelves.connection.execute(f"UPDATE inventory_lots SET {change}")  # noqa: S608 - the test's own
    for asked, refusal in (
        (line(item_id, 1, lot_number="A1"), code),
        (line(item_id, 1), "INSUFFICIENT_STOCK"),
    ):
        transfer = draft(shelves, asked)
        refused = asyncio.run(ship(shelves, PLACE, actor(), transfer.id, transfer.version))
        assert refused.code == refusal


def test_more_than_there_is_does_not_leave_and_nothing_else_does(shelves):
    plenty, scarce = shelves.add_item(10), shelves.add_item(2)
    transfer = draft(shelves, line(plenty, 5), line(scarce, 3))
    refused = asyncio.run(ship(shelves, PLACE, actor(), transfer.id, transfer.version))
    assert (refused.code, refused.details) == ("INSUFFICIENT_STOCK", {"available": 2, "item_id": scarce})
    assert (at(shelves, plenty), at(shelves, scarce)) == ((10, 0), (2, 0))


def test_cancelled_on_its_way_everything_is_back(shelves):
    item_id = shelves.add_item(lots={"A1": 3, "B2": 10})
    transfer = shipped(shelves, line(item_id, 5))
    assert isinstance(
        asyncio.run(cancel(shelves, WIXOM, actor("usr_wes"), transfer.id, transfer.version)), Forbidden
    )
    cancelled, _ = asyncio.run(cancel(shelves, PLACE, actor(), transfer.id, transfer.version))
    assert cancelled.status is TransferStatus.CANCELLED
    assert shelves.lots(item_id) == {"A1": 3, "B2": 10}
    assert shelves.differences() == []
    again = asyncio.run(cancel(shelves, PLACE, actor(), transfer.id, cancelled.version))
    assert isinstance(again, InvalidTransition)


def test_cancelled_draft_moves_nothing(shelves):
    item_id = shelves.add_item(4)
    transfer = draft(shelves, line(item_id, 4))
    _, moved = asyncio.run(cancel(shelves, PLACE, actor(), transfer.id, transfer.version))
    assert (moved, at(shelves, item_id)) == ([], (4, 0))


def test_steps_are_for_the_people_of_their_place(shelves):
    transfer = draft(shelves, line(shelves.add_item(4), 1))
    refused = asyncio.run(ship(shelves, WIXOM, actor("usr_wes"), transfer.id, transfer.version))
    assert isinstance(refused, Forbidden)
    on_its_way, _ = asyncio.run(ship(shelves, PLACE, actor(), transfer.id, transfer.version))
    assert isinstance(arrive(shelves, on_its_way, 1, scope=PLACE), Forbidden)


def test_lines_of_a_draft_are_put_replaced_and_taken_away(shelves):
    item_id = shelves.add_item(4)
    transfer = draft(shelves)
    for quantity, left in ((3, [3]), (4, [4]), (0, [])):
        entry = LineEntry(version=transfer.version, barcode="x", quantity=quantity)
        transfer = asyncio.run(set_line(shelves, PLACE, actor(), transfer, item_id, entry))
        assert [each.quantity for each in lines_in(shelves, transfer)] == left
    refused = asyncio.run(ship(shelves, PLACE, actor(), transfer.id, transfer.version))
    assert isinstance(refused, ValidationFailed)


def test_numbers_count_on_within_the_year_and_a_draft_sent_twice_is_one(shelves):
    ref = str(new_ref())
    first, second = draft(shelves, client_ref=ref), draft(shelves)
    assert (first.transfer_number, second.transfer_number) == ("TR-2026-00001", "TR-2026-00002")
    assert draft(shelves, client_ref=ref).id == first.id


def test_outdated_step_is_refused(shelves):
    transfer = draft(shelves, line(shelves.add_item(4), 1))
    refused = asyncio.run(ship(shelves, PLACE, actor(), transfer.id, transfer.version + 1))
    assert isinstance(refused, VersionConflict)


def test_of_two_who_receive_at_once_one_does(shelves):
    item_id = shelves.add_item(4)
    transfer = shipped(shelves, line(item_id, 4))
    (sent,) = lines_in(shelves, transfer)
    lines = [{"line_id": sent.id, "received_quantity": 4}]
    asked = Receipt.checked({"version": transfer.version, "lines": lines})

    async def twice():
        return await asyncio.gather(
            *(receive(shelves, WIXOM, actor("usr_wes"), transfer.id, asked) for _ in range(2))
        )

    outcomes = asyncio.run(twice())
    assert sorted(type(each).__name__ for each in outcomes) == ["VersionConflict", "tuple"]
    assert at(shelves, item_id) == (0, 4)


def test_no_statement_reads_a_whole_table(shelves):
    item_id = shelves.add_item(lots={"A1": 3, "B2": 10})
    shelves.asked.clear()
    transfer = shipped(shelves, line(item_id, 5))
    assert asyncio.run(inbound_to(shelves, PLACE)) == []
    assert [each.id for each in asyncio.run(inbound_to(shelves, WIXOM))] == [transfer.id]
    arrive(shelves, transfer, 1, 1)
    asyncio.run(transfers_in(shelves, BOTH, TransferQuery(status="received")))
    assert shelves.asked
    for statement in shelves.asked:
        for step in shelves.plan(statement):
            if step != "SCAN user_roles":  # a line a person; managers have no index of their own
                assert not step.startswith("SCAN") or "INDEX" in step or GATHERED.match(step), step


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.integers(1, 9), st.sampled_from(["all", "less", "back"])), max_size=8
    )
)
def test_whatever_is_sent_received_and_put_back_the_ledger_sums_to_what_is_on_hand(steps):
    shelves = Shelves()
    items = [shelves.add_item(12), shelves.add_item(lots={"A1": 3, "B2": 10})]
    for which, quantity, end in steps:
        transfer = draft(shelves, line(items[which], quantity))
        outcome = asyncio.run(ship(shelves, PLACE, actor(), transfer.id, transfer.version))
        if not isinstance(outcome, tuple):
            continue
        sent = [each.quantity for each in lines_in(shelves, outcome[0])]
        assert sum(sent) == quantity
        if end == "back":
            asyncio.run(cancel(shelves, PLACE, actor(), transfer.id, outcome[0].version))
        else:
            arrive(shelves, outcome[0], *(each if end == "all" else each - 1 for each in sent))
    assert shelves.differences() == []
    shelves.connection.close()
