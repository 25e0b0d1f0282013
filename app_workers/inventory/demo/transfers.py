"""The demo practice's transfers: one to go, one on its way, one of which less arrived."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app_workers.inventory.demo.rows import PERSON_AT, insert_if_missing, instant, times
from ganger.db import Statement, Value


@dataclass(frozen=True, slots=True)
class _Transfer:
    """One item on its way; `received` is what arrived of `quantity`."""

    id: str
    number: int
    source: str
    destination: str
    status: str
    item_id: str
    quantity: int
    shipped_day: int | None = None
    received: int | None = None


# demo/ledger.py has the movements of those that were shipped.
_TRANSFERS = (
    _Transfer("trf_received", 1, "loc_aa", "loc_wx", "received", "itm_bnd-adh", 6, -9, 5),
    _Transfer("trf_moving", 2, "loc_aa", "loc_wx", "in_transit", "itm_gze-2x2", 4, -1),
    _Transfer("trf_draft", 3, "loc_wx", "loc_aa", "draft", "itm_str-cls", 3),
)


def transfer_statements(today: date) -> Iterator[Statement]:
    """The statements that write the transfers."""
    year = str(today.year)
    counter: dict[str, Value] = {"year": year, "last_number": len(_TRANSFERS)}
    yield insert_if_missing("transfer_counters", counter)
    for transfer in _TRANSFERS:
        day = transfer.shipped_day or 0
        at, shipped = instant(today, day, 0), instant(today, day, 5)
        arrived = instant(today, day + 1, 0) if transfer.received is not None else None
        columns: dict[str, Value] = {
            "id": transfer.id,
            "transfer_number": f"TR-{year}-{transfer.number:05d}",
            "from_location_id": transfer.source,
            "to_location_id": transfer.destination,
            "status": transfer.status,
            "has_discrepancy": int(arrived is not None and transfer.received != transfer.quantity),
            "created_by": PERSON_AT[transfer.source],
            "shipped_by": PERSON_AT[transfer.source] if transfer.shipped_day else None,
            "shipped_at": shipped if transfer.shipped_day else None,
            "received_by": PERSON_AT[transfer.destination] if arrived else None,
            "received_at": arrived,
        }
        yield insert_if_missing("stock_transfers", columns | times(at))
        line: dict[str, Value] = {
            "id": f"{transfer.id}-1",
            "transfer_id": transfer.id,
            "from_location_id": transfer.source,
            "item_id": transfer.item_id,
            "quantity": transfer.quantity,
            "received_quantity": transfer.received,
        }
        yield insert_if_missing("stock_transfer_lines", line | times(at))
