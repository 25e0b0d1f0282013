"""The demo practice's orders: at least one of every status."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app_workers.inventory.demo.rows import PERSON_AT, insert_if_missing, instant, times
from ganger.db import Statement, Value

_MEDICAL, _OFFICE, _DERM = "ven_demo_medical", "ven_office", "ven_derm"


@dataclass(frozen=True, slots=True)
class _Line:
    sku: str
    name: str
    pack_size: int
    cents: int  # of one pack
    packs: int
    received: int = 0


@dataclass(frozen=True, slots=True)
class _Order:
    status: str
    vendor: str
    place: str
    lines: tuple[_Line, ...] = ()
    tax: int = 0
    shipping: int = 0


_GAUZE = _Line("GZE-2X2", "Gauze pads 2 x 2 in", 10, 4550, 2)
_TAPE = _Line("TPE-PAP", "Paper tape 1 in", 12, 1299, 3)
_PAPER = _Line("TBL-PPR", "Table paper 21 in", 10, 3450, 2)
_PUNCH = _Line("PUN-4MM", "Biopsy punch 4 mm", 10, 2150, 4)
_FOAM = _Line("DRS-FOAM", "Foam dressing 4 x 4 in", 12, 7320, 1)
_NEEDLES = _Line("NDL-30G", "Needle 30 G x 1/2 in", 10, 10900, 1, received=1)
_GLOVES = _Line("GLV-NIT-S", "Nitrile gloves, small", 12, 10788, 3, received=1)

# demo/ledger.py has the movements of what was received. The third is the one that people know.
_ORDERS = (
    _Order("draft", _MEDICAL, "loc_wx", (_FOAM,)),
    _Order("pending_approval", _OFFICE, "loc_aa", (_PAPER,)),
    _Order("ordered", _MEDICAL, "loc_aa", (_GAUZE, _TAPE), 780, 995),
    _Order("approved", _DERM, "loc_py", (_PUNCH,)),
    _Order("cancelled", _OFFICE, "loc_py", (_PAPER,)),
    _Order("received", _MEDICAL, "loc_wx", (_NEEDLES,)),
    _Order("draft", _OFFICE, "loc_py"),
    _Order("pending_approval", _MEDICAL, "loc_py", (_GAUZE,)),
    _Order("partially_received", _MEDICAL, "loc_aa", (_GLOVES,), 0, 500),
)
_APPROVED = ("approved", "ordered", "partially_received", "received")
_BOUGHT = ("ordered", "partially_received", "received")
_APPROVER = "usr_mia"


def order_statements(today: date) -> Iterator[Statement]:
    """The statements that write the orders."""
    counter: dict[str, Value] = {"year": str(today.year), "last_number": len(_ORDERS)}
    yield insert_if_missing("order_counters", counter)
    for number, order in enumerate(_ORDERS, start=1):
        at = instant(today, number - 20, 0)
        columns: dict[str, Value] = {
            "id": f"ord_{number}",
            "order_number": f"PO-{today.year}-{number:05d}",
            "vendor_id": order.vendor,
            "location_id": order.place,
            "status": order.status,
            "subtotal_cents": sum(line.packs * line.cents for line in order.lines),
            "tax_cents": order.tax,
            "shipping_cents": order.shipping,
            "created_by": PERSON_AT[order.place],
        }
        yield insert_if_missing("purchase_orders", columns | _steps(order, today, number) | times(at))
        yield from _lines(order, number, at)


def _steps(order: _Order, today: date, number: int) -> dict[str, Value]:
    """Who took the order so far, and when."""
    who, at = PERSON_AT[order.place], instant(today, number - 20, 30)
    columns: dict[str, Value] = {}
    if order.status in ("pending_approval", *_APPROVED):
        columns |= {"submitted_by": who, "submitted_at": at}
    if order.status in _APPROVED:
        columns |= {"approved_by": _APPROVER if who != _APPROVER else "usr_sam", "approved_at": at}
    if order.status in _BOUGHT:
        expected = (today + timedelta(days=2)).isoformat()
        columns |= {"ordered_by": who, "ordered_at": at, "expected_delivery_on": expected}
    if order.status == "received":
        columns |= {"received_at": instant(today, -3, 0)}
    if order.status == "cancelled":
        columns |= {"cancelled_by": who, "cancelled_at": at, "status_reason": "Bought elsewhere"}
    return columns


def _lines(order: _Order, number: int, at: str) -> Iterator[Statement]:
    for place, line in enumerate(order.lines, start=1):
        columns: dict[str, Value] = {
            "id": f"ord_{number}-{place}",
            "order_id": f"ord_{number}",
            "location_id": order.place,
            "item_id": f"itm_{line.sku.lower()}",
            "item_name": line.name,
            "vendor_sku": f"V-{line.sku}",
            "pack_size": line.pack_size,
            "pack_cost_cents": line.cents,
            "quantity_packs": line.packs,
            "received_packs": line.received,
        }
        yield insert_if_missing("purchase_order_lines", columns | times(at))
