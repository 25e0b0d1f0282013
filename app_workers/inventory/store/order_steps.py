"""The batch of each step of an order, with its audit row and the notice to whom it concerns."""

from collections.abc import Mapping, Sequence

from app_workers.inventory.domain.orders import status_after, step_problem
from app_workers.inventory.models.orders import Order, OrderAction, OrderStep
from app_workers.inventory.permissions import APPROVE_ORDERS
from app_workers.inventory.store.order_summaries import summary_statements
from app_workers.inventory.store.orders import find_order, lines_of_order
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import Database, ExpectationFailed, Statement, Value, expect
from ganger.errors import AppError, Conflict, VersionConflict
from ganger.notifications import Notice, Recipients, notify, people
from ganger.scope import Scope

_AS_READ = "SELECT version = ? FROM purchase_orders WHERE id = ? AND location_id IN ({marks})"
_CHANGE = """
    UPDATE purchase_orders SET {columns} version = version + 1, updated_at = ?
    WHERE id = ? AND location_id IN ({marks})
"""
_ALL_ACTIVE = """
    SELECT COUNT(*) = 0
    FROM purchase_order_lines AS line JOIN inventory_items AS item ON item.id = line.item_id
    WHERE line.order_id = ? AND line.location_id = ? AND item.status <> 'active'
"""
_CLOSE_LINES = """
    UPDATE purchase_order_lines SET short_packs = quantity_packs - received_packs, updated_at = ?
    WHERE order_id = ? AND location_id = ?
"""
_APPROVERS = """
    users.id <> ? AND users.id IN (
        SELECT user_id FROM user_roles WHERE role = 'manager'
        UNION SELECT user_id FROM user_permissions
        WHERE permission = ? AND (expires_at IS NULL OR expires_at > ?)
    )
    AND EXISTS (SELECT 1 FROM user_locations WHERE user_id = users.id AND location_id = ?)
"""
_OUTCOMES = {OrderAction.APPROVE: "is approved", OrderAction.REJECT: "was sent back"}
_ATTEMPTS = 5


async def take_action(
    db: Database,
    scope: Scope,
    actor: Actor,
    order_id: str,
    action: OrderAction,
    asked: OrderStep,
    *,
    is_superadmin: bool,
) -> Order | AppError:
    """Take an order further, if the rules allow it."""
    for _ in range(_ATTEMPTS):
        # In this order: lines that change between the two reads make the version outdated, never the lines.
        order = await find_order(db, scope, order_id)
        lines = await lines_of_order(db, scope, order_id)
        if order.version != asked.version:
            return outdated(order)
        problem = step_problem(order, lines, action, asked, scope.person_id, is_superadmin=is_superadmin)
        if problem is not None:
            return problem
        more = _more(actor, order, action)
        if action is OrderAction.APPROVE:
            more += await summary_statements(db, scope, actor, order, lines, 1)
        columns = {"status": status_after(action).value, **_columns(actor, action, asked)}
        try:
            await db.batch(step_statements(scope, actor, order, columns, more, {}))
        except ExpectationFailed:
            continue
        return await find_order(db, scope, order_id)
    return busy()


def step_statements(
    scope: Scope,
    actor: Actor,
    order: Order,
    columns: Mapping[str, Value],
    more: Sequence[Statement],
    told: Mapping[str, object],
) -> list[Statement]:
    """The batch that changes an order which stands as it was read.

    Args:
        columns: what changes in its row.
        more: what else belongs to the step.
        told: what the audit row says besides the status.
    """
    where = (order.id, *scope.location_ids)
    names = "".join(f"{name} = ?, " for name in columns)
    said = {"status": [order.status.value, columns.get("status", order.status.value)], **told}
    change = _CHANGE.format(columns=names, marks=scope.marks)
    return [
        expect("order as read", _AS_READ.format(marks=scope.marks), order.version, *where),
        *more,
        Statement(change, (*columns.values(), iso_utc(actor.at), *where)),
        audit_row(actor, "inventory:change-order", "purchase_order", order.id, order.location_id, said),
    ]


def outdated(current: Order) -> VersionConflict:
    """The refusal of a step of an order that somebody changed after it was read."""
    return VersionConflict("Somebody changed this order after you opened it.", current=current.plain())


def busy() -> Conflict:
    """The refusal after others were faster several times."""
    return Conflict("Others change the same things at this moment. Send this again.")


def _columns(actor: Actor, action: OrderAction, asked: OrderStep) -> dict[str, Value]:
    at, who = iso_utc(actor.at), actor.user_id
    match action:
        case OrderAction.SUBMIT:
            return {"submitted_by": who, "submitted_at": at, "status_reason": None}
        case OrderAction.WITHDRAW | OrderAction.REJECT:
            return {"submitted_by": None, "submitted_at": None, "status_reason": asked.reason}
        case OrderAction.APPROVE:
            return {"approved_by": who, "approved_at": at}
        case OrderAction.MARK_ORDERED:
            expected = asked.expected_delivery_on
            given = {
                "vendor_order_number": asked.vendor_order_number,
                "expected_delivery_on": expected.isoformat() if expected else None,
            }
            kept = {name: value for name, value in given.items() if value is not None}
            return {"ordered_by": who, "ordered_at": at, **kept}
        case OrderAction.CLOSE_SHORT:
            return {"received_at": at, "status_reason": asked.reason}
        case OrderAction.CANCEL:
            return {"cancelled_by": who, "cancelled_at": at, "status_reason": asked.reason}


def _more(actor: Actor, order: Order, action: OrderAction) -> list[Statement]:
    """What a step changes or tells besides the order's own row."""
    link = f"/inventory/orders/{order.id}"
    if action is OrderAction.SUBMIT:
        asking = Notice("inventory", f"Order {order.order_number} waits for approval", link)
        values = (actor.user_id, APPROVE_ORDERS.name, iso_utc(actor.at), order.location_id)
        return [
            expect("items as read", _ALL_ACTIVE, order.id, order.location_id),
            notify(actor.at, asking, Recipients(_APPROVERS, values)),
        ]
    if action is OrderAction.CLOSE_SHORT:
        return [Statement(_CLOSE_LINES, (iso_utc(actor.at), order.id, order.location_id))]
    if action in _OUTCOMES and order.submitted_by is not None:
        told = Notice("inventory", f"Order {order.order_number} {_OUTCOMES[action]}", link)
        return [notify(actor.at, told, people([order.submitted_by]))]
    return []
