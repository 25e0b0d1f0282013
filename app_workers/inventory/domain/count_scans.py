"""What a scan of a count session means: which item, which lot, how many stock units."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app_workers.inventory.domain.lots import date_mismatch
from app_workers.inventory.domain.scanning import parse_scan
from app_workers.inventory.errors import BarcodeUnknown, LotRequired
from app_workers.inventory.models.counts import NewScan, ScanMode
from ganger.errors import AppError, NotFound, ValidationFailed


@dataclass(frozen=True, slots=True)
class Countable:
    """An item as a code or an id finds it; `lots` are those of the location, with their expiry dates."""

    item_id: str
    is_lot_tracked: bool
    units_per_scan: int
    lots: Mapping[str, date | None]


@dataclass(frozen=True, slots=True)
class Counted:
    """A scan that was understood. `quantity` counts stock units."""

    scan: NewScan
    item_id: str
    lot_number: str | None
    expires_on: date | None
    quantity: int
    is_new_lot: bool


def key_of(scan: NewScan) -> str:
    """Under which key the item of a scan is looked up: its id, or what its code says."""
    return scan.item_id if scan.item_id is not None else parse_scan(scan.barcode or "").barcode


def understand(scans: Iterable[NewScan], found: Mapping[str, Countable]) -> dict[str, Counted | AppError]:
    """What each scan counts, or why it cannot be counted, by its client_ref.

    `add` counts as many units as the code stands for, `set` single units. A lot that is named beside the
    code holds before the one in it. A lot that nobody knew before is new, and known to the scans after it.

    Args:
        found: what was looked up, by `key_of`.
    """
    new_lots: dict[tuple[str, str], date | None] = {}
    meanings: dict[str, Counted | AppError] = {}
    for scan in scans:
        meaning = _understood(scan, found.get(key_of(scan)), new_lots)
        meanings[str(scan.client_ref)] = meaning
        if isinstance(meaning, Counted) and meaning.is_new_lot:
            new_lots.setdefault((meaning.item_id, meaning.lot_number or ""), meaning.expires_on)
    return meanings


def _understood(
    scan: NewScan, item: Countable | None, new_lots: Mapping[tuple[str, str], date | None]
) -> Counted | AppError:
    if item is None:
        if scan.item_id is not None:
            return NotFound("There is no such item.")
        return BarcodeUnknown("Barcode is not known.", field="barcode")
    units = item.units_per_scan if scan.mode is ScanMode.ADD else 1
    if not item.is_lot_tracked:
        return _without_lot(scan, item, scan.quantity * units)
    code = parse_scan(scan.barcode or "")
    lot_number = scan.lot_number or code.lot_number
    if lot_number is None:
        return LotRequired("Lot number is required for this item.", field="lot_number")
    known = {**{number: day for (of, number), day in new_lots.items() if of == item.item_id}, **item.lots}
    expires_on = scan.expires_on or (code.expires_on if lot_number == code.lot_number else None)
    mismatch = date_mismatch(known[lot_number], expires_on) if lot_number in known else None
    is_new = lot_number not in item.lots
    return mismatch or Counted(scan, item.item_id, lot_number, expires_on, scan.quantity * units, is_new)


def _without_lot(scan: NewScan, item: Countable, quantity: int) -> Counted | ValidationFailed:
    """A symbol may name a lot that the practice does not keep; a person who names one is told so."""
    fields = {"lot_number": scan.lot_number, "expires_on": scan.expires_on}
    unwanted = {name: "is not kept for this item" for name, value in fields.items() if value is not None}
    if unwanted:
        return ValidationFailed(unwanted)
    return Counted(scan, item.item_id, None, None, quantity, False)
