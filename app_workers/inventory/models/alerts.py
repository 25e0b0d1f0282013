"""What somebody has to look after."""

from enum import StrEnum

from pydantic import Field

from ganger.records import Record


class AlertType(StrEnum):
    """What is the matter."""

    OUT_OF_STOCK = "out_of_stock"
    LOW_STOCK = "low_stock"
    EXPIRED = "expired"
    EXPIRING = "expiring"
    SHEET_MISSING = "sheet_missing"
    OVERSTOCK = "overstock"


class Severity(StrEnum):
    """How much it matters."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Alert(Record):
    """One open alert; without a location it is about the item everywhere."""

    id: str
    alert_type: AlertType
    severity: Severity
    item_id: str
    item_name: str
    location_id: str | None
    lot_id: str | None
    lot_number: str | None
    opened_at: str
    acknowledged_by: str | None
    acknowledged_name: str | None
    acknowledged_at: str | None


class AlertQuery(Record):
    """Which open alerts, the most severe first; without a location those of all one's own."""

    type: AlertType | None = None
    location_id: str | None = None
    page: int = Field(default=1, ge=1)
    limit: int = Field(default=50, ge=1, le=100)
