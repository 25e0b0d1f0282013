"""Scanning what arrived of an order into its form: each scan counts a pack of the line that it leads to.

A form's field is `<name>.<line>.<row>`; each row of a line that is kept by lot is one lot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app_workers.inventory.errors import LotExpiryMismatch, NotOnOrder, OverReceipt
from app_workers.inventory.models.orders import OrderLine
from app_workers.inventory.models.scanning import Parsed, Scanned
from ganger.errors import AppError, ValidationFailed

LOTS = 5  # of a line in one form; what came in more is received again
_DIGITS = 6  # of a number of packs; no longer one is read


@dataclass(frozen=True, slots=True)
class Filled:
    """The form with the scan in it: its fields, the line, and how many packs of it there are now."""

    typed: dict[str, str]
    line: OrderLine
    packs: int


def packs_of(text: str) -> int | None:
    """The number of packs in a field, 0 where it is empty; None for what is no number."""
    if not text:
        return 0
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else None


def scanned_in(
    lines: Sequence[OrderLine], typed: Mapping[str, str], found: Scanned, parsed: Parsed
) -> Filled | AppError:
    """Put a scan into the form.

    Args:
        lines: all of the order.
        typed: the form as it is.
        found: the item of the code. A code that stands for several packs counts as many.
        parsed: what the code says by itself; its lot and expiry date fill the row.
    """
    line = next((each for each in lines if each.item_id == found.item.id), None)
    if line is None:
        return NotOnOrder(f"{found.item.name} is not on this order.")
    rows = [_row(typed, line, number) for number in range(LOTS if line.is_lot_tracked else 1)]
    counts = [packs_of(row["packs"]) for row in rows]
    if None in counts:
        return ValidationFailed({"scan": f"cannot be added: the packs of {line.item_name} are no number"})
    more = max(1, found.units_per_scan // line.pack_size)
    packs = sum(count or 0 for count in counts) + more
    if packs > line.open_packs:
        return OverReceipt(
            f"{line.item_name}: only {line.open_packs:,} packs are still to come.",
            line_id=line.id,
            outstanding_packs=line.open_packs,
        )
    number = _row_of(rows, parsed.lot_number if line.is_lot_tracked else None)
    if number is None:
        return ValidationFailed({"scan": f"is another lot, and only {LOTS} of one item fit at once"})
    row = rows[number] | {"packs": str((counts[number] or 0) + more)}
    if line.is_lot_tracked and parsed.lot_number is not None:
        expires = parsed.expires_on.isoformat() if parsed.expires_on else ""
        if row["expires"] and expires and row["expires"] != expires:
            return LotExpiryMismatch(
                f"Lot {parsed.lot_number} is entered with another expiry date.", expires_on=row["expires"]
            )
        row |= {"lot": parsed.lot_number, "expires": row["expires"] or expires}
    fields = {_field(name, line, number): value for name, value in row.items()}
    return Filled({**typed, **fields}, line, packs)


def _row(typed: Mapping[str, str], line: OrderLine, number: int) -> dict[str, str]:
    return {name: typed.get(_field(name, line, number), "").strip() for name in ("packs", "lot", "expires")}


def _row_of(rows: Sequence[Mapping[str, str]], lot_number: str | None) -> int | None:
    """The row of a lot, else the first empty one. Packs without a lot, which may be of any, stay apart."""
    found = [number for number, row in enumerate(rows) if row["lot"].upper() == (lot_number or "")]
    empty = [number for number, row in enumerate(rows) if not row["lot"] and not row["packs"]]
    return next(iter([*found, *empty]), None)


def _field(name: str, line: OrderLine, number: int) -> str:
    return f"{name}.{line.id}.{number}"
