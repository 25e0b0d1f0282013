"""Purchase orders carried out in the host's SQLite: drafted, approved, received."""

import asyncio
from uuid import uuid4

import pytest

from app_workers.inventory.models.orders import (
    NewOrder,
    OrderAction,
    OrderEdit,
    OrderQuery,
    OrderReceipt,
    OrderStatus,
    OrderStep,
)
from app_workers.inventory.store.order_drafts import draft_orders, edit_order
from app_workers.inventory.store.order_receipts import receive_order
from app_workers.inventory.store.order_steps import take_action
from app_workers.inventory.store.orders import lines_of_order, orders_in
from ganger.db import insert
from tests.unit.inventory.shelves import PLACE, Shelves, actor
from tests.unit.inventory.test_count_queries import GATHERED

A = OrderAction
AT = "2026-01-01T15:00:00.000Z"
MANAGER = type(PLACE)("usr_mia", PLACE.locations)


@pytest.fixture
def shelves():
    database = Shelves()
    vendor = {"id": "ven_1", "name": "Test vendor", "created_at": AT, "updated_at": AT}
    database.carry_out([insert("inventory_vendors", vendor)])
    yield database
    database.connection.close()


def offered(shelves, cost, size, vendor_id="ven_1", preferred=1, **item):
    """A new item that the vendor sells."""
    item_id = shelves.add_item(**item)
    columns = {"id": f"off_{item_id}_{vendor_id}", "item_id": item_id, "vendor_id": vendor_id}
    price = {"pack_size": size, "pack_cost_cents": cost, "is_preferred": preferred, "price_updated_at": AT}
    shelves.carry_out([insert("item_vendors", columns | price | {"created_at": AT, "updated_at": AT})])
    return item_id


def draft(shelves, *lines, **changes):
    asked = [{"item_id": item_id, "quantity_packs": packs} for item_id, packs in lines]
    fields = {"vendor_id": "ven_1", "location_id": "loc_aa", "lines": asked} | changes
    drafted = asyncio.run(draft_orders(shelves, PLACE, actor(), [NewOrder.checked(fields)]))
    return drafted[0][0] if isinstance(drafted, tuple) else drafted


def step(shelves, order, action, scope=PLACE, *, is_superadmin=False, **fields):
    asked = OrderStep.checked({"version": order.version, **fields})
    who = actor(scope.person_id)
    return asyncio.run(take_action(shelves, scope, who, order.id, action, asked, is_superadmin=is_superadmin))


def ordered(shelves, *lines):
    order = step(shelves, draft(shelves, *lines), A.SUBMIT)
    return step(shelves, step(shelves, order, A.APPROVE, MANAGER), A.MARK_ORDERED)


def lines_in(shelves, order):
    return asyncio.run(lines_of_order(shelves, PLACE, order.id))


def arrive(shelves, order, *packs, ref=None, lots=()):
    """Receive these packs of the lines, in their order; of the first by these lots."""
    lines = zip(lines_in(shelves, order), packs, strict=False)
    asked = [{"line_id": line.id, "packs": each} for line, each in lines if each]
    if lots:
        names = ("lot_number", "expires_on", "packs")
        asked[0]["lots"] = [dict(zip(names, lot, strict=True)) for lot in lots]
    receipt = OrderReceipt.checked({"lines": asked, "client_ref": ref or str(uuid4())})
    return asyncio.run(receive_order(shelves, PLACE, actor(), order.id, receipt))


def test_an_order_sums_its_lines_with_tax_and_shipping(shelves):
    """Worked example 7."""
    first, second = offered(shelves, 4550, 10), offered(shelves, 1299, 12)
    order = draft(shelves, (first, 2), (second, 3), tax_cents=780, shipping_cents=995)
    assert (order.order_number, order.status) == ("PO-2026-00001", OrderStatus.DRAFT)
    assert (order.subtotal_cents, order.total_cents) == (12997, 14772)


def test_an_order_is_received_in_parts_and_closed_short(shelves):
    """Worked example 8, first part."""
    item_id = offered(shelves, 1000, 10)
    order, moved = arrive(shelves, ordered(shelves, (item_id, 3)), 2)
    assert (order.status, moved) == (OrderStatus.PARTIALLY_RECEIVED, [item_id])
    assert shelves.on_hand(item_id) == 20
    refused = arrive(shelves, order, 2)
    assert (refused.code, refused.details["outstanding_packs"]) == ("OVER_RECEIPT", 1)
    assert step(shelves, order, A.CLOSE_SHORT, MANAGER).details["fields"] == {"reason": "is required"}
    closed = step(shelves, order, A.CLOSE_SHORT, MANAGER, reason="no longer made")
    assert (closed.status, closed.status_reason) == (OrderStatus.RECEIVED, "no longer made")
    (line,) = lines_in(shelves, closed)
    assert (line.received_packs, line.short_packs, line.open_packs) == (2, 1, 0)
    assert shelves.differences() == []


def test_a_receipt_sets_what_the_item_costs(shelves):
    """Worked example 8, last part."""
    item_id = offered(shelves, 1299, 12)
    received, _ = arrive(shelves, ordered(shelves, (item_id, 1)), 1)
    assert (received.status, received.received_at is not None) == (OrderStatus.RECEIVED, True)
    (item,) = shelves.read("SELECT unit_cost_cents FROM inventory_items WHERE id = ?", item_id)
    assert item["unit_cost_cents"] == 108
    (moved,) = shelves.read("SELECT unit_cost_cents, reference_id FROM stock_movements")
    assert moved == {"unit_cost_cents": 108, "reference_id": received.id}


def test_nobody_approves_their_own_order_but_a_superadmin(shelves):
    """Worked example 9, first part."""
    order = step(shelves, draft(shelves, (offered(shelves, 100, 1), 1)), A.SUBMIT, MANAGER)
    assert step(shelves, order, A.APPROVE, MANAGER).code == "SELF_APPROVAL"
    approved = step(shelves, order, A.APPROVE, MANAGER, is_superadmin=True)
    assert approved.status is OrderStatus.APPROVED


def test_what_has_arrived_in_part_is_not_cancelled(shelves):
    """Worked example 9, last part."""
    order, _ = arrive(shelves, ordered(shelves, (offered(shelves, 100, 1), 2)), 1)
    assert step(shelves, order, A.CANCEL, reason="a mistake").code == "INVALID_TRANSITION"


def test_approvers_are_told_of_an_order_and_its_submitter_of_the_outcome(shelves):
    order = step(shelves, draft(shelves, (offered(shelves, 100, 1), 1)), A.SUBMIT)
    people = {row["user_id"] for row in shelves.read("SELECT user_id FROM notifications")}
    assert "usr_mia" in people
    assert not people & {"usr_pat", "usr_wes", "usr_max"}
    back = step(shelves, order, A.REJECT, MANAGER, reason="too many")
    assert (back.status, back.submitted_by, back.status_reason) == (OrderStatus.DRAFT, None, "too many")
    (told,) = shelves.read("SELECT title FROM notifications WHERE user_id = 'usr_pat'")
    assert order.order_number in told["title"]


def test_only_the_submitter_withdraws(shelves):
    order = step(shelves, draft(shelves, (offered(shelves, 100, 1), 1)), A.SUBMIT)
    assert step(shelves, order, A.WITHDRAW, MANAGER).code == "FORBIDDEN"
    assert step(shelves, order, A.WITHDRAW).status is OrderStatus.DRAFT


@pytest.mark.parametrize("action", [A.APPROVE, A.MARK_ORDERED, A.CLOSE_SHORT, A.REJECT, A.WITHDRAW])
def test_a_draft_takes_no_later_step(shelves, action):
    order = draft(shelves, (offered(shelves, 100, 1), 1))
    assert step(shelves, order, action, MANAGER, reason="because").code == "INVALID_TRANSITION"


def test_lots_of_an_order_arrive_each_with_its_date(shelves):
    item_id = offered(shelves, 100, 5, lots={"A1": 3})
    order = ordered(shelves, (item_id, 4))
    assert arrive(shelves, order, 1).code == "LOT_REQUIRED"
    assert arrive(shelves, order, 1, lots=[("N1", "2026-01-09", 1)]).code == "LOT_EXPIRED"
    assert arrive(shelves, order, 1, lots=[("A1", "2027-01-09", 1)]).code == "LOT_EXPIRY_MISMATCH"
    assert arrive(shelves, order, 3, lots=[("N1", "2026-01-10", 1)]).code == "VALIDATION_ERROR"
    arrive(shelves, order, 3, lots=[("n1", "2026-01-10", 1), ("A1", None, 2)])
    assert shelves.lots(item_id) == {"A1": 13, "N1": 5}
    assert shelves.differences() == []


def test_a_receipt_sent_twice_is_booked_once(shelves):
    item_id, ref = offered(shelves, 100, 10), str(uuid4())
    order = ordered(shelves, (item_id, 3))
    arrive(shelves, order, 1, ref=ref)
    again, moved = arrive(shelves, order, 1, ref=ref)
    assert (again.id, moved, shelves.on_hand(item_id)) == (order.id, [], 10)
    other = ordered(shelves, (item_id, 3))
    assert arrive(shelves, other, 1, ref=ref).code == "CLIENT_REF_REUSED"


def test_lines_change_in_a_draft_alone_and_details_until_it_is_over(shelves):
    first, second = offered(shelves, 100, 1), offered(shelves, 200, 1)
    order = draft(shelves, (first, 1))

    def edit(order, **fields):
        asked = OrderEdit.checked({"version": order.version, **fields})
        return asyncio.run(edit_order(shelves, PLACE, actor(), order.id, asked))

    order = edit(order, lines=[{"item_id": second, "quantity_packs": 2}], tax_cents=10)
    assert (order.subtotal_cents, order.total_cents) == (400, 410)
    order = step(shelves, order, A.SUBMIT)
    assert edit(order, lines=[]).code == "INVALID_TRANSITION"
    order = edit(order, shipping_cents=5, tracking_number="T-1")
    assert (order.total_cents, order.tracking_number) == (405, "T-1")
    order = step(shelves, order, A.CANCEL, reason="not needed")
    assert edit(order, tax_cents=0).code == "INVALID_TRANSITION"


def test_what_nobody_sells_or_buys_any_more_is_not_ordered(shelves):
    unsold, gone = shelves.add_item(), offered(shelves, 100, 1)
    assert draft(shelves, (unsold, 1)).code == "NO_VENDOR"
    order = draft(shelves, (gone, 1))
    shelves.connection.execute("UPDATE inventory_items SET status = 'discontinued' WHERE id = ?", (gone,))
    assert draft(shelves, (gone, 1)).code == "ITEM_DISCONTINUED"
    assert step(shelves, order, A.SUBMIT).code == "ITEM_DISCONTINUED"
    assert step(shelves, draft(shelves), A.SUBMIT).details["fields"] == {"lines": "are required"}


def test_an_order_sent_twice_is_one_and_an_outdated_step_is_refused(shelves):
    item_id, ref = offered(shelves, 100, 1), str(uuid4())
    order = draft(shelves, (item_id, 1), client_ref=ref)
    assert draft(shelves, (item_id, 1), client_ref=ref) == order
    step(shelves, order, A.SUBMIT)
    assert step(shelves, order, A.CANCEL, reason="a mistake").code == "VERSION_CONFLICT"


def test_no_statement_reads_a_whole_table(shelves):
    item_id = offered(shelves, 100, 10, lots={"A1": 3})
    shelves.asked.clear()
    order = ordered(shelves, (item_id, 3))
    order, _ = arrive(shelves, order, 1, lots=[("A1", None, 1)])
    step(shelves, order, A.CLOSE_SHORT, MANAGER, reason="enough")
    found, total = asyncio.run(orders_in(shelves, PLACE, OrderQuery(status="received")))
    assert ([each.id for each in found], total) == ([order.id], 1)
    small = ("SCAN user_roles", "SCAN user_permissions")  # a line a person, or a grant
    for statement in shelves.asked:
        for plan in shelves.plan(statement):
            if plan not in small:
                assert not plan.startswith("SCAN") or "INDEX" in plan or GATHERED.match(plan), plan
