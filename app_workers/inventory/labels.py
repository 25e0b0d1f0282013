"""The words that pages use for codes."""

from collections.abc import Mapping

from app_workers.inventory.models.catalogue import Category
from app_workers.inventory.models.ledger import ChangeType, ReasonCode
from app_workers.inventory.models.stock import LotAction, LotCondition, StockStatus

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

REASONS = {
    ReasonCode.EXPIRED: "Expired",
    ReasonCode.DAMAGED: "Damaged",
    ReasonCode.CONTAMINATED: "Contaminated",
    ReasonCode.RECALLED: "Recalled",
    ReasonCode.FOUND: "Found",
    ReasonCode.LOST: "Lost",
    ReasonCode.DATA_ENTRY: "Wrong entry",
    ReasonCode.OTHER: "Other, see note",
}

CHANGES = {  # what a person sets out to do, as buttons say it
    ChangeType.USAGE: "Use",
    ChangeType.WASTE: "Waste",
    ChangeType.ADJUSTMENT: "Adjust",
    ChangeType.VENDOR_RETURN: "Return",
}

LOT_ACTIONS = {LotAction.QUARANTINE: "Quarantine", LotAction.RELEASE: "Release"}

FIELDS = {
    "location_id": "Location",
    "quantity": "Quantity",
    "lot_number": "Lot number",
    "expires_on": "Expiry date",
    "note": "Note",
    "reason_code": "Reason",
    "reason": "Reason",
    "witness_user_id": "Witness",
    "lot_id": "Lot",
    "version": "Version",
    "client_ref": "Reference",
}


def options(labels: Mapping[str, str], everything: str) -> list[dict[str, str]]:
    """The options of a filter: `everything` first, with an empty value."""
    return [{"value": "", "label": everything}, *({"value": str(k), "label": v} for k, v in labels.items())]
