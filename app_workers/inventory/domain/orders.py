"""Purchase orders: which step leads where, and what may be written on one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app_workers.inventory.errors import ItemDiscontinued, NoVendor
from app_workers.inventory.models.catalogue import Item, ItemStatus
from app_workers.inventory.models.orders import (
    NewOrderLine,
    Order,
    OrderAction,
    OrderEdit,
    OrderLine,
    OrderStatus,
    OrderStep,
)
from ganger.errors import AppError, Forbidden, InvalidTransition, SelfApproval, ValidationFailed

_COMING = (OrderStatus.ORDERED, OrderStatus.PARTIALLY_RECEIVED)
_OVER = (OrderStatus.RECEIVED, OrderStatus.CANCELLED)
_BEFORE_DELIVERY = (
    OrderStatus.DRAFT,
    OrderStatus.PENDING_APPROVAL,
    OrderStatus.APPROVED,
    OrderStatus.ORDERED,
)


@dataclass(frozen=True, slots=True)
class _Way:
    """From which states a step leads on, and where."""

    sources: tuple[OrderStatus, ...]
    to: OrderStatus
    needs_reason: bool = False


_WAYS = {
    OrderAction.SUBMIT: _Way((OrderStatus.DRAFT,), OrderStatus.PENDING_APPROVAL),
    OrderAction.WITHDRAW: _Way((OrderStatus.PENDING_APPROVAL,), OrderStatus.DRAFT),
    OrderAction.APPROVE: _Way((OrderStatus.PENDING_APPROVAL,), OrderStatus.APPROVED),
    OrderAction.REJECT: _Way((OrderStatus.PENDING_APPROVAL,), OrderStatus.DRAFT, needs_reason=True),
    OrderAction.MARK_ORDERED: _Way((OrderStatus.APPROVED,), OrderStatus.ORDERED),
    OrderAction.CLOSE_SHORT: _Way(_COMING, OrderStatus.RECEIVED, needs_reason=True),
    OrderAction.CANCEL: _Way(_BEFORE_DELIVERY, OrderStatus.CANCELLED, needs_reason=True),
}


def actions_from(status: OrderStatus) -> list[OrderAction]:
    """The steps that lead on from a state."""
    return [action for action, way in _WAYS.items() if status in way.sources]


def status_after(action: OrderAction) -> OrderStatus:
    """Where a step leads."""
    return _WAYS[action].to


def may_receive(order: Order) -> bool:
    """Whether something of the order can still arrive."""
    return order.status in _COMING


def may_change(order: Order) -> bool:
    """Whether tax, shipping and the like can still be written."""
    return order.status not in _OVER


def may_send_summary(order: Order) -> bool:
    """Whether those who buy are told of the order: once it is approved, and until it is over."""
    return order.approved_at is not None and order.status not in _OVER


def step_problem(
    order: Order,
    lines: Sequence[OrderLine],
    action: OrderAction,
    asked: OrderStep,
    person_id: str,
    *,
    is_superadmin: bool,
) -> AppError | None:
    """Why a step cannot be taken; who may ask for it at all is a matter of permissions."""
    way = _WAYS[action]
    if order.status not in way.sources:
        return not_from(order)
    if way.needs_reason and asked.reason is None:
        return ValidationFailed({"reason": "is required"})
    if action is OrderAction.SUBMIT:
        return _submit_problem(lines)
    is_own = order.submitted_by == person_id
    if action is OrderAction.WITHDRAW and not is_own:
        return Forbidden("Only whoever submitted an order withdraws it.")
    if action is OrderAction.APPROVE and is_own and not is_superadmin:
        return SelfApproval("Nobody approves an order that they submitted themselves.")
    return None


def edit_problem(order: Order, edit: OrderEdit) -> AppError | None:
    """Why an order cannot be written so: lines change in a draft alone, the rest until it is over."""
    is_late = order.status is not OrderStatus.DRAFT if edit.lines is not None else not may_change(order)
    return not_from(order) if is_late else None


def lines_problem(
    lines: Sequence[NewOrderLine], items: Mapping[str, Item], offered: Sequence[str]
) -> AppError | None:
    """Why these cannot be the lines of an order.

    Args:
        items: those that the lines name, as far as they exist.
        offered: ids of the items that the order's vendor sells.
    """
    ids = [line.item_id for line in lines]
    if len(set(ids)) < len(ids):
        return ValidationFailed({"lines": "must be about different items"})
    for item_id in ids:
        item = items.get(item_id)
        if item is None:
            return ValidationFailed({"lines": "must name items of the catalogue"})
        if item.status is ItemStatus.DISCONTINUED:
            return _discontinued(item.id, item.name)
        if item_id not in offered:
            return NoVendor(f"This vendor has no offer for {item.name}.", item_id=item_id)
    return None


def not_from(order: Order) -> InvalidTransition:
    """The refusal of what an order's state does not allow."""
    stands = order.status.replace("_", " ")
    return InvalidTransition(f"This order is {stands}.", status=order.status.value)


def _submit_problem(lines: Sequence[OrderLine]) -> AppError | None:
    if not lines:
        return ValidationFailed({"lines": "are required"})
    gone = next((line for line in lines if not line.is_active), None)
    return _discontinued(gone.item_id, gone.item_name) if gone is not None else None


def _discontinued(item_id: str, name: str) -> ItemDiscontinued:
    return ItemDiscontinued(f"{name} is discontinued and cannot be ordered.", item_id=item_id)
