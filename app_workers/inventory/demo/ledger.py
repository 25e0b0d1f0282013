"""The demo practice's stock: rows whose movements sum to what is on hand, also lot by lot."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, count

from app_workers.inventory.demo.catalogue import PRODUCTS, Product

PLACES = ("loc_aa", "loc_wx", "loc_py")


@dataclass(frozen=True, slots=True)
class DemoLot:
    """One lot; `days_left` counts from today to its expiry date."""

    number: str
    quantity: int
    days_left: int
    is_quarantined: bool = False


@dataclass(frozen=True, slots=True)
class DemoMovement:
    """One line of the ledger; `day` counts from today and is negative."""

    day: int
    type: str
    change: int
    lot: DemoLot | None = None
    reason: str | None = None
    transfer_id: str | None = None
    order_id: str | None = None


@dataclass(frozen=True, slots=True)
class DemoStock:
    """One item at one location, with the movements that led there, oldest first."""

    product: Product
    place: str
    reorder_point: int
    par_level: int
    storage_place: str
    lots: tuple[DemoLot, ...]
    movements: tuple[DemoMovement, ...]

    @property
    def on_hand(self) -> int:
        """What is left of the movements."""
        return sum(movement.change for movement in self.movements)

    @property
    def balances(self) -> list[int]:
        """What was on hand after each movement."""
        return list(accumulate(movement.change for movement in self.movements))


# (SKU, place): on hand, reorder point, par level, storage place.
_LITERAL_LEVELS = {
    ("GLV-NIT-M", "loc_aa"): (14, 10, 30, "Room 2, cabinet B"),
    ("PUN-4MM", "loc_py"): (0, 10, 25, "Procedure room, drawer 1"),
}
_LITERAL_LOTS = {
    ("LID-1PC-EPI", "loc_wx"): (DemoLot("DEMO24A", 6, -40), DemoLot("DEMO26C", 20, 200)),
}
# Days left of the other lots, dealt out one by one: 2 expired, 6 within 30 days, 35 later.
_DAYS_LEFT = (-12, -3, 0, 4, 9, 16, 23, 30, *(45 + 17 * place for place in range(35)))
_QUARANTINED = 20  # which of them

# (SKU, place): what transfers and orders moved there; demo/transfers.py and demo/orders.py have these.
_MOVED = {
    ("BND-ADH", "loc_aa"): DemoMovement(-9, "transfer_out", -6, transfer_id="trf_received"),
    ("BND-ADH", "loc_wx"): DemoMovement(-8, "transfer_in", 5, transfer_id="trf_received"),
    ("GZE-2X2", "loc_aa"): DemoMovement(-1, "transfer_out", -4, transfer_id="trf_moving"),
    ("GLV-NIT-S", "loc_aa"): DemoMovement(-2, "receipt", 12, order_id="ord_9"),
    ("NDL-30G", "loc_wx"): DemoMovement(-3, "receipt", 10, order_id="ord_6"),
}


def demo_stock() -> list[DemoStock]:
    """Every stock row."""
    rows = list(_stocked())
    dealt = _deal_lots([row for row in rows if "l" in row[0].marks and _key(row) not in _LITERAL_LOTS])
    numbers = count()
    return [_stock(next(numbers), *row, _LITERAL_LOTS.get(_key(row)) or dealt.get(row, ())) for row in rows]


def _key(row: tuple[Product, str]) -> tuple[str, str]:
    return row[0].sku, row[1]


def _stocked() -> Iterator[tuple[Product, str]]:
    """Which item is kept where: Ann Arbor has all, the others a part."""
    products = [product for group in PRODUCTS.values() for product in group]
    for number, product in enumerate(products):
        for every, place in enumerate(PLACES, start=1):
            literal = (product.sku, place) in _LITERAL_LEVELS or (product.sku, place) in _LITERAL_LOTS
            if literal or number % every == 0:
                yield product, place


def _deal_lots(rows: list[tuple[Product, str]]) -> dict[tuple[Product, str], tuple[DemoLot, ...]]:
    dealt: dict[tuple[Product, str], tuple[DemoLot, ...]] = {}
    for number, days_left in enumerate(_DAYS_LEFT):
        row = rows[number % len(rows)]
        lot = DemoLot(f"DEMO{number + 1:03d}", 3 + number * 5 % 14, days_left, number == _QUARANTINED)
        dealt[row] = (*dealt.get(row, ()), lot)
    return dealt


def _stock(number: int, product: Product, place: str, lots: tuple[DemoLot, ...]) -> DemoStock:
    reorder_point = 4 + number % 5 * 3
    par_level = 2 * reorder_point + number % 4 * 5
    storage_place = f"Room {1 + number % 6}, shelf {1 + number % 4}"
    on_hand = _usual_quantity(number, reorder_point, par_level)
    if (product.sku, place) in _LITERAL_LEVELS:
        on_hand, reorder_point, par_level, storage_place = _LITERAL_LEVELS[product.sku, place]
    held: list[tuple[DemoLot | None, int]] = [(lot, lot.quantity) for lot in lots]
    movements = [
        movement
        for place_in_row, (lot, quantity) in enumerate(held or [(None, on_hand)])
        for movement in _history(number + 3 * place_in_row, quantity, lot, _MOVED.get((product.sku, place)))
    ]
    movements.sort(key=lambda movement: movement.day)
    return DemoStock(product, place, reorder_point, par_level, storage_place, lots, tuple(movements))


def _usual_quantity(number: int, reorder_point: int, par_level: int) -> int:
    """Mostly enough; some rows are low, a few out or over par."""
    if number % 19 == 11:
        return 0
    if number % 9 == 4:
        return reorder_point - number % 3
    if number % 17 == 9:
        return 2 * par_level + 5
    return reorder_point + 1 + number * 5 % par_level


def _history(
    number: int, quantity: int, lot: DemoLot | None, moved: DemoMovement | None
) -> Iterator[DemoMovement]:
    """Movements within 90 days that leave `quantity`: a delivery, then use, now and then more."""
    later = [moved] if moved else []
    if number % 3 or quantity == 0:
        later.append(DemoMovement(-70 + number * 7 % 27, "usage", -3 - number % 9, lot))
    if number % 7 == 3:
        later.append(DemoMovement(-40 + number % 13, "waste", -1, lot, "damaged"))
    if number % 4 == 1 and quantity > 6:
        later.append(DemoMovement(-25 + number % 9, "receipt", 6, lot))
    if number % 5 == 2:
        later.append(DemoMovement(-14 + number % 11, "usage", -2 - number % 4, lot))
    if number % 16 == 6:
        later.append(DemoMovement(-13 + number % 7, "adjustment", -1, lot, "lost"))
    yield DemoMovement(-90 + number % 15, "receipt", quantity - sum(entry.change for entry in later), lot)
    yield from later
