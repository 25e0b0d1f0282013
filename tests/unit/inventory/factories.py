"""Valid records, of which a test changes what matters to it."""

from datetime import date
from uuid import uuid4

from app_workers.inventory.models.catalogue import Item
from app_workers.inventory.models.ledger import ChangeRequest, Delivery, Movement
from app_workers.inventory.models.stock import Lot

TODAY = date(2026, 1, 10)


def make_item(**changes: object) -> Item:
    fields: dict[str, object] = {
        "id": "itm_gloves",
        "sku": "GLV-TEST",
        "name": "Test gloves",
        "description": None,
        "category": "gloves_ppe",
        "stock_unit": "box",
        "unit_cost_cents": 899,
        "is_lot_tracked": False,
        "is_hazardous": False,
        "is_controlled": False,
        "safety_sheet_id": None,
        "image_upload_id": None,
        "status": "active",
        "version": 1,
    }
    return Item.model_validate(fields | changes)


def make_lot(**changes: object) -> Lot:
    fields: dict[str, object] = {
        "id": "lot_a1",
        "item_id": "itm_gloves",
        "location_id": "loc_aa",
        "lot_number": "A1",
        "expires_on": date(2026, 9, 30),
        "quantity": 10,
        "status": "available",
        "quarantine_reason": None,
    }
    return Lot.model_validate(fields | changes)


def make_delivery(**changes: object) -> Delivery:
    fields: dict[str, object] = {
        "location_id": "loc_aa",
        "quantity": 12,
        "version": 1,
        "client_ref": uuid4(),
    }
    return Delivery.model_validate(fields | changes)


def make_movement(**changes: object) -> Movement:
    fields: dict[str, object] = {
        "id": "mov_1",
        "item_id": "itm_gloves",
        "location_id": "loc_aa",
        "lot_number": None,
        "movement_type": "receipt",
        "quantity_change": 12,
        "previous_quantity": 0,
        "new_quantity": 12,
        "unit_cost_cents": 899,
        "reason_code": None,
        "note": None,
        "user_id": "usr_pat",
        "user_name": "Pat Example",
        "witness_user_id": None,
        "witness_name": None,
        "client_seq": 0,
        "occurred_at": "2026-01-10T15:00:00.000Z",
        "created_at": "2026-01-10T15:00:00.000Z",
    }
    return Movement.model_validate(fields | changes)


def make_change(movement_type: str, quantity: int, **changes: object) -> ChangeRequest:
    """A change of the test gloves in Ann Arbor, with the reason that its kind asks for."""
    reasons = {"waste": "damaged", "adjustment": "lost"}
    fields: dict[str, object] = {
        "item_id": "itm_gloves",
        "location_id": "loc_aa",
        "movement_type": movement_type,
        "quantity": quantity,
        "reason_code": reasons.get(movement_type),
    }
    return ChangeRequest.model_validate(fields | changes)
