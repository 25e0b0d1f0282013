"""The batches that draft orders and write what stands on one."""

import json
from collections.abc import Iterator, Sequence

from app_workers.inventory.domain.orders import edit_problem, lines_problem
from app_workers.inventory.errors import ClientRefReused
from app_workers.inventory.models.orders import NewOrder, NewOrderLine, Order, OrderDetails, OrderEdit
from app_workers.inventory.store.items import items_of_ids
from app_workers.inventory.store.order_steps import busy, outdated, step_statements
from app_workers.inventory.store.orders import find_order, orders_of_ids, orders_of_request
from app_workers.inventory.store.vendors import find_vendor
from ganger.audit import Actor, audit_row
from ganger.clock import clinic_date, iso_utc
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Statement, Value, expect
from ganger.errors import AppError, ValidationFailed
from ganger.ids import new_id
from ganger.scope import Scope

_NEXT_NUMBER = """
    INSERT INTO order_counters (year, last_number) VALUES (?, 1)
    ON CONFLICT (year) DO UPDATE SET last_number = last_number + 1
"""
_DRAFT = """
    INSERT INTO purchase_orders (
        id, order_number, vendor_id, location_id, tax_cents, shipping_cents, expected_delivery_on,
        vendor_order_number, tracking_number, notes, client_ref, created_by, created_at, updated_at
    )
    SELECT ?, 'PO-' || year || '-' || printf('%05d', last_number), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
    FROM order_counters WHERE year = ?
"""
_ACTIVE_VENDOR = "SELECT is_active FROM inventory_vendors WHERE id = ?"
_OFFERED = """
    SELECT item_id FROM item_vendors WHERE vendor_id = ? AND item_id IN (SELECT value FROM json_each(?))
"""
_REMOVE_LINES = "DELETE FROM purchase_order_lines WHERE order_id = ? AND location_id = ?"
# Name and price as they are at this instant; the expectation below finds a line that could not be written.
_ADD_LINE = """
    INSERT INTO purchase_order_lines (
        id, order_id, location_id, item_id, item_name, vendor_sku, pack_size, pack_cost_cents,
        quantity_packs, created_at, updated_at
    )
    SELECT ?, ?, ?, item.id, item.name, offer.vendor_sku, offer.pack_size, offer.pack_cost_cents, ?, ?, ?
    FROM item_vendors AS offer JOIN inventory_items AS item ON item.id = offer.item_id
    WHERE offer.vendor_id = ? AND offer.item_id = ? AND item.status = 'active'
"""
_ALL_LINES = "SELECT COUNT(*) = ? FROM purchase_order_lines WHERE order_id = ? AND location_id = ?"
_SUM = """
    UPDATE purchase_orders SET subtotal_cents = (
        SELECT COALESCE(SUM(quantity_packs * pack_cost_cents), 0)
        FROM purchase_order_lines WHERE order_id = ? AND location_id = ?
    )
    WHERE id = ? AND location_id = ?
"""


async def draft_orders(
    db: Database, scope: Scope, actor: Actor, asked: Sequence[NewOrder]
) -> tuple[list[Order], bool] | AppError:
    """Draft the orders of one request, all of them or none, under the next numbers of the local year.

    Args:
        asked: for different vendors, with one reference, for locations in scope.
    Returns:
        The orders, and whether the same request had drafted them before.
    """
    ids, batch = list[str](), list[Statement]()
    for order in asked:
        problem = await _draft_problem(db, order)
        if problem is not None:
            return problem
        ids.append(new_id(actor.at))
        batch.extend(_draft_statements(scope.at(order.location_id), actor, order, ids[-1]))
    client_ref = next((str(order.client_ref) for order in asked if order.client_ref), None)
    try:
        await db.batch(batch)
    except ExpectationFailed:
        return busy()
    except ConstraintFailed as failure:
        if client_ref is None or "client_ref" not in str(failure):
            raise
        earlier = await orders_of_request(db, scope, client_ref)
        return (earlier, True) if earlier else ClientRefReused("This form was already used. Send it again.")
    return await orders_of_ids(db, scope, ids), False


async def edit_order(
    db: Database, scope: Scope, actor: Actor, order_id: str, edit: OrderEdit
) -> Order | AppError:
    """Write an order as it is to be."""
    order = await find_order(db, scope, order_id)
    if order.version != edit.version:
        return outdated(order)
    problem = edit_problem(order, edit) or await _lines_problem(db, order.vendor_id, edit.lines or [])
    if problem is not None:
        return problem
    place, more = scope.at(order.location_id), list[Statement]()
    if edit.lines is not None:
        more.append(Statement(_REMOVE_LINES, (order.id, order.location_id)))
        more.extend(_lines(actor, place, order.id, order.vendor_id, edit.lines))
    told = {"lines": None if edit.lines is None else len(edit.lines), "tax_cents": edit.tax_cents}
    told["shipping_cents"] = edit.shipping_cents
    try:
        await db.batch(step_statements(place, actor, order, _columns(edit), more, told))
    except ExpectationFailed:
        return outdated(await find_order(db, scope, order_id))
    return await find_order(db, scope, order_id)


async def _draft_problem(db: Database, order: NewOrder) -> AppError | None:
    if not (await find_vendor(db, order.vendor_id)).is_active:
        return ValidationFailed({"vendor_id": "is not active"})
    return await _lines_problem(db, order.vendor_id, order.lines)


async def _lines_problem(db: Database, vendor_id: str, lines: Sequence[NewOrderLine]) -> AppError | None:
    if not lines:
        return None
    ids = [line.item_id for line in lines]
    items = await items_of_ids(db, ids)
    offered = [str(row["item_id"]) for row in await db.rows(_OFFERED, vendor_id, json.dumps(ids))]
    return lines_problem(lines, items, offered)


def _draft_statements(place: Scope, actor: Actor, order: NewOrder, order_id: str) -> Iterator[Statement]:
    year, at = f"{clinic_date(actor.at):%Y}", iso_utc(actor.at)
    client_ref = str(order.client_ref) if order.client_ref else None
    facts = (order_id, order.vendor_id, order.location_id, *_columns(order).values())
    yield expect("vendor as read", _ACTIVE_VENDOR, order.vendor_id)
    yield Statement(_NEXT_NUMBER, (year,))
    yield Statement(_DRAFT, (*facts, client_ref, actor.user_id, at, at, year))
    yield from _lines(actor, place, order_id, order.vendor_id, order.lines)
    told = {"vendor_id": order.vendor_id, "lines": len(order.lines), "status": [None, "draft"]}
    yield audit_row(actor, "inventory:draft-order", "purchase_order", order_id, order.location_id, told)


def _lines(
    actor: Actor, place: Scope, order_id: str, vendor_id: str, lines: Sequence[NewOrderLine]
) -> Iterator[Statement]:
    """The statements that write the lines of an order that has none, and sum them up."""
    at, (location_id,) = iso_utc(actor.at), place.location_ids
    for line in lines:
        whose = (new_id(actor.at), order_id, location_id)
        yield Statement(_ADD_LINE, (*whose, line.quantity_packs, at, at, vendor_id, line.item_id))
    yield expect("offers as read", _ALL_LINES, len(lines), order_id, location_id)
    yield Statement(_SUM, (order_id, location_id, order_id, location_id))


def _columns(details: OrderDetails) -> dict[str, Value]:
    """In the order in which a draft writes them."""
    expected = details.expected_delivery_on
    return {
        "tax_cents": details.tax_cents,
        "shipping_cents": details.shipping_cents,
        "expected_delivery_on": expected.isoformat() if expected else None,
        "vendor_order_number": details.vendor_order_number,
        "tracking_number": details.tracking_number,
        "notes": details.notes,
    }
