"""What this app refuses, besides what every app refuses.

    BadRequest
    ├── LotRequired             400 LOT_REQUIRED
    └── WitnessRequired         400 WITNESS_REQUIRED
    NotFound
    └── BarcodeUnknown          404 BARCODE_UNKNOWN
    Conflict
    ├── AlreadyExists           409 ALREADY_EXISTS
    ├── BarcodeTaken            409 BARCODE_TAKEN
    ├── ClientRefReused         409 CLIENT_REF_REUSED
    ├── CountAlreadyOpen        409 COUNT_ALREADY_OPEN
    ├── CountIncomplete         409 COUNT_INCOMPLETE
    ├── CountNotReady           409 COUNT_NOT_READY
    ├── CountStale              409 COUNT_STALE
    ├── InsufficientStock       409 INSUFFICIENT_STOCK
    ├── ItemDiscontinued        409 ITEM_DISCONTINUED
    ├── LotExpired              409 LOT_EXPIRED
    ├── LotExpiryMismatch       409 LOT_EXPIRY_MISMATCH
    ├── LotQuarantined          409 LOT_QUARANTINED
    ├── LotTrackingLocked       409 LOT_TRACKING_LOCKED
    ├── NoVendor                409 NO_VENDOR
    ├── OverReceipt             409 OVER_RECEIPT
    └── SkuExists               409 SKU_EXISTS

An error about one field of a request names it in `details.field`.
"""

from ganger.errors import BadRequest, Conflict, NotFound


class LotRequired(BadRequest):
    """A change of a lot-tracked item does not say which lot it is about."""

    code = "LOT_REQUIRED"


class WitnessRequired(BadRequest):
    """A controlled item is wasted only before another person's eyes."""

    code = "WITNESS_REQUIRED"


class BarcodeUnknown(NotFound):
    """The scanned code leads to no item; `details.barcode` is how it was read."""

    code = "BARCODE_UNKNOWN"


class AlreadyExists(Conflict):
    """Another row has this name."""

    code = "ALREADY_EXISTS"


class BarcodeTaken(Conflict):
    """The code leads to another item; `details.item_id` says to which."""

    code = "BARCODE_TAKEN"


class ClientRefReused(Conflict):
    """The request's own reference already stands for a different change."""

    code = "CLIENT_REF_REUSED"


class InsufficientStock(Conflict):
    """There is less than what was to be taken; `details.available` is how much there is."""

    code = "INSUFFICIENT_STOCK"


class CountAlreadyOpen(Conflict):
    """The location has a full count that is not over, `details.count_id`."""

    code = "COUNT_ALREADY_OPEN"


class CountIncomplete(Conflict):
    """Entries are still to be counted; `details.missing` is how many."""

    code = "COUNT_INCOMPLETE"


class CountNotReady(Conflict):
    """Entries are still to be decided; `details.undecided` is how many."""

    code = "COUNT_NOT_READY"


class CountStale(Conflict):
    """Less than nothing would be left after what was taken since; `details.entries` says of what."""

    code = "COUNT_STALE"


class ItemDiscontinued(Conflict):
    """A discontinued item is used up, but no longer bought."""

    code = "ITEM_DISCONTINUED"


class LotExpired(Conflict):
    """The lot's expiry date has passed."""

    code = "LOT_EXPIRED"


class LotExpiryMismatch(Conflict):
    """The lot is known with another expiry date; `details.expires_on` is the known one."""

    code = "LOT_EXPIRY_MISMATCH"


class LotQuarantined(Conflict):
    """The lot is held back and may not be used."""

    code = "LOT_QUARANTINED"


class LotTrackingLocked(Conflict):
    """Whether an item is kept by lot changes only while none of it is on hand anywhere."""

    code = "LOT_TRACKING_LOCKED"


class NoBuyers(Conflict):
    """Nobody is set to get the summaries of a location's orders."""

    code = "NO_BUYERS"


class NotOnOrder(Conflict):
    """The item of the code is not on the order."""

    code = "NOT_ON_ORDER"


class NoVendor(Conflict):
    """Nobody is known to sell the item, or not the vendor that it is to be ordered from."""

    code = "NO_VENDOR"


class OverReceipt(Conflict):
    """More arrived than was sent, `details.sent`, or ordered, `details.outstanding_packs`."""

    code = "OVER_RECEIPT"


class SkuExists(Conflict):
    """Another item has this SKU."""

    code = "SKU_EXISTS"
