"""What of an order arrived: how many packs, of which lots, and what a unit has cost."""

from collections.abc import Mapping, Sequence
from datetime import date

from app_workers.inventory.domain.changes import Entry, Shelf
from app_workers.inventory.domain.receiving import lot_problem
from app_workers.inventory.errors import LotRequired, OverReceipt
from app_workers.inventory.models.orders import OrderLine, OrderStatus, ReceivedLine
from ganger.errors import AppError, ValidationFailed


def plan_receipt(
    lines: Sequence[OrderLine], received: Sequence[ReceivedLine], shelves: Mapping[str, Shelf], today: date
) -> dict[str, tuple[Entry, ...]] | AppError:
    """What each line's item gains in stock units, one entry a lot.

    Args:
        shelves: what the location has, by item.
    Returns:
        The entries by line.
    """
    by_id = {line.id: line for line in lines}
    ids = [each.line_id for each in received]
    if len(set(ids)) < len(ids) or not by_id.keys() >= set(ids):
        return ValidationFailed({"lines": "must name lines of this order, each once"})
    gained = dict[str, tuple[Entry, ...]]()
    for each in received:
        line = by_id[each.line_id]
        entries = _entries(line, each, shelves[line.item_id], today)
        if isinstance(entries, AppError):
            return entries
        gained[line.id] = entries
    return gained


def status_after_receipt(lines: Sequence[OrderLine], received: Sequence[ReceivedLine]) -> OrderStatus:
    """Where an order stands once this has arrived."""
    is_open = sum(line.open_packs for line in lines) > sum(each.packs for each in received)
    return OrderStatus.PARTIALLY_RECEIVED if is_open else OrderStatus.RECEIVED


def unit_cost(line: OrderLine) -> int:
    """What one stock unit of the line has cost, in cents, half a cent rounded up."""
    return (2 * line.pack_cost_cents + line.pack_size) // (2 * line.pack_size)


def _entries(
    line: OrderLine, received: ReceivedLine, shelf: Shelf, today: date
) -> tuple[Entry, ...] | AppError:
    if received.packs > line.open_packs:
        return OverReceipt(
            f"{line.item_name}: only {line.open_packs:,} packs are still to come.",
            line_id=line.id,
            outstanding_packs=line.open_packs,
        )
    if not line.is_lot_tracked:
        if received.lots:
            return ValidationFailed({"lines": "must not name lots of an item that is not kept by lot"})
        return (Entry(received.packs * line.pack_size),)
    if not received.lots:
        return LotRequired(f"{line.item_name}: the lot is required.", field="lines", line_id=line.id)
    numbers = [lot.lot_number for lot in received.lots]
    if len(set(numbers)) < len(numbers) or sum(lot.packs for lot in received.lots) != received.packs:
        return ValidationFailed({"lines": "must have lots that are different and add up to the packs"})
    for lot in received.lots:
        known = next((each for each in shelf.lots if each.lot_number == lot.lot_number), None)
        problem = lot_problem(known, lot.expires_on, today)
        if problem is not None:
            return problem
    return tuple(Entry(lot.packs * line.pack_size, lot.lot_number, lot.expires_on) for lot in received.lots)
