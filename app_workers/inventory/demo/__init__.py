"""Demo data for development and tests. No worker imports this.

The statements may be carried out again and again: what is there stays.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from app_workers.inventory.demo.alerts import demo_alerts
from app_workers.inventory.demo.catalogue import PRODUCTS, Product
from app_workers.inventory.demo.counts import count_statements
from app_workers.inventory.demo.ledger import DemoLot, DemoMovement, DemoStock, demo_stock
from app_workers.inventory.demo.orders import order_statements
from app_workers.inventory.demo.rows import CREATOR, PERSON_AT, insert_if_missing, instant, item_id, times
from app_workers.inventory.demo.safety import SHEET_OF, SHEETS
from app_workers.inventory.demo.transfers import transfer_statements
from app_workers.inventory.demo.vendors import VENDORS, demo_offers
from app_workers.inventory.domain.barcodes import check_digit, normalise_barcode
from ganger.db import Statement, Value

_HISTORY_DAYS = 90


def statements(today: date) -> list[Statement]:
    """The statements that write the demo data, in an order that the foreign keys allow."""
    return [
        *_sheets(today),
        *_catalogue(today),
        *_offers(today),
        *_unmatched(today),
        *(written for stock in demo_stock() for written in _stock(stock, today)),
        *_alerts(today),
        *count_statements(today),
        *transfer_statements(today),
        *order_statements(today),
    ]


def _catalogue(today: date) -> Iterator[Statement]:
    at = instant(today, -_HISTORY_DAYS, 0)
    products = [(category, product) for category, group in PRODUCTS.items() for product in group]
    for number, (category, product) in enumerate(products, start=1):
        yield _item(product, category, at)
        code = f"099999{number:05d}"
        barcode: dict[str, Value] = {
            "barcode": normalise_barcode(f"{code}{check_digit(code)}"),
            "item_id": item_id(product),
            "units_per_scan": 1,
            "created_by": CREATOR,
        }
        yield insert_if_missing("inventory_barcodes", barcode | times(at))


def _item(product: Product, category: str, at: str) -> Statement:
    columns: dict[str, Value] = {
        "id": item_id(product),
        "sku": product.sku,
        "name": product.name,
        "category": category,
        "stock_unit": product.unit,
        "unit_cost_cents": product.cents,
        "is_lot_tracked": int("l" in product.marks),
        "is_hazardous": int("h" in product.marks),
        "is_controlled": int("c" in product.marks),
        "safety_sheet_id": SHEET_OF.get(product.sku),
        "status": "discontinued" if "d" in product.marks else "active",
        "created_by": CREATOR,
    }
    return insert_if_missing("inventory_items", columns | times(at))


def _sheets(today: date) -> Iterator[Statement]:
    for sheet in SHEETS:
        at = instant(today, -sheet.verified_days_ago, 0)
        columns: dict[str, Value] = {
            "id": sheet.id,
            "product_name": sheet.product,
            "manufacturer": "Example Chemicals",
            "chemical_name": sheet.chemical,
            "cas_number": sheet.cas_number,
            "hazard_classes_json": json.dumps(sheet.hazard_classes),
            "first_aid": sheet.first_aid,
            "precautions": sheet.precautions,
            "emergency_procedures": "Leave the room, close the door, call the manager on duty.",
            "verified_at": at,
            "verified_by": "usr_mia",
        }
        yield insert_if_missing("safety_sheets", columns | times(at))


def _offers(today: date) -> Iterator[Statement]:
    at = instant(today, -_HISTORY_DAYS, 0)
    for number, vendor in enumerate(VENDORS, start=1):
        contact: dict[str, Value] = {
            "id": vendor.id,
            "name": vendor.name,
            "account_number": f"DEMO-{number:04d}",
            "order_url": f"https://vendor{number}.example.test/orders",
            "contact_email": f"orders@vendor{number}.example.test",
            "contact_phone": f"555-01{number:02d}",
        }
        yield insert_if_missing("inventory_vendors", contact | times(at))
    for offer in demo_offers():
        columns: dict[str, Value] = {
            "id": f"off_{offer.product.sku.lower()}_{offer.vendor.id}",
            "item_id": item_id(offer.product),
            "vendor_id": offer.vendor.id,
            "vendor_sku": f"V-{offer.product.sku}",
            "pack_size": offer.pack_size,
            "pack_cost_cents": offer.pack_cost_cents,
            "is_preferred": int(offer.is_preferred),
            "price_updated_at": at,
        }
        yield insert_if_missing("item_vendors", columns | times(at))


def _unmatched(today: date) -> Iterator[Statement]:
    for number, code in enumerate(("DEMOBOX77", "00099998000017"), start=1):
        at = instant(today, -number, 0)
        columns: dict[str, Value] = {
            "id": f"unm_{number}",
            "barcode": code,
            "raw_value": code,
            "scan_count": 4 - number,
            "suggested_name": "Blue tape, 2 inch" if number == 1 else None,
            "last_location_id": "loc_aa",
            "last_seen_at": at,
        }
        yield insert_if_missing("unmatched_barcodes", columns | times(at))


def _alerts(today: date) -> Iterator[Statement]:
    at = instant(today, 0, 0)
    verified = {sheet.id: instant(today, -sheet.verified_days_ago, 0) for sheet in SHEETS}
    verified_at = {sku: verified[sheet_id] for sku, sheet_id in SHEET_OF.items()}
    found = demo_alerts(demo_stock(), verified_at, today, datetime.fromisoformat(at))
    for number, (key, severity) in enumerate(found.items(), start=1):
        place = f"{key.item_id.lower()}_{key.location_id}"
        columns: dict[str, Value] = {
            "id": f"alr_{number}",
            "alert_type": key.alert_type.value,
            "severity": severity.value,
            "item_id": f"itm_{key.item_id.lower()}",
            "location_id": key.location_id,
            "lot_id": f"lot_{place}_{key.lot_id.lower()}" if key.lot_id else None,
            "opened_at": at,
        }
        yield insert_if_missing("inventory_alerts", columns | times(at))


def _stock(stock: DemoStock, today: date) -> Iterator[Statement]:
    at = instant(today, -_HISTORY_DAYS, 0)
    columns: dict[str, Value] = {
        "id": f"stk_{_key(stock)}",
        "item_id": item_id(stock.product),
        "location_id": stock.place,
        "quantity_on_hand": stock.on_hand,
        "reorder_point": stock.reorder_point,
        "par_level": stock.par_level,
        "storage_place": stock.storage_place,
        "version": len(stock.movements),
    }
    yield insert_if_missing("inventory_stock", columns | times(at))
    for lot in stock.lots:
        yield _lot(stock, lot, today, at)
    yield from _movements(stock, today)


def _lot(stock: DemoStock, lot: DemoLot, today: date, at: str) -> Statement:
    columns: dict[str, Value] = {
        "id": _lot_id(stock, lot),
        "item_id": item_id(stock.product),
        "location_id": stock.place,
        "lot_number": lot.number,
        "expires_on": (today + timedelta(days=lot.days_left)).isoformat(),
        "quantity": lot.quantity,
        "status": "quarantined" if lot.is_quarantined else "available",
        "quarantine_reason": "Demo recall notice" if lot.is_quarantined else None,
    }
    return insert_if_missing("inventory_lots", columns | times(at))


def _movements(stock: DemoStock, today: date) -> Iterator[Statement]:
    entries = zip(stock.movements, stock.balances, strict=True)
    for number, (movement, balance) in enumerate(entries):
        at = instant(today, movement.day, number)
        columns: dict[str, Value] = {
            "id": f"mov_{_key(stock)}_{number}",
            "item_id": item_id(stock.product),
            "location_id": stock.place,
            "lot_id": _lot_id(stock, movement.lot) if movement.lot else None,
            "movement_type": movement.type,
            "quantity_change": movement.change,
            "previous_quantity": balance - movement.change,
            "new_quantity": balance,
            "unit_cost_cents": stock.product.cents,
            "reason_code": movement.reason,
            "reference_type": _reference_type(movement),
            "reference_id": movement.transfer_id or movement.order_id,
            "user_id": PERSON_AT[stock.place],
            "occurred_at": at,
            "created_at": at,
        }
        yield insert_if_missing("stock_movements", columns)


def _reference_type(movement: DemoMovement) -> str | None:
    if movement.transfer_id:
        return "transfer"
    return "order" if movement.order_id else None


def _key(stock: DemoStock) -> str:
    return f"{stock.product.sku.lower()}_{stock.place}"


def _lot_id(stock: DemoStock, lot: DemoLot) -> str:
    return f"lot_{_key(stock)}_{lot.number.lower()}"
