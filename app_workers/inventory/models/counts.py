"""Count sessions. A quantity counts stock units of its item; `_cents` are US cents."""

from datetime import date
from enum import StrEnum
from typing import Self
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from app_workers.inventory.models.catalogue import Category
from app_workers.inventory.models.ledger import MAX_QUANTITY
from app_workers.inventory.models.stock import LotNumber
from ganger.records import Record

MAX_SCANS = 200  # of one delivery


class CountType(StrEnum):
    """What a session sets out to count."""

    FULL = "full"
    CYCLE = "cycle"
    SPOT = "spot"


class CountStatus(StrEnum):
    """How far a session is."""

    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    POSTED = "posted"
    CANCELLED = "cancelled"


class EntryStatus(StrEnum):
    """How far one item or lot of a session is."""

    PENDING = "pending"
    COUNTED = "counted"
    AUTO_APPROVED = "auto_approved"
    NEEDS_APPROVAL = "needs_approval"
    APPROVED = "approved"
    RECOUNT = "recount"
    SKIPPED = "skipped"
    POSTED = "posted"


class ScanMode(StrEnum):
    """Whether a scan adds to what was counted or replaces it."""

    ADD = "add"
    SET = "set"


class CountSession(Record):
    """One count of one location."""

    id: str
    name: str
    location_id: str
    count_type: CountType
    categories: list[Category] | None = Field(description="of a cycle count")
    status: CountStatus
    started_by: str
    started_by_name: str
    submitted_by: str | None
    submitted_by_name: str | None
    posted_by: str | None
    posted_by_name: str | None
    submitted_at: str | None
    posted_at: str | None
    planned_entries: int = Field(description="at the start; what turns up besides is not among them")
    counted_entries: int
    total_entries: int
    missing_entries: int = Field(description="still to be counted, for the first time or again")
    variance_value_cents: int | None = Field(description="once posted")
    notes: str | None
    version: int
    created_at: str


class CountEntry(Record):
    """One item, or one lot of it, in a session. `expected_quantity` is hidden while it is counted."""

    id: str
    item_id: str
    item_name: str
    sku: str
    stock_unit: str
    unit_cost_cents: int
    is_controlled: bool
    storage_place: str | None
    lot_id: str | None
    lot_number: str | None
    expires_on: date | None
    expected_quantity: int | None
    counted_quantity: int | None
    variance: int | None
    on_hand: int | None = Field(description="now, for whoever may see what is expected")
    status: EntryStatus
    counters: list[str] = Field(description="ids of those whose scans make up the count")
    counted_by_name: str | None
    counted_at: str | None
    decided_by_name: str | None
    note: str | None


class NewCount(Record):
    """A session to start."""

    name: str = Field(min_length=1, max_length=100)
    location_id: str
    count_type: CountType
    categories: list[Category] | None = Field(default=None, max_length=len(Category))
    notes: str | None = Field(default=None, max_length=500, description="no patient information")
    client_ref: UUID | None = Field(
        default=None, description="of the sender's choice; makes sending it again harmless"
    )


class CountQuery(Record):
    """Which sessions, newest first; without a location those of all one's own."""

    location_id: str | None = None
    status: CountStatus | None = None
    page: int = Field(default=1, ge=1)
    limit: int = Field(default=50, ge=1, le=100)


class NewScan(Record):
    """Something counted, as a device sends it: by what its code says, or by its item."""

    client_ref: UUID
    barcode: str | None = Field(default=None, min_length=1, max_length=200, description="or a SKU")
    item_id: str | None = None
    lot_number: LotNumber | None = None
    expires_on: date | None = Field(default=None, description="of a lot that is not known yet")
    quantity: int = Field(ge=0, le=MAX_QUANTITY)
    mode: ScanMode
    manual: bool = Field(default=False, description="typed rather than scanned")
    scanned_at: AwareDatetime

    @model_validator(mode="after")
    def _names_one_thing(self) -> Self:
        if (self.barcode is None) == (self.item_id is None):
            raise ValueError("needs a barcode or an item_id, and not both")
        return self


class ScanBatch(Record):
    """Scans in the order in which they were made."""

    scans: list[NewScan] = Field(min_length=1, max_length=MAX_SCANS)


class ScanProblem(Record):
    """Why one scan of a delivery was not counted; the others were."""

    code: str
    message: str


class ScanResult(Record):
    """What became of one scan: the entry as it stands now, or a problem."""

    client_ref: UUID
    entry: CountEntry | None = None
    error: ScanProblem | None = None
    duplicate: bool = False


class CountStep(Record):
    """A step of a session as its reader saw it."""

    version: int


class Submission(CountStep):
    """All is counted. What is not may be left out by who reviews counts."""

    allow_missing: bool = False


class CountDecision(StrEnum):
    """What is decided of a difference."""

    APPROVED = "approved"
    RECOUNT = "recount"


class EntryDecision(Record):
    """The decision on one entry."""

    entry_id: str
    decision: CountDecision
    note: str | None = Field(default=None, max_length=500, description="no patient information")


class Decisions(CountStep):
    """Decisions on entries of one session, each on another."""

    decisions: list[EntryDecision] = Field(min_length=1, max_length=MAX_SCANS)
