"""A location in the host's SQLite, in which counts and transfers are carried out for real."""

from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID, uuid4

from app_workers.inventory.models.counts import NewCount, NewScan
from ganger.audit import Actor
from ganger.clock import iso_utc
from ganger.db import Row, Value, insert
from ganger.identity import Location
from ganger.scope import Scope
from tests.harness.tables import HostDatabase

NOW = datetime(2026, 1, 10, 15, tzinfo=UTC)
PLACE = Scope("usr_pat", (Location("loc_aa", "Ann Arbor"),))
_NUMBERS = count(1)


def actor(person: str = "usr_pat", minutes: int = 0) -> Actor:
    """Somebody who acts that many minutes after the beginning."""
    return Actor(person, "0" * 32, None, NOW + timedelta(minutes=minutes))


class Shelves(HostDatabase):
    """Empty shelves at Ann Arbor, to be filled by the test."""

    def __init__(self) -> None:
        super().__init__("inventory")

    def add_item(self, on_hand: int = 0, lots: dict[str, int] | None = None, **changes: Value) -> str:
        """Write an item with its stock and ledger; lots make it lot-tracked."""
        item_id = f"itm_{next(_NUMBERS)}"
        columns: dict[str, Value] = {
            "id": item_id,
            "sku": item_id.upper(),
            "name": f"Item {item_id}",
            "category": "other",
            "stock_unit": "box",
            "unit_cost_cents": 500,
            "is_lot_tracked": int(lots is not None),
            "created_by": "usr_sam",
        }
        self._insert("inventory_items", columns | changes | _times())
        self._insert("inventory_stock", self._stock(item_id, sum((lots or {}).values()) or on_hand))
        for lot_number, quantity in (lots or {None: on_hand}).items():
            lot_id = self._add_lot(item_id, lot_number, quantity) if lot_number else None
            if quantity:
                self._receive(item_id, lot_id, quantity)
        return item_id

    def add_barcode(self, item_id: str, barcode: str, units_per_scan: int = 1) -> None:
        """Write a barcode, already normalised."""
        columns: dict[str, Value] = {
            "barcode": barcode,
            "item_id": item_id,
            "units_per_scan": units_per_scan,
            "created_by": "usr_sam",
        }
        self._insert("inventory_barcodes", columns | _times())

    def move(self, item_id: str, change: int) -> None:
        """Use some of an item that is not kept by lot, or receive more of it."""
        (held,) = self.read("SELECT quantity_on_hand AS n FROM inventory_stock WHERE item_id = ?", item_id)
        before = int(held["n"] or 0)
        self.connection.execute(
            "UPDATE inventory_stock SET quantity_on_hand = ?, version = version + 1 WHERE item_id = ?",
            (before + change, item_id),
        )
        kind = "receipt" if change > 0 else "usage"
        self._insert("stock_movements", _movement(item_id, None, kind, before, change))

    def read(self, sql: str, *values: Value) -> list[Row]:
        """The rows of a query of the test."""
        return [dict(row) for row in self.connection.execute(sql, values)]

    def on_hand(self, item_id: str) -> int:
        """What the stock row says."""
        (row,) = self.read("SELECT quantity_on_hand AS n FROM inventory_stock WHERE item_id = ?", item_id)
        return int(row["n"] or 0)

    def lots(self, item_id: str) -> dict[str, int]:
        """What each lot holds."""
        rows = self.read("SELECT lot_number, quantity FROM inventory_lots WHERE item_id = ?", item_id)
        return {str(row["lot_number"]): int(row["quantity"] or 0) for row in rows}

    def differences(self) -> list[Row]:
        """Where the ledger does not sum to what is on hand, in all or by lot; none when all is well."""
        return self.read(
            """
            SELECT stock.item_id, quantity_on_hand AS held, COALESCE(SUM(quantity_change), 0) AS booked
            FROM inventory_stock AS stock LEFT JOIN stock_movements USING (item_id, location_id)
            GROUP BY stock.id HAVING held <> booked
            UNION ALL
            SELECT lot.item_id, lot.quantity AS held, COALESCE(SUM(quantity_change), 0) AS booked
            FROM inventory_lots AS lot LEFT JOIN stock_movements AS movement ON movement.lot_id = lot.id
            GROUP BY lot.id HAVING held <> booked
            UNION ALL
            SELECT stock.item_id, quantity_on_hand AS held, SUM(lot.quantity) AS booked
            FROM inventory_stock AS stock JOIN inventory_lots AS lot USING (item_id, location_id)
            GROUP BY stock.id HAVING held <> booked
            """
        )

    def _stock(self, item_id: str, quantity: int) -> dict[str, Value]:
        return {
            "id": f"stk_{item_id}",
            "item_id": item_id,
            "location_id": "loc_aa",
            "quantity_on_hand": quantity,
            **_times(),
        }

    def _add_lot(self, item_id: str, lot_number: str, quantity: int) -> str:
        lot_id = f"lot_{item_id}_{lot_number}"
        columns: dict[str, Value] = {
            "id": lot_id,
            "item_id": item_id,
            "location_id": "loc_aa",
            "lot_number": lot_number,
            "expires_on": "2026-09-30",
            "quantity": quantity,
        }
        self._insert("inventory_lots", columns | _times())
        return lot_id

    def _receive(self, item_id: str, lot_id: str | None, quantity: int) -> None:
        self._insert("stock_movements", _movement(item_id, lot_id, "receipt", 0, quantity))

    def _insert(self, table: str, columns: dict[str, Value]) -> None:
        self.carry_out([insert(table, columns)])


def make_count(**changes: object) -> NewCount:
    """A spot count at Ann Arbor."""
    fields: dict[str, object] = {"name": "Test count", "location_id": "loc_aa", "count_type": "spot"}
    return NewCount.checked(fields | changes)


def make_scan(barcode: str, quantity: int = 1, **changes: object) -> NewScan:
    """A scan that adds `quantity`; a SKU will do for a barcode."""
    fields: dict[str, object] = {
        "client_ref": str(uuid4()),
        "barcode": barcode,
        "quantity": quantity,
        "mode": "add",
        "scanned_at": "2026-01-10T15:00:00Z",
    }
    return NewScan.checked(fields | changes)


def new_ref() -> UUID:
    """A reference of its own."""
    return uuid4()


def _movement(item_id: str, lot_id: str | None, kind: str, before: int, change: int) -> dict[str, Value]:
    return {
        "id": f"mov_{next(_NUMBERS):06d}",
        "item_id": item_id,
        "location_id": "loc_aa",
        "lot_id": lot_id,
        "movement_type": kind,
        "quantity_change": change,
        "previous_quantity": before,
        "new_quantity": before + change,
        "unit_cost_cents": 500,
        "user_id": "usr_pat",
        "occurred_at": iso_utc(NOW),
        "created_at": iso_utc(NOW),
    }


def _times() -> dict[str, Value]:
    return {"created_at": iso_utc(NOW), "updated_at": iso_utc(NOW)}
