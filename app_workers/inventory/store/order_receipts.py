"""The batch that receives an order: its lines, the ledger and what the items cost move together."""

from collections.abc import Mapping, Sequence

from app_workers.inventory.domain.changes import Entry
from app_workers.inventory.domain.order_receiving import plan_receipt, status_after_receipt, unit_cost
from app_workers.inventory.domain.orders import may_receive, not_from
from app_workers.inventory.errors import ClientRefReused
from app_workers.inventory.models.orders import Order, OrderReceipt, OrderStatus
from app_workers.inventory.store.changes import reused
from app_workers.inventory.store.items import items_of_ids
from app_workers.inventory.store.ledger import Booking, booked
from app_workers.inventory.store.order_steps import busy, step_statements
from app_workers.inventory.store.orders import find_order, lines_of_order, received_by
from app_workers.inventory.store.shelves import read_shelf, still_possible
from ganger.audit import Actor
from ganger.clock import clinic_date, iso_utc
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Statement, Value
from ganger.errors import AppError
from ganger.scope import Scope

_RECEIVE_LINE = """
    UPDATE purchase_order_lines SET received_packs = received_packs + ?, updated_at = ?
    WHERE id = ? AND location_id = ?
"""
_SET_COST = """
    UPDATE inventory_items SET unit_cost_cents = ?, version = version + 1, updated_at = ?
    WHERE id = ? AND unit_cost_cents <> ?
"""
_ATTEMPTS = 5

Received = tuple[Order, list[str]]  # and the items whose stock has changed


async def receive_order(
    db: Database, scope: Scope, actor: Actor, order_id: str, asked: OrderReceipt
) -> Received | AppError:
    """Put what arrived into the stock of the order's location, once for a reference."""
    for _ in range(_ATTEMPTS):
        order = await find_order(db, scope, order_id)
        earlier = await _earlier(db, scope, order, asked)
        if earlier is not None:
            return earlier
        if not may_receive(order):
            return not_from(order)
        batch = await _batch(db, scope.at(order.location_id), actor, order, asked)
        if isinstance(batch, AppError):
            return batch
        statements, moved = batch
        try:
            await db.batch(statements)
        except ExpectationFailed:
            continue
        except ConstraintFailed as failure:
            # The same request may have come twice at once; the slower one finds what the faster one wrote.
            if "client_ref" not in str(failure):
                raise
            return await _earlier(db, scope, order, asked) or reused()
        return await find_order(db, scope, order_id), moved
    return busy()


async def _earlier(
    db: Database, scope: Scope, order: Order, asked: OrderReceipt
) -> Received | ClientRefReused | None:
    """What the same reference has done before: received this order, something else, or (None) nothing."""
    about = await received_by(db, scope, str(asked.client_ref))
    if about is None:
        return None
    return (order, []) if about == order.id else reused()


async def _batch(
    db: Database, place: Scope, actor: Actor, order: Order, asked: OrderReceipt
) -> tuple[list[Statement], list[str]] | AppError:
    lines = await lines_of_order(db, place, order.id)
    by_id = {line.id: line for line in lines}
    about = {by_id[each.line_id].item_id for each in asked.lines if each.line_id in by_id}
    shelves = {item_id: await read_shelf(db, place, item_id) for item_id in about}
    gained = plan_receipt(lines, asked.lines, shelves, clinic_date(actor.at))
    if isinstance(gained, AppError):
        return gained
    items = await items_of_ids(db, sorted(about))
    more, seq, at = list[Statement](), 0, iso_utc(actor.at)
    for each in asked.lines:
        line, entries = by_id[each.line_id], gained[each.line_id]
        cost = unit_cost(line)
        booking = Booking(
            item=items[line.item_id],
            relied_on=still_possible(place, line.item_id, shelves[line.item_id], entries),
            movement_type="receipt",
            entries=entries,
            reference_type="order",
            reference_id=order.id,
            client_ref=str(asked.client_ref),
            client_seq=seq,
        )
        seq += len(entries)
        more.append(Statement(_SET_COST, (cost, at, line.item_id, cost)))
        more.extend(booked(place, actor, booking).statements)
        more.append(Statement(_RECEIVE_LINE, (each.packs, at, line.id, order.location_id)))
    status = status_after_receipt(lines, asked.lines)
    return step_statements(place, actor, order, _reached(actor, status), more, _told(gained)), sorted(about)


def _reached(actor: Actor, status: OrderStatus) -> dict[str, Value]:
    if status is OrderStatus.RECEIVED:
        return {"status": status.value, "received_at": iso_utc(actor.at)}
    return {"status": status.value}


def _told(gained: Mapping[str, Sequence[Entry]]) -> dict[str, object]:
    return {"lines": len(gained), "units": sum(entry.change for each in gained.values() for entry in each)}
