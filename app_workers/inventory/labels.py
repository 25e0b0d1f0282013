"""The words that pages use for codes."""

from collections.abc import Mapping

from app_workers.inventory.models.alerts import AlertType, Severity
from app_workers.inventory.models.catalogue import Category, StockUnit
from app_workers.inventory.models.counts import CountDecision, CountStatus, CountType, EntryStatus, ScanMode
from app_workers.inventory.models.ledger import ChangeType, ReasonCode
from app_workers.inventory.models.orders import OrderAction, OrderStatus
from app_workers.inventory.models.reports import Days
from app_workers.inventory.models.scanning import UnmatchedStatus
from app_workers.inventory.models.stock import LotAction, LotCondition, StockStatus
from app_workers.inventory.models.transfers import TransferStatus
from ganger.settings import Origin

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

STOCK_UNITS = {unit: unit.value.capitalize() for unit in StockUnit}

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

UNMATCHED = {
    UnmatchedStatus.PENDING: "Not decided",
    UnmatchedStatus.RESOLVED: "Linked",
    UnmatchedStatus.IGNORED: "Ignored",
}

LOT_ACTIONS = {LotAction.QUARANTINE: "Quarantine", LotAction.RELEASE: "Release"}

ALERTS = {
    AlertType.OUT_OF_STOCK: "Out of stock",
    AlertType.LOW_STOCK: "Low",
    AlertType.EXPIRED: "Expired",
    AlertType.EXPIRING: "Expires soon",
    AlertType.SHEET_MISSING: "No valid safety sheet",
    AlertType.OVERSTOCK: "Far over par",
}

SEVERITIES = {severity: severity.value.capitalize() for severity in Severity}

SEVERITY_TONES = {
    Severity.CRITICAL: "danger",
    Severity.HIGH: "danger",
    Severity.MEDIUM: "warning",
    Severity.LOW: "neutral",
}

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
    "item_id": "Item",
    "sku": "SKU",
    "name": "Name",
    "description": "Description",
    "category": "Category",
    "stock_unit": "Stock unit",
    "unit_cost": "Unit cost",
    "is_lot_tracked": "Tracked by lot",
    "is_hazardous": "Hazardous",
    "is_controlled": "Controlled",
    "safety_sheet_id": "Safety sheet",
    "barcode": "Barcode",
    "units_per_scan": "Units per scan",
    "reorder_point": "Reorder point",
    "par_level": "Par",
    "storage_place": "Storage place",
    "account_number": "Account number",
    "order_url": "Order address",
    "contact_email": "E-mail",
    "contact_phone": "Phone",
    "is_active": "Active",
    "vendor_id": "Vendor",
    "vendor_sku": "Vendor's SKU",
    "pack_size": "Units per pack",
    "pack_cost": "Cost per pack",
    "min_order_packs": "Smallest order",
    "lead_time_days": "Lead time",
    "is_preferred": "Preferred",
    "product_name": "Product",
    "manufacturer": "Manufacturer",
    "chemical_name": "Chemical",
    "cas_number": "CAS number",
    "hazard_classes": "Hazard classes",
    "first_aid": "First aid",
    "precautions": "Precautions",
    "emergency_procedures": "In an emergency",
    "issued_on": "Issued",
    "revision": "Revision",
    "version": "Version",
    "client_ref": "Reference",
    "count_type": "Kind of count",
    "categories": "Categories",
    "notes": "Notes",
    "mode": "Mode",
    "decisions": "Decisions",
    "from_location_id": "From",
    "to_location_id": "To",
    "lines": "Lines",
    "quantity_packs": "Packs",
    "tax": "Tax",
    "shipping": "Shipping",
    "expected_delivery_on": "Expected date",
    "vendor_order_number": "Vendor's order number",
    "tracking_number": "Tracking number",
    "format": "The file",
    "text": "The table",
    "scan": "Code",
    "photo": "Photo",
    "document": "Document",
}

COUNT_TYPES = {
    CountType.FULL: "Full: everything at the location",
    CountType.CYCLE: "Cycle: the categories chosen below",
    CountType.SPOT: "Spot: whatever is scanned",
}

COUNT_KINDS = {CountType.FULL: "Full", CountType.CYCLE: "Cycle", CountType.SPOT: "Spot"}

COUNT_STATUSES = {
    CountStatus.IN_PROGRESS: "Counting",
    CountStatus.SUBMITTED: "To review",
    CountStatus.POSTED: "Posted",
    CountStatus.CANCELLED: "Cancelled",
}

COUNT_TONES = {
    CountStatus.IN_PROGRESS: "primary",
    CountStatus.SUBMITTED: "warning",
    CountStatus.POSTED: "success",
    CountStatus.CANCELLED: "neutral",
}

ENTRY_STATUSES = {
    EntryStatus.PENDING: "To count",
    EntryStatus.COUNTED: "Counted",
    EntryStatus.AUTO_APPROVED: "Within tolerance",
    EntryStatus.NEEDS_APPROVAL: "To decide",
    EntryStatus.APPROVED: "Approved",
    EntryStatus.RECOUNT: "Count again",
    EntryStatus.SKIPPED: "Left out",
    EntryStatus.POSTED: "Posted",
}

ENTRY_TONES = {
    EntryStatus.PENDING: "neutral",
    EntryStatus.COUNTED: "success",
    EntryStatus.AUTO_APPROVED: "success",
    EntryStatus.NEEDS_APPROVAL: "warning",
    EntryStatus.APPROVED: "success",
    EntryStatus.RECOUNT: "warning",
    EntryStatus.SKIPPED: "neutral",
    EntryStatus.POSTED: "success",
}

TRANSFER_STATUSES = {
    TransferStatus.DRAFT: "Draft",
    TransferStatus.IN_TRANSIT: "On its way",
    TransferStatus.RECEIVED: "Received",
    TransferStatus.CANCELLED: "Cancelled",
}

TRANSFER_TONES = {
    TransferStatus.DRAFT: "neutral",
    TransferStatus.IN_TRANSIT: "primary",
    TransferStatus.RECEIVED: "success",
    TransferStatus.CANCELLED: "neutral",
}

ORIGINS = {Origin.LOCATION: "Set here", Origin.PRACTICE: "Set for all", Origin.DEFAULT: "Default"}

ORDER_STATUSES = {
    OrderStatus.DRAFT: "Draft",
    OrderStatus.PENDING_APPROVAL: "To approve",
    OrderStatus.APPROVED: "Approved",
    OrderStatus.ORDERED: "Ordered",
    OrderStatus.PARTIALLY_RECEIVED: "Received in part",
    OrderStatus.RECEIVED: "Received",
    OrderStatus.CANCELLED: "Cancelled",
}

ORDER_FILTERS: dict[str, str] = {"open": "Open"} | {
    status.value: words for status, words in ORDER_STATUSES.items()
}

ORDER_TONES = {
    OrderStatus.DRAFT: "neutral",
    OrderStatus.PENDING_APPROVAL: "warning",
    OrderStatus.APPROVED: "primary",
    OrderStatus.ORDERED: "primary",
    OrderStatus.PARTIALLY_RECEIVED: "warning",
    OrderStatus.RECEIVED: "success",
    OrderStatus.CANCELLED: "neutral",
}

ORDER_ACTIONS = {
    OrderAction.SUBMIT: "Submit for approval",
    OrderAction.WITHDRAW: "Withdraw",
    OrderAction.APPROVE: "Approve",
    OrderAction.REJECT: "Send back",
    OrderAction.MARK_ORDERED: "Mark as ordered",
    OrderAction.CLOSE_SHORT: "Close short",
    OrderAction.CANCEL: "Cancel the order",
}

REPORT_DAYS = {Days.WEEK: "Last 7 days", Days.MONTH: "Last 30 days", Days.QUARTER: "Last 90 days"}

SCAN_MODES = {ScanMode.ADD: "Add to what was counted", ScanMode.SET: "Replace what was counted"}

COUNT_DECISIONS = {CountDecision.APPROVED: "Approve", CountDecision.RECOUNT: "Count again"}


def options(labels: Mapping[str, str], everything: str) -> list[dict[str, str]]:
    """The options of a filter: `everything` first, with an empty value."""
    return [{"value": "", "label": everything}, *({"value": str(k), "label": v} for k, v in labels.items())]


def plain_options(labels: Mapping[str, str]) -> list[dict[str, str]]:
    """The options of a choice that has to be made."""
    return [{"value": str(k), "label": v} for k, v in labels.items()]
