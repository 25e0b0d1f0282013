"""The words that pages use for codes."""

from collections.abc import Mapping

from app_workers.inventory.models.catalogue import Category
from app_workers.inventory.models.stock import LotCondition, StockStatus

CATEGORIES = {
    Category.GLOVES_PPE: "Gloves and protective wear",
    Category.WOUND_CARE: "Wound care",
    Category.SYRINGES: "Syringes and needles",
    Category.PAPER_PRODUCTS: "Paper products",
    Category.ANTISEPTICS: "Antiseptics",
    Category.DIAGNOSTIC_SUPPLIES: "Diagnostic supplies",
    Category.SURGICAL_SUPPLIES: "Surgical supplies",
    Category.MEDICATIONS: "Medications",
    Category.OTHER: "Other",
}

STATUSES = {
    StockStatus.OUT: "Out",
    StockStatus.LOW: "Low",
    StockStatus.OK: "In stock",
    StockStatus.OVER: "Over par",
}

CONDITIONS = {
    LotCondition.USABLE: "Usable",
    LotCondition.EXPIRES_SOON: "Expires soon",
    LotCondition.EXPIRED: "Expired",
    LotCondition.QUARANTINED: "Quarantined",
}

TONES = {  # of badges
    StockStatus.OUT: "danger",
    StockStatus.LOW: "warning",
    StockStatus.OK: "success",
    StockStatus.OVER: "primary",
    LotCondition.USABLE: "success",
    LotCondition.EXPIRES_SOON: "warning",
    LotCondition.EXPIRED: "danger",
    LotCondition.QUARANTINED: "danger",
}

MOVEMENT_TYPES = {
    "receipt": "Received",
    "transfer_in": "Transfer in",
    "usage": "Used",
    "waste": "Wasted",
    "transfer_out": "Transfer out",
    "vendor_return": "Returned to vendor",
    "adjustment": "Adjusted",
    "count": "Counted",
}

RECEIVE_FIELDS = {
    "location_id": "Location",
    "quantity": "Quantity",
    "lot_number": "Lot number",
    "expires_on": "Expiry date",
    "note": "Note",
    "version": "Version",
    "client_ref": "Reference",
}


def options(labels: Mapping[str, str], everything: str) -> list[dict[str, str]]:
    """The options of a filter: `everything` first, with an empty value."""
    return [{"value": "", "label": everything}, *({"value": str(k), "label": v} for k, v in labels.items())]
