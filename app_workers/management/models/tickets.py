"""Requests, their history and their decisions. `_at` is a UTC instant as stored."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from app_workers.management.models.forms import NEEDS_APPROVAL, FormType
from ganger.clock import epoch_ms
from ganger.records import Record


class Status(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    STALLED = "stalled"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    PENDING_APPROVAL = "pending_approval"
    INFO_REQUESTED = "info_requested"
    APPROVED = "approved"
    DENIED = "denied"


# Where a request still waits for somebody.
UNFINISHED = (
    Status.OPEN,
    Status.IN_PROGRESS,
    Status.STALLED,
    Status.PENDING_APPROVAL,
    Status.INFO_REQUESTED,
)


class Priority(StrEnum):
    """How soon a request is looked at."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Action(StrEnum):
    """What an approver does with a step."""

    APPROVED = "approved"
    DENIED = "denied"
    INFO_REQUESTED = "info_requested"


class Ticket(Record):
    """One request, with the names of the people in it."""

    id: str
    ticket_number: str
    form_type: FormType
    title: str
    description: str
    form_data: dict[str, object]
    submitter_id: str
    submitter_name: str
    subject_user_id: str
    subject_name: str
    subject_manager_id: str | None = Field(description="only while they are active")
    location_id: str | None
    location_name: str | None
    priority: Priority
    status: Status
    approval_step: int
    approval_steps: int
    assigned_to: str | None
    assignee_name: str | None
    due_at: str | None
    approved_at: str | None
    completed_at: str | None
    denial_reason: str | None
    payment_reference: str | None
    version: int
    created_at: str
    updated_at: str

    @property
    def needs_approval(self) -> bool:
        """Whether somebody decides it, rather than works on it."""
        return self.form_type in NEEDS_APPROVAL


class Entry(Record):
    """One line of a request's history."""

    id: str
    author_id: str | None
    author_name: str | None
    kind: str
    content: str
    is_internal: bool
    new_status: Status | None
    created_at: str
    edited_at: str | None
    deleted_at: str | None

    @property
    def version(self) -> int:
        """Rises with every change of what it says, as live topics count."""
        return epoch_ms(datetime.fromisoformat(self.deleted_at or self.edited_at or self.created_at))


class Decision(Record):
    """What an approver did."""

    step: int
    approver_id: str
    action: Action


class Colleague(Record):
    """A person at work here."""

    id: str
    name: str


class TicketScope(StrEnum):
    """Whose requests: the person's own, those to decide, or those to work on, by who does it."""

    MINE = "mine"
    APPROVALS = "approvals"
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    ALL = "all"


class Sort(StrEnum):
    """What a list of requests is ordered by."""

    CREATED_AT = "created_at"
    UPDATED_AT = "updated_at"
    DUE_AT = "due_at"
    PRIORITY = "priority"


class Order(StrEnum):
    """Which end of the order comes first; of priorities, the most urgent are the highest."""

    ASC = "asc"
    DESC = "desc"


class TicketQuery(Record):
    """Which requests. Those to work on are shown until they are over, unless a status is asked for.

    Without `sort`, the person's own come newest first, all others oldest first.
    """

    scope: TicketScope | None = None
    status: tuple[Status, ...] = ()
    form_type: tuple[FormType, ...] = ()
    priority: tuple[Priority, ...] = ()
    location_id: str | None = None
    assigned_to: str | None = None
    search: str | None = Field(
        default=None, max_length=100, description="part of number, title or description"
    )
    created_from: date | None = Field(default=None, description="clinic-local")
    created_to: date | None = Field(default=None, description="clinic-local, that day included")
    overdue: bool = False
    sort: Sort | None = None
    order: Order | None = None
    page: int = Field(default=1, ge=1)
    limit: int = Field(default=50, ge=1, le=100)


# Those of a query that may be given several times.
QUERY_LISTS = ("status", "form_type", "priority")


class NewTicket(Record):
    """A request sent by a program; `form_data` is checked against the form's own record type."""

    form_type: FormType
    form_data: dict[str, object]
    file_upload_ids: tuple[str, ...] = Field(default=(), max_length=50)


class TicketChange(Record):
    """What a request's form says now, in full, or how soon it is looked at."""

    form_data: dict[str, object] | None = None
    priority: Priority | None = None
    version: int = Field(ge=1)


class PriorityChange(Record):
    """How soon a request is looked at."""

    priority: Priority
    version: int = Field(ge=1)


class StatusChange(Record):
    """Another state for a request; completing an expense says how it was paid."""

    status: Status
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] | None = None
    payment_reference: (
        Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)] | None
    ) = None
    version: int = Field(ge=1)


class Assignment(Record):
    """Who works on a request; nobody without a `user_id`."""

    user_id: str | None = None
    version: int = Field(ge=1)


class BulkAssignment(Record):
    """Who works on several requests from now on."""

    numbers: tuple[str, ...] = Field(min_length=1, max_length=50)
    user_id: str


class DecisionRequest(Record):
    """A decision; a denial and a question say why."""

    action: Action
    comments: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] | None = None
    version: int = Field(ge=1)
