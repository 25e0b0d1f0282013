"""What this app refuses, besides what every app refuses.

    BadRequest
    └── LotRequired             400 LOT_REQUIRED
    Conflict
    ├── ClientRefReused         409 CLIENT_REF_REUSED
    ├── ItemDiscontinued        409 ITEM_DISCONTINUED
    ├── LotExpired              409 LOT_EXPIRED
    └── LotExpiryMismatch       409 LOT_EXPIRY_MISMATCH

An error about one field of a request names it in `details.field`.
"""

from ganger.errors import BadRequest, Conflict


class LotRequired(BadRequest):
    """A lot-tracked item was received without a lot number."""

    code = "LOT_REQUIRED"


class ClientRefReused(Conflict):
    """The request's own reference already stands for a different change."""

    code = "CLIENT_REF_REUSED"


class ItemDiscontinued(Conflict):
    """A discontinued item is used up, but no longer bought."""

    code = "ITEM_DISCONTINUED"


class LotExpired(Conflict):
    """The lot's expiry date has passed."""

    code = "LOT_EXPIRED"


class LotExpiryMismatch(Conflict):
    """The lot is known with another expiry date; `details.expires_on` is the known one."""

    code = "LOT_EXPIRY_MISMATCH"
